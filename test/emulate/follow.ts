import { delimiter, dirname, join } from 'node:path';
import { copyRepository } from '../support/clone.ts';
import { startReceiver } from '../support/receiver.ts';
import { shellIn } from '../support/shell.ts';
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
