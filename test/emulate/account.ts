import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, type Deployed, deploy, destroy, leaveGapsOut, readTemplateOf } from './cloud.ts';
import { GAPS, type Gap } from './gaps.ts';
import type { Gateway } from './gateway.ts';
import { leftovers } from './leftovers.ts';
import { type Ministack, startMinistack } from './ministack.ts';
import { step } from './step.ts';

export interface Account {
  readonly ministack: Ministack;
  readonly gaps: readonly Gap[];
  /** For the files of this account. */
  readonly directory: string;
  /** Deploy an assembly, or update what is deployed, without what the emulator lacks. */
  deploy(assembly: string): Promise<Deployed>;
}

export interface AccountOptions {
  /** Folder of the virtual environment's programs. */
  readonly programs: string;
  /** For the files of the account. */
  readonly directory: string;
  /** Where the assemblies are. */
  readonly assemblies: string;
  readonly enforcesIam: boolean;
}

/** What a template had of the emulator's gaps, in any account of this run. */
const met = new Set<Gap>();

/** Use the assembly `name` in an account of its own. Then destroy the stack, and check that nothing is left of it. */
export async function withAccount(
  { programs, directory, assemblies, enforcesIam }: AccountOptions,
  name: string,
  use: (account: Account, stack: Deployed) => Promise<unknown>,
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const gaps = GAPS.filter(({ ofIam }) => enforcesIam || !ofIam);
  const ministack = await step('start', () =>
    startMinistack({ programs, enforcesIam, logFile: join(directory, 'ministack.log') }),
  );
  const gateways: Gateway[] = [];
  const account: Account = {
    ...{ ministack, gaps, directory },
    async deploy(name) {
      const assembly = join(directory, name);
      cpSync(join(assemblies, name), assembly, { recursive: true });
      for (const gap of leaveGapsOut(assembly, gaps)) met.add(gap);
      const deployed = await step(`cdk deploy ${name}`, () => deploy(ministack, assembly, directory));
      gateways.push(deployed.gateway);
      return deployed;
    },
  };
  try {
    await step('cdk bootstrap', () => bootstrap(ministack, directory, gaps));
    await use(account, await account.deploy(name));
    await step('cdk destroy', () => destroy(ministack, join(directory, name)));
    await step('check that nothing is left', () => checkLeftovers(ministack));
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await ministack.stop();
  }
}

async function checkLeftovers(ministack: Ministack): Promise<void> {
  const left = await leftovers(ministack);
  if (left.length > 0) throw new Error(`cdk destroy left ${left.join(', ')}.`);
}

/** Check that the emulator still has the gaps. The assembly's assets are uploaded. */
export const checkGaps = ({ ministack, gaps, directory }: Account, assembly: string) =>
  step(`check that ${gaps.length} gaps of the emulator are still there`, async () => {
    const template = readTemplateOf(join(directory, assembly));
    for (const gap of gaps) {
      console.log(`  gap: ${gap.reason}`);
      if (!(await gap.persists(ministack, template)))
        throw new Error(`The emulator no longer has this gap; remove it from gaps.ts: ${gap.reason}`);
    }
  });

/** Check at the end of a run that each gap concerned one of its templates. */
export const checkThatGapsWereMet = (gaps: readonly Gap[]) =>
  step('check that the templates need what the gaps leave out', async () => {
    const idle = gaps.filter((gap) => !met.has(gap));
    if (idle.length > 0)
      throw new Error(`No template needs this; remove it from gaps.ts: ${idle.map(({ reason }) => reason)}`);
  });
