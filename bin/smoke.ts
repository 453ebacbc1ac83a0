#!/usr/bin/env node
import { Option } from 'commander';
import { contextOf } from './admin/context.ts';
import { DEFAULT_OUTPUTS } from './admin/deployment.ts';
import { EXIT, UsageError } from './admin/errors.ts';
import { printJson } from './admin/print.ts';
import { newProgram, run } from './admin/program.ts';
import { checkConcurrency } from './concurrency/quota.ts';
import { interruption } from './smoke/interruption.ts';
import { openReport } from './smoke/report.ts';
import { smoke } from './smoke/run.ts';

/** Checks after a deployment that a stack works, for people and for deployment pipelines. */

interface SmokeCommand {
  readonly key?: string;
  readonly queue: boolean;
  readonly timeout: number;
}

const program = newProgram(
  'smoke',
  'Check that a stack works: subscribe it to itself, publish, verify the deliveries and unsubscribe.',
  DEFAULT_OUTPUTS,
)
  .addOption(
    new Option(
      '--key <key>',
      'API key with the scopes "manage" and "publish"; the checks run in its project without table access',
    ).env('ANCRAGE_KEY'),
  )
  .option('--no-queue', 'skip the event that is sent to the events queue with your AWS credentials')
  .option('--timeout <seconds>', 'maximum waiting time of each check', secondsOf, 60)
  .addHelpText(
    'after',
    `
Without --key, the command creates a project and a key in the table, which needs AWS credentials, and deletes both at
the end.
Exit codes: 0 all checks passed, 1 a check failed, 2 invalid command line.
Prefer ANCRAGE_KEY to --key: other users of the machine can see command lines.

Examples:
  npm run smoke -- --outputs cdk-outputs.json
  ANCRAGE_KEY=… npm run smoke -- --stage prod --no-queue
  npm run -s smoke -- --local --json | jq -e .ok`,
  )
  .action(async ({ key, queue, timeout }: SmokeCommand) => {
    const context = contextOf(program);
    const stack = context.deployment();
    const json = context.json();
    const print = json ? console.error : console.log;
    const report = openReport(print);
    print(`${stack.apiUrl} (stage ${stack.stage})`);
    if (stack.concurrency !== undefined) {
      const { need, region } = stack.concurrency;
      print((await checkConcurrency(need, { region })).text);
    }
    const signal = interruption();
    const patience = { timeoutMs: timeout * 1000, signal };
    await smoke(stack, report, { key: key || undefined, viaQueue: queue, patience });
    const failed = report.results.filter(({ ok }) => !ok);
    const ok = failed.length === 0;
    if (json) printJson({ ok, apiUrl: stack.apiUrl, stage: stack.stage, checks: report.results });
    else console.log(ok ? 'The stack works.' : `Failed: ${failed.map(({ name }) => name).join(', ')}.`);
    if (!ok) process.exitCode = EXIT.failure;
  });

await run(program);

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600))
    throw new UsageError(`--timeout must be a number of seconds up to 3600, not "${text}".`);
  return seconds;
}
