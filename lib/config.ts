import type { Node } from 'constructs';
import * as z from 'zod';
import type { DestinationPolicy } from '../core/contract.ts';

/** Those that CloudWatch Logs knows, up to a year. */
const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

const stageSchema = z.strictObject({
  /** Names the stack: `Ancrage-<stage>`. Stages other than `dev` and `local` keep their data when the stack is deleted. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'is 1 to 20 lower-case letters, digits and hyphens, a letter first')
    .default('dev'),
  /** Project of queue messages that name none, such as EventBridge events taken as they are. */
  defaultProject: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'is not a project id')
    .optional(),
  /**
   * A table that is there already: of a stack that was lost, or restored from a backup (`docs/upgrading.md`). The stack
   * makes none then, and one that it made before is left to itself.
   */
  tableName: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/, 'is not the name of a table')
    .optional(),
  /** Days that the functions' logs are kept. */
  logRetentionDays: z.coerce
    .number()
    .refine((days) => LOG_RETENTION_DAYS.includes(days), `is not one of ${LOG_RETENTION_DAYS.join(', ')}`)
    .default(30),
  /**
   * Most copies of a lane's function that run at once. Each lane has its own, so that none starves another. A hook URL that
   * hangs takes a copy until its deadline: rate × share of hanging URLs × deadline copies, until their breakers open.
   */
  eventsConcurrency: z.coerce.number().int().min(2).max(1000).default(20),
  deliveriesConcurrency: z.coerce.number().int().min(2).max(1000).default(200),
  retriesConcurrency: z.coerce.number().int().min(2).max(1000).default(50),
  /** Lets hook URLs be plain http and on loopback, which the local stack needs and production must not have. */
  allowLocalDestinations: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(false),
});

/** Their tables vanish with their stacks; every other stage keeps its data. */
const THROW_AWAY_STAGES = new Set(['dev', 'local']);

/** What a stage of Ancrage is made from. */
export interface StageConfig {
  readonly stage: string;
  readonly defaultProject: string | undefined;
  /** Of a table that the stack uses and does not own. */
  readonly tableName: string | undefined;
  readonly logRetentionDays: number;
  readonly concurrency: { readonly events: number; readonly deliveries: number; readonly retries: number };
  readonly destinations: DestinationPolicy;
  /** Data outlives the stack. */
  readonly retainData: boolean;
}

/**
 * Reads the stage from the CDK context (`cdk deploy -c stage=prod -c defaultProject=erp`, or `cdk.json`).
 *
 * @throws Error that lists every fault of the configuration at once
 */
export function readConfig(node: Node): StageConfig {
  const given = Object.fromEntries(
    Object.keys(stageSchema.shape)
      .map((name) => [name, node.tryGetContext(name)] as const)
      .filter(([, value]) => value !== undefined),
  );
  const parsed = stageSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new Error(`The stage's configuration has faults:\n${faults.join('\n')}`);
  }
  const config = parsed.data;
  return {
    stage: config.stage,
    defaultProject: config.defaultProject,
    tableName: config.tableName,
    logRetentionDays: config.logRetentionDays,
    concurrency: {
      events: config.eventsConcurrency,
      deliveries: config.deliveriesConcurrency,
      retries: config.retriesConcurrency,
    },
    destinations: {
      allowHttp: config.allowLocalDestinations,
      allowLoopback: config.allowLocalDestinations,
    },
    retainData: !THROW_AWAY_STAGES.has(config.stage),
  };
}
