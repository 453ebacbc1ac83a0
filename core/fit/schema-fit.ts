import { faultsOf } from '../engines/json-schema/check.ts';
import { type CompiledSchema, compileSchema } from '../engines/json-schema/compile.ts';
import { ValidationError } from '../kernel/errors.ts';
import type { EventType } from '../model/event-type.ts';
import { newBudget } from '../publish/validate-event.ts';
import { type CheckFitPorts, checkFit } from './check-fit.ts';
import type { FitWarning } from './fit-warning.ts';

/** Return a warning if samples or the latest events of a saved event type do not satisfy its schema. */
export async function schemaFit(
  ports: CheckFitPorts,
  project: string,
  { type, schema }: Pick<EventType, 'type' | 'schema'>,
): Promise<FitWarning | null> {
  if (schema === null) return null;
  const budget = newBudget();
  let compiled: Promise<CompiledSchema> | undefined;
  let isFirst = true;
  return checkFit(ports, {
    ...{ project, id: type, patterns: [type], kind: 'schema' },
    async judge({ data }) {
      compiled ??= compileSchema(schema);
      const faults = faultsOf(await compiled, JSON.parse(data), 'data', budget);
      // An event that takes the whole budget by itself is rejected when it is published, too.
      if (budget.isSpent && !isFirst) return 'stop';
      isFirst = false;
      return faults.length === 0 ? null : { detail: ValidationError.of(faults).message };
    },
  });
}
