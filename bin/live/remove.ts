import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { pause } from '../../core/kernel/pause.ts';
import { AdminError } from '../admin/errors.ts';
import { stackOf } from './assembly.ts';
import { emptyBuckets, type Leftover, leftoversOf } from './leftovers.ts';
import type { Found } from './steps.ts';

interface Removal {
  readonly stage: string;
  readonly regions: readonly string[];
  readonly pollMs: number;
}

/** How long a table that is being created, or anything else that is in use, may keep a leftover from being deleted. */
const IN_USE_MS = 15 * 60_000;

/**
 * Remove the stage's stacks, and what they leave, from all regions. Each region is tried, whatever happens in another.
 *
 * @throws AdminError that names what is still there
 */
export async function removeStage({ stage, regions, pollMs }: Removal): Promise<Found> {
  const faults: string[] = [];
  const attempt = async (what: string, run: () => Promise<unknown>) => {
    try {
      await run();
    } catch (error) {
      faults.push(`${what}: ${error instanceof Error ? error.message : error}`);
    }
  };
  let stacks = 0;
  for (const region of regions)
    await attempt(`stack ${stackOf(stage)} in ${region}`, async () => {
      if (await deleteStack(stage, region, pollMs)) stacks++;
    });
  const left: string[] = [];
  for (const region of regions)
    await attempt(`leftovers in ${region}`, async () => {
      for (const leftover of await leftoversOf(stage, region)) {
        const name = `${leftover.kind} ${leftover.name}`;
        left.push(name);
        await attempt(name, () => removeLeftover(leftover, pollMs));
      }
    });
  for (const region of regions)
    await attempt(`leftovers in ${region}`, async () => {
      const still = await stillThere(stage, region, pollMs);
      if (still.length > 0) throw new AdminError(`still there: ${still.join(', ')}`);
    });
  if (faults.length > 0) throw new AdminError(faults.join('\n'));
  const leftovers = left.length === 0 ? 'which left nothing' : `and what was left: ${left.join(', ')}`;
  return { detail: `deleted ${stacks} stacks, ${leftovers}` };
}

/** A deleted table is in the list for a while. @returns the names of what is left after some minutes */
async function stillThere(stage: string, region: string, pollMs: number): Promise<string[]> {
  const until = Date.now() + IN_USE_MS;
  for (;;) {
    const names = (await leftoversOf(stage, region)).map(({ kind, name }) => `${kind} ${name}`);
    if (names.length === 0 || Date.now() >= until) return names;
    await pause(pollMs);
  }
}

async function removeLeftover({ remove }: Leftover, pollMs: number): Promise<void> {
  const until = Date.now() + IN_USE_MS;
  for (;;)
    try {
      await remove();
      return;
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (/NotFound|NonExistent|NoSuch|DoesNotExist/.test(name)) return;
      if (!/InUse|Conflict|OperationAborted/.test(name) || Date.now() >= until) throw error;
      await pause(pollMs);
    }
}

/**
 * Delete the stage's stack, after whatever CloudFormation is doing with it.
 *
 * @returns whether there was one
 * @throws AdminError with the reasons if it cannot be deleted
 */
async function deleteStack(stage: string, region: string, pollMs: number): Promise<boolean> {
  const cloudFormation = new CloudFormationClient({ region });
  try {
    const settled = await untilSettled(cloudFormation, stackOf(stage), pollMs);
    if (settled === undefined) return false;
    await emptyBuckets(stage, region);
    // By the id, by which it is found after its deletion.
    const StackName = settled.StackId;
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
    const deleted = await untilSettled(cloudFormation, StackName ?? '', pollMs);
    if (deleted !== undefined && deleted.StackStatus !== 'DELETE_COMPLETE')
      throw new AdminError(`${deleted.StackStatus}\n${await reasonsOf(cloudFormation, StackName ?? '')}`);
    return true;
  } finally {
    cloudFormation.destroy();
  }
}

/** Wait until CloudFormation does nothing with a stack. @returns undefined if there is none */
async function untilSettled(
  cloudFormation: CloudFormationClient,
  StackName: string,
  pollMs: number,
): Promise<Stack | undefined> {
  for (;;) {
    const stack = await describe(cloudFormation, StackName);
    // A stack that has been reviewed but never created has no resources, and is deleted as well.
    if (stack === undefined || stack.StackStatus === 'REVIEW_IN_PROGRESS') return stack;
    if (!stack.StackStatus?.endsWith('IN_PROGRESS')) return stack;
    await pause(pollMs);
  }
}

async function describe(cloudFormation: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return stack;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

async function reasonsOf(cloudFormation: CloudFormationClient, StackName: string): Promise<string> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED')
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`)
    .join('\n');
}
