import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { apiOf } from '../support/api.ts';
import { isThere, pythonWith } from '../support/tool-chains.ts';
import {
  bootstrap,
  type Deployed,
  deploy,
  destroy,
  leaveGapsOut,
  readTemplateOf,
  run,
  synthesizeDev,
} from './cloud.ts';
import { GAPS, type Gap } from './gaps.ts';
import type { Gateway } from './gateway.ts';
import { leftovers } from './leftovers.ts';
import { type Ministack, startMinistack } from './ministack.ts';

/**
 * Deploy the stage `dev` to ministack, an emulator of AWS, with the CDK; use it, update it, destroy it. Then once more with IAM
 * enforced. Needs Python, and nothing of AWS.
 */

const DIRECTORY = resolve('.local/emulate');
const PROJECT = 'emulate';
const CHANGED = { retentionDays: 45 };
const MAIN_FLOW = 'test/e2e/main-flow.test.ts';

async function emulate(): Promise<void> {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  const programs = await step('install ministack', () => pythonWith('test/emulate/requirements.txt'));
  await step('synthesise dev', () => synthesizeDev(join(DIRECTORY, 'dev')));
  await step('synthesise dev with another setting', () => synthesizeDev(join(DIRECTORY, 'changed'), CHANGED));
  console.log('Without IAM:');
  await withMinistack(programs, false, async (account) => {
    const { stack, admin } = await deployAndUse(account);
    await update(account, stack, admin);
  });
  console.log('With IAM enforced:');
  await withMinistack(programs, true, deployAndUse);
}

async function deployAndUse(account: Account) {
  const stack = await account.deploy('dev');
  const admin = await step('create the first key', () => firstKey(account.ministack, stack));
  await smoke(account.ministack, stack);
  await mainFlow(account.ministack, stack, admin);
  return { stack, admin };
}

interface Account {
  readonly ministack: Ministack;
  /** Deploy an assembly, without what the emulator lacks. */
  deploy(assembly: string): Promise<Deployed>;
}

/** Use an account that has been bootstrapped. Then destroy the stack, and check that nothing is left of it. */
async function withMinistack(
  programs: string,
  enforcesIam: boolean,
  use: (account: Account) => Promise<unknown>,
): Promise<void> {
  const directory = join(DIRECTORY, enforcesIam ? 'with-iam' : 'without-iam');
  mkdirSync(directory);
  const gaps = GAPS.filter(({ ofIam }) => enforcesIam || !ofIam);
  const ministack = await step('start', () =>
    startMinistack({ programs, enforcesIam, logFile: join(directory, 'ministack.log') }),
  );
  const gateways: Gateway[] = [];
  try {
    await step('cdk bootstrap', () => bootstrap(ministack, directory, gaps));
    await use({
      ministack,
      async deploy(name) {
        const assembly = join(directory, name);
        cpSync(join(DIRECTORY, name), assembly, { recursive: true });
        leaveGapsOut(assembly, gaps);
        const deployed = await step(`cdk deploy ${name}`, () => deploy(ministack, assembly, directory));
        gateways.push(deployed.gateway);
        return deployed;
      },
    });
    await step(`check that ${gaps.length} gaps of the emulator are still there`, () =>
      checkGaps(ministack, gaps),
    );
    await step('cdk destroy', () => destroy(ministack, join(directory, 'dev')));
    await step('check that nothing is left', async () => {
      const left = await leftovers(ministack);
      if (left.length > 0) throw new Error(`cdk destroy left ${left.join(', ')}.`);
    });
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await ministack.stop();
  }
}

/** @throws Error that names each gap that the emulator no longer has */
async function checkGaps(ministack: Ministack, gaps: readonly Gap[]): Promise<void> {
  const template = readTemplateOf(join(DIRECTORY, 'dev'));
  for (const gap of gaps) {
    console.log(`  gap: ${gap.reason}`);
    if (!(await gap.persists(ministack, template)))
      throw new Error(`The emulator no longer has this gap; remove it from gaps.ts: ${gap.reason}`);
  }
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

const mainFlow = (ministack: Ministack, { outputsFile }: Deployed, adminKey: string) =>
  step(MAIN_FLOW, () =>
    run(ministack, 'node_modules/vitest/vitest.mjs', ['run', '--project=e2e', MAIN_FLOW], {
      ANCRAGE_OUTPUTS: outputsFile,
      ANCRAGE_KEY: adminKey,
    }),
  );

/** Deploy another setting. What was written before must be there afterwards, and the setting must apply. */
async function update(account: Account, before: Deployed, adminKey: string): Promise<void> {
  const api = (apiUrl: string) => apiOf({ apiUrl, project: PROJECT, adminKey });
  const old = api(before.outputs.ApiUrl ?? '');
  // To an address where nobody listens: a subscription is enough here.
  const { id } = await old.subscribe({ url: 'http://127.0.0.1:9999/none', events: ['never'] });
  await old.publish({ type: 'kept', id: 'kept', data: { n: 1 } });
  await old.storedEvent('kept');

  const after = await account.deploy('changed');
  await step('check that the update kept the data and applied the setting', async () => {
    const now = api(after.outputs.ApiUrl ?? '');
    await now.get(`subscriptions/${id}`);
    await now.get('events/kept');
    const project = await now.newProject('after');
    const { retentionDays } = await now.get(`/v1/projects/${project}`);
    if (retentionDays !== CHANGED.retentionDays)
      throw new Error(`A new project keeps ${retentionDays} days.`);
  });
  await smoke(account.ministack, after);
}

/** Run a step, and print how long it took. */
async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    const result = await work();
    console.log(`✓ ${name}  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.log(`✗ ${name}`);
    throw error;
  }
}

if (isThere('python3')) await emulate();
else console.log('Skipped: npm run emulate needs python3 on the PATH.');
