import { cpSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { start } from '../support/child-process.ts';
import { eventually } from '../support/eventually.ts';
import { startReceiver } from '../support/receiver.ts';
import { reachable } from './cloud.ts';
import type { Gateway } from './gateway.ts';
import { readGuide } from './guide.ts';
import { leftovers } from './leftovers.ts';
import type { Ministack } from './ministack.ts';
import { step } from './step.ts';

const PAGE = 'docs/deploying.md';

/** Sections of the page that a new user does not follow here. */
const OTHER_WAYS: Readonly<Record<string, string>> = {
  'Without the CDK': 'another way to deploy, from a bucket of templates that somebody has released',
  'With Terraform': 'another way to deploy, with Terraform, which is not installed',
  'With few permissions': 'another bootstrap, with policies that only AWS enforces',
  'On an account of your own: npm run live':
    'other stages; its steps have a test of their own here, test/infra/live.long.test.ts',
  'On an emulator of AWS': 'this run, and the tests that it runs',
};

/** The page's hook URL, for which the run has one of its own. */
const HOOK_URL = 'https://hooks.example.com/ancrage';

/** The stage keeps its data, as the page says. */
const KEPT = /^table Ancrage-prod-|^queue .*\/Ancrage-prod-|^bucket ancrage-prod-/;

const COMMAND_MS = 300_000;

/**
 * Run each command of the page as it is written, in its order, in a copy of this repository. The emulator's environment has three
 * settings of the CDK: its app leaves the emulator's gaps out, nobody is asked, and nothing needs approval.
 */
export async function followThePage(ministack: Ministack, directory: string): Promise<void> {
  const { commands, skipped } = readGuide(PAGE, Object.keys(OTHER_WAYS));
  for (const [heading, reason] of Object.entries(OTHER_WAYS)) {
    if (!skipped.get(heading)?.length)
      throw new Error(`${PAGE} has no commands under “${heading}”: see follow.ts.`);
    console.log(`  without “${heading}”: ${reason}`);
  }
  const clone = join(directory, 'clone');
  copyRepository(clone);
  const receiver = await startReceiver();
  const gateways: Gateway[] = [];
  const outputs = join(clone, 'cdk-outputs.json');
  const shell = shellIn(clone, {
    ...ministack.environment,
    // The CDK's own variables: its options in capitals.
    ...{ CDK_APP: 'node test/emulate/app.ts', CDK_FORCE: 'true', CDK_REQUIRE_APPROVAL: 'never' },
    PATH: [dirname(process.execPath), ministack.environment.PATH].join(delimiter),
  });
  try {
    for (const command of commands) {
      const typed = command.replaceAll(HOOK_URL, receiver.url('/hook'));
      await step(command, async () => {
        if (/\/attempts\b/.test(command)) await shell.until(typed, /"?outcome"?: *"?success/);
        else await shell.run(typed);
      });
      if (command.includes('--outputs-file')) gateways.push((await reachable(outputs, ministack)).gateway);
    }
    if (receiver.requests.length === 0) throw new Error(`${PAGE} delivered nothing to its hook URL.`);
    await step('check that only what the page says is left', async () => {
      const left = (await leftovers(ministack)).filter((name) => !KEPT.test(name));
      if (left.length > 0) throw new Error(`cdk destroy left ${left.join(', ')}.`);
    });
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await receiver.stop();
  }
}

/** Copy what a clone has, and use the packages that are installed. */
function copyRepository(clone: string): void {
  const left = new Set(['node_modules', '.git', '.local', 'cdk.out', 'coverage', 'cdk-outputs.json', 'dist']);
  for (const name of readdirSync('.'))
    if (!left.has(name))
      cpSync(name, join(clone, name), {
        recursive: true,
        filter: (source) => !left.has(basename(source)) || source === 'console/dist',
      });
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
}

/** A shell that remembers the variables of the commands that it ran before. */
function shellIn(cwd: string, env: Readonly<Record<string, string>>) {
  const variables = join(cwd, '.variables');
  writeFileSync(variables, '');
  const run = async (command: string): Promise<string> => {
    const script = `set -a; . ${variables}; set -euo pipefail\n${command}\nexport -p > ${variables}`;
    const { child, ended } = start('bash', ['-c', script], { cwd, env });
    const timer = setTimeout(() => child.kill(), COMMAND_MS);
    const { exitCode, stdout, stderr } = await ended.finally(() => clearTimeout(timer));
    if (exitCode !== 0) throw new Error(`${command}\nexited with ${exitCode}:\n${stdout}${stderr}`);
    return stdout;
  };
  return {
    run,
    /** Repeat a command until its output is as expected. */
    until: (command: string, expected: RegExp) =>
      eventually(`${command} prints ${expected}`, async () => expected.test(await run(command))),
  };
}
