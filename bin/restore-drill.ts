#!/usr/bin/env node
import { InvalidArgumentError } from 'commander';
import { dataKeys } from '../core/adapters/dynamodb/data-keys.ts';
import { openTable } from '../core/adapters/dynamodb/table.ts';
import { kmsKey } from '../core/adapters/kms/kms-key.ts';
import { largeBodiesIn } from '../core/adapters/s3/large-bodies.ts';
import { contextOf } from './admin/context.ts';
import { DEFAULT_OUTPUTS } from './admin/deployment.ts';
import { AdminError, EXIT } from './admin/errors.ts';
import { printJson } from './admin/print.ts';
import { newProgram, run, wholeUpTo } from './admin/program.ts';
import { drill } from './restore-drill/drill.ts';

/** Restores a stage's table under another name and checks the copy, so that the restore is known to work before it is needed. */

interface DrillCommand {
  readonly at?: Date;
  readonly target?: string;
  readonly sample: number;
  readonly keep?: true;
}

const POLL_MS = 15_000;

const program = newProgram(
  'restore-drill',
  'Restore the table of a stage under another name, check the copy, and delete it.',
  DEFAULT_OUTPUTS,
)
  .option('--at <time>', 'moment to restore, ISO 8601; by default the latest possible', timeOf)
  .option('--target <name>', 'name of the copy')
  .option('--sample <items>', 'how many items to look at', wholeUpTo(100_000), 5000)
  .option('--keep', 'leave the copy there')
  .addHelpText(
    'after',
    `
It changes nothing of the stack. The restore costs $0.15 for each GB of the table, and the copy storage while it exists.
Exit codes: 0 all checks passed, 1 a check failed, 2 invalid command line.`,
  )
  .action(async (options: DrillCommand) => {
    const { deployment, json } = contextOf(program);
    const { tableName, localSqs, largeBodiesBucketName, dynamodb, kms } = deployment();
    if (localSqs !== undefined) throw new AdminError('The local stack has no point-in-time recovery.');
    const client = dynamodb();
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const result = await drill({
      client,
      source: tableName,
      target: options.target ?? `${tableName.slice(0, 230)}-drill-${stamp}`,
      ...(options.at !== undefined && { at: options.at }),
      sample: options.sample,
      keep: options.keep ?? false,
      openKeys: (name) =>
        dataKeys({
          table: openTable(name, Date.now, client),
          wrappingKey: kmsKey(undefined, kms),
          seals: false,
        }),
      bodies: largeBodiesBucketName === undefined ? undefined : largeBodiesIn(largeBodiesBucketName),
      tell: (text) => console.error(text),
      pollMs: POLL_MS,
    });
    if (json()) printJson(result);
    else
      for (const { name, result: how, detail } of result.checks)
        console.log(`${how.padEnd(8)}${name}: ${detail}`);
    if (!result.ok) process.exitCode = EXIT.failure;
  });

await run(program);

function timeOf(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('It must be a time such as 2026-11-20T10:00:00Z.');
  return time;
}
