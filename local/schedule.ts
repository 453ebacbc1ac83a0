import { randomUUID } from 'node:crypto';
import { LocalStackError, messageOf } from './errors.ts';
import { type FunctionDefinition, findFunction } from './functions/function-definition.ts';
import type { FunctionHost } from './functions/function-host.ts';
import { type Referents, resolve } from './resolve.ts';
import { ACCOUNT_ID, type Log, REGION } from './settings.ts';
import { resourcesOf, type Template } from './template.ts';

export interface Schedule {
  readonly ruleArn: string;
  readonly everyMs: number;
  readonly targets: readonly { readonly functionName: string; readonly input: string | undefined }[];
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Read the template's scheduled rules. */
export function readSchedules(
  template: Template,
  referents: Referents,
  functions: readonly FunctionDefinition[],
): Schedule[] {
  return resourcesOf(template, 'AWS::Events::Rule')
    .filter(
      ([, { Properties }]) => Properties?.ScheduleExpression !== undefined && Properties.State !== 'DISABLED',
    )
    .map(([logicalId, { Properties = {} }]) => {
      const targets = resolve(Properties.Targets ?? [], referents) as { Arn: string; Input?: string }[];
      return {
        ruleArn: referents.attribute(logicalId, 'Arn') ?? logicalId,
        everyMs: parseRate(String(Properties.ScheduleExpression)),
        targets: targets.map(({ Arn, Input }) => ({
          functionName: findFunction(functions, Arn).name,
          input: Input,
        })),
      };
    });
}

/**
 * Convert `rate(5 minutes)` to milliseconds.
 *
 * @throws LocalStackError for a cron expression
 */
export function parseRate(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const unitMs = UNIT_MS[unit ?? ''];
  if (unitMs === undefined)
    throw new LocalStackError(
      `The template has the schedule ${expression}; the local stack supports only rate(…)`,
    );
  return Number(count) * unitMs;
}

/** Invoke the functions of the schedules, first after one interval, until the returned function is called. */
export function startSchedules(
  schedules: readonly Schedule[],
  functions: FunctionHost,
  log: Log,
): () => void {
  const timers = schedules.flatMap(({ everyMs, ruleArn, targets }) =>
    targets.map(({ functionName, input }) =>
      setInterval(() => {
        functions
          .invokeJson(functionName, input ?? JSON.stringify(scheduledEvent(ruleArn)))
          .catch((error: unknown) => {
            log(`${functionName} failed on its schedule: ${messageOf(error)}`);
          });
      }, everyMs).unref(),
    ),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

/** Return the event that EventBridge sends to the targets of a scheduled rule. */
function scheduledEvent(ruleArn: string) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT_ID,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: [ruleArn],
    detail: {},
  };
}
