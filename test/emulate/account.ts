import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { leaveGapsOut, readTemplateOf } from './assembly.ts';
import { bootstrap, type Deployed, deploy, destroy } from './cloud.ts';
import type { Circumstance, Gap } from './gaps/gap.ts';
import { gapsOf } from './gaps/gaps.ts';
import type { Gateway } from './gateway.ts';
import { leftovers } from './leftovers.ts';
import { type Ministack, REGION, startMinistack } from './ministack.ts';
import { step } from './step.ts';

export interface Account {
  readonly ministack: Ministack;
  readonly gaps: readonly Gap[];
  /** For the files of this account. */
  readonly directory: string;
  /** Deploy an assembly, or update what is deployed, without what the emulator lacks. */
  deploy(assembly: string): Promise<Deployed>;
  /** Destroy the stacks of an assembly that has been deployed. */
  destroy(assembly: string): Promise<void>;
}

export interface AccountOptions {
  /** Folder of the virtual environment's programs. */
  readonly programs: string;
  /** For the files of the account. */
  readonly directory: string;
  /** Where the assemblies are. */
  readonly assemblies: string;
  readonly circumstance?: Circumstance;
  /** Those that stacks are deployed to. */
  readonly regions?: readonly string[];
}

/** What a template had of the emulator's gaps, in any account of this run. */
const met = new Set<Gap>();

/** Use an account of its own. Then check that nothing is left of what was deployed there. */
export async function withAccount(
  { programs, directory, assemblies, circumstance, regions = [REGION] }: AccountOptions,
  use: (account: Account) => Promise<unknown>,
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const gaps = circumstance === undefined ? gapsOf() : gapsOf(circumstance);
  const enforcesIam = circumstance === 'IAM';
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
    async destroy(name) {
      await step(`cdk destroy ${name}`, () => destroy(ministack, join(directory, name)));
    },
  };
  try {
    await step('cdk bootstrap', () => bootstrap(ministack, directory, gaps, regions));
    await use(account);
    await step('check that nothing is left', () => checkLeftovers(ministack, regions));
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await ministack.stop();
  }
}

async function checkLeftovers(ministack: Ministack, regions: readonly string[]): Promise<void> {
  const left = await Promise.all(regions.map((region) => leftovers(ministack, region)));
  if (left.flat().length > 0) throw new Error(`cdk destroy left ${left.flat().join(', ')}.`);
}

/** Check that the emulator still has the gaps. The assembly's assets are uploaded. */
export const checkGaps = ({ ministack, gaps, directory }: Account, assembly: string) =>
  step(`check that ${gaps.length} gaps of the emulator are still there`, async () => {
    const template = readTemplateOf(join(directory, assembly));
    for (const gap of gaps) {
      console.log(`  gap: ${gap.reason}`);
      if (!(await gap.persists(ministack, template)))
        throw new Error(
          `The emulator no longer has this gap; remove it from test/emulate/gaps: ${gap.reason}`,
        );
    }
  });

/** Check at the end of a run that each gap concerned one of its templates. */
export const checkThatGapsWereMet = (gaps: readonly Gap[]) =>
  step('check that the templates need what the gaps leave out', async () => {
    const idle = gaps.filter((gap) => !met.has(gap));
    if (idle.length > 0)
      throw new Error(
        `No template needs this; remove it from test/emulate/gaps: ${idle.map(({ reason }) => reason)}`,
      );
  });
