import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { apiOf } from '../support/api.ts';
import { isThere, pythonWith } from '../support/tool-chains.ts';
import { type Account, checkGaps, checkThatGapsWereMet, withAccount } from './account.ts';
import { type Deployed, run, synthesizeDev } from './cloud.ts';
import { endToEnd, FILES, filesOfAll, runContractTests } from './files.ts';
import { followThePage } from './follow.ts';
import { GAPS } from './gaps.ts';
import { checkMappings } from './mappings.ts';
import { type Ministack, startMinistack } from './ministack.ts';
import { step } from './step.ts';

/**
 * Deploy Ancrage to ministack, an emulator of AWS, with the CDK; use it, update it, destroy it. Then once more with IAM enforced.
 * `--all` runs every end-to-end file that can run there. Needs Python, and nothing of AWS.
 */

const DIRECTORY = resolve('.local/emulate');
const PROJECT = 'emulate';
/** The stage `dev`, as three deployments have it one after the other. */
const SETTINGS = {
  dev: {},
  aliases: { canary: true },
  changed: { canary: true, retentionDays: 45 },
};

async function emulate(all: boolean): Promise<void> {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  const programs = await step('install ministack', () => pythonWith('test/emulate/requirements.txt'));
  for (const [name, settings] of Object.entries(SETTINGS))
    await step(`synthesise ${name}`, () => synthesizeDev(join(DIRECTORY, name), settings));
  const account = (directory: string, enforcesIam: boolean) => ({
    ...{ programs, enforcesIam, assemblies: DIRECTORY, directory: join(DIRECTORY, directory) },
  });

  console.log('Without IAM:');
  await withAccount(account('without-iam', false), 'dev', async (here, stack) => {
    const admin = await firstUse(here, stack);
    for (const file of FILES) await endToEnd(here.ministack, stack, admin, file, false);
    await updates(here, stack, admin);
  });
  console.log('With IAM enforced:');
  await withAccount(account('with-iam', true), 'dev', async (here, stack) => {
    const admin = await firstUse(here, stack);
    const [mainFlow = ''] = FILES;
    await endToEnd(here.ministack, stack, admin, mainFlow, false);
    // With aliases, and so with everything that a gap may concern.
    await here.deploy('aliases');
    await checkGaps(here, 'dev');
  });
  await checkThatGapsWereMet(GAPS);
  await alone(programs, 'contract-tests', (ministack) =>
    step('contract tests', () => runContractTests(ministack)),
  );
  console.log('docs/deploying.md:');
  await alone(programs, 'page', followThePage);
  if (!all) return;

  console.log('All end-to-end files:');
  const files = filesOfAll();
  await withAccount(account('all', false), 'dev', async ({ ministack }, stack) => {
    const admin = await step('create the first key', () => firstKey(ministack, stack));
    for (const file of files) await endToEnd(ministack, stack, admin, file, true);
  });
}

async function firstUse({ ministack }: Account, stack: Deployed): Promise<string> {
  const admin = await step('create the first key', () => firstKey(ministack, stack));
  await smoke(ministack, stack);
  return admin;
}

/** The admin key of the project `emulate`, made with the admin command. */
async function firstKey(ministack: Ministack, { outputsFile }: Deployed): Promise<string> {
  const admin = (...args: string[]) =>
    run(ministack, 'bin/admin.ts', ['--outputs', outputsFile, '--json', ...args]);
  await admin('projects', 'create', PROJECT);
  return (await admin('keys', 'create', PROJECT, 'first key', '--scope', 'admin')).json().secret;
}

const smoke = (ministack: Ministack, { outputsFile }: Deployed) =>
  step('npm run smoke', () => run(ministack, 'bin/smoke.ts', ['--outputs', outputsFile]));

/**
 * Deploy aliases, another setting, and neither again. What was written before must be there afterwards, the setting must apply,
 * and each queue must have one consumer all along.
 */
async function updates(account: Account, before: Deployed, adminKey: string): Promise<void> {
  const api = (apiUrl = '') => apiOf({ apiUrl, project: PROJECT, adminKey });
  const oneMapping = (hasAliases: boolean) =>
    step(`check that each queue invokes ${hasAliases ? 'an alias' : 'a function'}, once`, () =>
      checkMappings(account.ministack, hasAliases),
    );
  await oneMapping(false);
  const old = api(before.outputs.ApiUrl);
  // To an address where nobody listens: a subscription is enough here.
  const { id } = await old.subscribe({ url: 'http://127.0.0.1:9999/none', events: ['never'] });
  await old.publish({ type: 'kept', id: 'kept', data: { n: 1 } });
  await old.storedEvent('kept');

  await account.deploy('aliases');
  await oneMapping(true);
  const changed = await account.deploy('changed');
  await oneMapping(true);
  await step('check that the updates kept the data and applied the setting', async () => {
    const now = api(changed.outputs.ApiUrl);
    await now.get(`subscriptions/${id}`);
    await now.get('events/kept');
    const { retentionDays } = await now.get(`/v1/projects/${await now.newProject('after')}`);
    if (retentionDays !== SETTINGS.changed.retentionDays)
      throw new Error(`A new project keeps ${retentionDays} days.`);
  });
  await smoke(account.ministack, changed);
  const again = await account.deploy('dev');
  await oneMapping(false);
  await smoke(account.ministack, again);
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
