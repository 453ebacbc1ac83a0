import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { AdminError } from '../admin/errors.ts';
import type { Quota } from '../concurrency/advice.ts';
import { readQuota } from '../concurrency/quota.ts';
import { stackOf } from './assembly.ts';
import { leftoversOf } from './leftovers.ts';

export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** Of concurrent executions in the first region; undefined if it cannot be read. */
  readonly quota: Quota | undefined;
}

/** The stack of `cdk bootstrap`. */
const BOOTSTRAP = 'CDKToolkit';

/**
 * Look at the account without changing anything: who calls, its quota, and whether the regions are ready.
 *
 * @throws AdminError if a region lacks the CDK's bootstrap, or has something of the stage already
 */
export async function lookAt(stage: string, regions: readonly string[]): Promise<Account> {
  const [region = ''] = regions;
  const id = await accountId(region);
  for (const each of regions) await checkRegion(each, stage, id);
  return { id, quota: await readQuota({ region }).catch(() => undefined) };
}

/** The id of the account that the credentials belong to. */
async function accountId(region: string): Promise<string> {
  const sts = new STSClient({ region });
  try {
    const { Account: id } = await sts.send(new GetCallerIdentityCommand());
    if (id === undefined) throw new AdminError('STS returned no account.');
    return id;
  } finally {
    sts.destroy();
  }
}

async function checkRegion(region: string, stage: string, account: string): Promise<void> {
  if (!(await isStack(region, BOOTSTRAP)))
    throw new AdminError(`${region} is not bootstrapped: npx cdk bootstrap aws://${account}/${region}`);
  const there = [
    ...((await isStack(region, stackOf(stage))) ? [`stack ${stackOf(stage)}`] : []),
    ...(await leftoversOf(stage, region)).map(({ kind, name }) => `${kind} ${name}`),
  ];
  if (there.length > 0)
    throw new AdminError(
      `${region} has something of the stage "${stage}" already: ${there.join(', ')}. Choose another --stage, or remove it with --remove-only.`,
    );
}

async function isStack(region: string, StackName: string): Promise<boolean> {
  const cloudFormation = new CloudFormationClient({ region });
  try {
    await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return true;
  } catch (error) {
    // A ValidationError, whose name is that of other faults as well.
    if (error instanceof Error && /does not exist/.test(error.message)) return false;
    throw error;
  } finally {
    cloudFormation.destroy();
  }
}
