import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isThere, pythonWith } from '../support/tool-chains.ts';
import { type AccountOptions, checkGaps, checkThatGapsWereMet, withAccount } from './account.ts';
import { allFiles } from './all-files.ts';
import { SETTINGS, synthesizeDev } from './assembly.ts';
import { everySetting, REGIONS } from './every-setting.ts';
import { FILES } from './files.ts';
import { followThePage } from './follow.ts';
import { gapsOf } from './gaps/gaps.ts';
import { peakOfMemory } from './memory.ts';
import { type Ministack, startMinistack } from './ministack.ts';
import { step } from './step.ts';
import { updates } from './updates.ts';
import { firstUse } from './use.ts';
import { endToEnd, runContractTests } from './vitest.ts';

/**
 * Deploy Ancrage to ministack, an emulator of AWS, with the CDK; use it, update it, destroy it. Then once more with IAM enforced.
 * `--all` also deploys a stage with every setting on, and runs every end-to-end file that can run there. Needs Python, and nothing
 * of AWS.
 */

const DIRECTORY = resolve('.local/emulate');

async function emulate(all: boolean): Promise<void> {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  const programs = await step('install ministack', () => pythonWith('test/emulate/requirements.txt'));
  for (const [name, settings] of Object.entries(SETTINGS))
    await step(`synthesise ${name}`, () => synthesizeDev(join(DIRECTORY, name), settings));
  const accountOf = (name: string, options: Partial<AccountOptions> = {}): AccountOptions => ({
    ...{ programs, assemblies: DIRECTORY, directory: join(DIRECTORY, name) },
    ...options,
  });

  console.log('Without IAM:');
  await withAccount(accountOf('without-iam'), async (account) => {
    const stack = await account.deploy('dev');
    const admin = await firstUse(account, stack);
    for (const file of FILES) await endToEnd({ account, stack, admin }, file);
    await updates(account, stack, admin);
    await account.destroy('dev');
  });
  console.log('With IAM enforced:');
  await withAccount(accountOf('with-iam', { circumstance: 'IAM' }), async (account) => {
    const stack = await account.deploy('dev');
    const admin = await firstUse(account, stack);
    const [mainFlow = ''] = FILES;
    await endToEnd({ account, stack, admin }, mainFlow);
    // With aliases, and so with everything that a gap may concern.
    await account.deploy('aliases');
    await checkGaps(account, 'aliases');
    await account.destroy('aliases');
  });
  await checkThatGapsWereMet(gapsOf('IAM'));
  await alone(programs, 'contract-tests', runContractTests);
  console.log('docs/deploying.md:');
  await alone(programs, 'page', followThePage);

  if (all) {
    console.log('With every setting:');
    const options = { circumstance: 'every setting', regions: REGIONS } as const;
    await withAccount(accountOf('every-setting', options), (account) => everySetting(account, DIRECTORY));
    await checkThatGapsWereMet(gapsOf('every setting'));
    console.log('All end-to-end files:');
    await allFiles(accountOf);
  }
  console.log(peakOfMemory());
}

/** Use an emulator that nothing else uses, and that nobody has bootstrapped. */
async function alone(
  programs: string,
  name: string,
  use: (ministack: Ministack, directory: string) => Promise<unknown>,
): Promise<void> {
  const directory = join(DIRECTORY, name);
  mkdirSync(directory);
  const logFile = join(directory, 'ministack.log');
  const ministack = await startMinistack({ programs, logFile, enforcesIam: false });
  await use(ministack, directory).finally(() => ministack.stop());
}

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
if (isThere('python3')) await emulate(values.all);
else console.log('Skipped: npm run emulate needs python3 on the PATH.');
