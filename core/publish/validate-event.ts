import { faultsOf } from '../engines/json-schema/check.ts';
import { type CompiledSchema, compileSchema } from '../engines/json-schema/compile.ts';
import { Meter } from '../engines/json-schema/run.ts';
import { cached } from '../kernel/cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Fault, ValidationError } from '../kernel/errors.ts';
import type { PublishedEvent } from '../model/event.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';

export interface CheckEventDependencies {
  readonly eventTypes: Pick<EventTypeStore, 'get' | 'schemaVersions'>;
  readonly clock: Clock;
}

/** How long a new schema may go unseen. */
const MAX_AGE_MS = 60_000;
const MAX_PROJECTS = 1000;
/** Known by its version, which may be that of another one where it was changed just as it was read. */
const MAX_SCHEMA_AGE_MS = 600_000;
/** Each may have two or three megabytes. */
const MAX_SCHEMAS = 20;
/** Of one request, or one message: some hundred milliseconds, and several times what 1 MB of events needs. */
const MOST_STEPS = 2_000_000;

/** Bounds the checks of one request or message together. */
export const newMeter = (): Meter => new Meter(MOST_STEPS);

/** @throws ValidationError with every fault of data that does not fit the schema of its type */
export type CheckEvent = (
  project: string,
  event: Pick<PublishedEvent, 'type' | 'data'>,
  meter: Meter,
) => Promise<void>;

/**
 * Holds events against the schemas of their types. Of a project it remembers which types have one, so an event of any
 * other type costs no read.
 */
export function checkEvent({ eventTypes, clock }: CheckEventDependencies): CheckEvent {
  const versionsOf = cached(eventTypes.schemaVersions, {
    maxAgeMs: MAX_AGE_MS,
    maxEntries: MAX_PROJECTS,
    clock,
  });
  const compiled = cached(
    async (project: string, type: string, _version: string): Promise<CompiledSchema | null> => {
      const schema = (await eventTypes.get(project, type))?.schema;
      return schema ? compileSchema(schema) : null;
    },
    { maxAgeMs: MAX_SCHEMA_AGE_MS, maxEntries: MAX_SCHEMAS, clock },
  );

  return async (project, { type, data }, meter) => {
    const version = (await versionsOf(project)).get(type);
    if (version === undefined) return;
    const schema = await compiled(project, type, version);
    if (schema === null) return;
    const faults: readonly Fault[] = faultsOf(schema, JSON.parse(data), 'data', meter);
    if (faults.length > 0) throw ValidationError.of(faults);
  };
}
