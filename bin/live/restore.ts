import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { parseJson } from '../admin/api.ts';
import type { Deployment } from '../admin/deployment.ts';
import { AdminError } from '../admin/errors.ts';
import type { Programs } from './programs.ts';
import { WORKING_COPY } from './release.ts';
import type { Found } from './steps.ts';

/** DynamoDB can restore to about five minutes ago, which for a new table may be before its first item. */
const RESTORABLE_WITHIN_MS = 20 * 60_000;

const drillSchema = z.looseObject({
  ok: z.boolean(),
  restoredInSeconds: z.number(),
  checks: z.array(z.looseObject({ name: z.string(), result: z.string(), detail: z.string() })),
});

/**
 * Wait until the table can be restored to a moment, then run the restore drill.
 *
 * @param from when the data was there
 * @throws AdminError with the checks that failed
 */
export async function restore(
  programs: Programs,
  { stack, outputs, from, signal, pollMs }: Restore,
): Promise<Found> {
  await untilRestorable(stack, from, signal, pollMs);
  const { stdout, stderr } = await programs.run({
    command: process.execPath,
    args: [
      ...[join(WORKING_COPY.folder, 'bin/restore-drill.ts'), '--outputs', outputs],
      ...['--stage', stack.stage, '--json'],
    ],
    cwd: WORKING_COPY.folder,
  });
  const { data: drill } = drillSchema.safeParse(parseJson(stdout));
  if (drill === undefined) throw new AdminError(`The restore drill printed no result.\n${stdout}${stderr}`);
  const lines = drill.checks.map(({ name, result, detail }) => `${name}: ${result}, ${detail}`);
  if (!drill.ok) throw new AdminError(lines.join('\n'));
  return { detail: lines.join('; '), figures: { 'restored in, s': drill.restoredInSeconds } };
}

interface Restore {
  readonly stack: Deployment;
  /** The file of the outputs. */
  readonly outputs: string;
  readonly from: Date;
  readonly signal: AbortSignal;
  readonly pollMs: number;
}

async function untilRestorable(
  stack: Deployment,
  from: Date,
  signal: AbortSignal,
  pollMs: number,
): Promise<void> {
  const client = stack.dynamodb();
  const until = Date.now() + RESTORABLE_WITHIN_MS;
  try {
    for (;;) {
      const { ContinuousBackupsDescription: backups } = await client.send(
        new DescribeContinuousBackupsCommand({ TableName: stack.tableName }),
      );
      const recovery = backups?.PointInTimeRecoveryDescription;
      if (recovery?.PointInTimeRecoveryStatus !== 'ENABLED')
        throw new AdminError('The table has no point-in-time recovery.');
      // DynamoDB reports whole seconds.
      const latest = recovery.LatestRestorableDateTime?.getTime() ?? 0;
      if (latest >= from.getTime() - 1000) return;
      if (Date.now() >= until)
        throw new AdminError(`The table can be restored to ${new Date(latest).toISOString()} at the latest.`);
      await sleep(pollMs, undefined, { signal });
    }
  } finally {
    client.destroy();
  }
}
