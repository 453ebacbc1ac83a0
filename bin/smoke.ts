#!/usr/bin/env node
import { Option } from 'commander';
import { contextOf } from './admin/context.ts';
import { DEFAULT_OUTPUTS } from './admin/deployment.ts';
import { EXIT, UsageError } from './admin/errors.ts';
import { printJson } from './admin/print.ts';
import { newProgram, run } from './admin/program.ts';
import { interruption } from './smoke/interruption.ts';
import { openReport } from './smoke/report.ts';
import { smoke } from './smoke/run.ts';

/** Whether a stack does what it is for: for people after a deployment, and for their pipelines. */

interface SmokeCommand {
  readonly key?: string;
  readonly queue: boolean;
  readonly timeout: number;
}

const program = newProgram(
  'smoke',
  'Subscribes a stack to itself, publishes, verifies what was delivered, unsubscribes, and says what failed.',
  DEFAULT_OUTPUTS,
)
  .addOption(
    new Option(
      '--key <key>',
      'a key with the scopes "manage" and "publish": its project is used, and no table is touched',
    ).env('ANCRAGE_KEY'),
  )
  .option('--no-queue', 'leave out the event that is sent to the events queue with your AWS credentials')
  .option('--timeout <seconds>', 'how long each check may wait', secondsOf, 60)
  .addHelpText(
    'after',
    `
Without --key it makes a project and a key in the table, which needs AWS credentials, and removes both at the end.
Exit codes: 0 all is well, 1 something failed, 2 the command line is wrong.
Prefer ANCRAGE_KEY to --key: other users of a machine see command lines.

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
    throw new UsageError(`--timeout takes a number of seconds up to 3600, not "${text}".`);
  return seconds;
}
