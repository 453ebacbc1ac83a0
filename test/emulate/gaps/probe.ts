import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { eventually } from '../../support/eventually.ts';
import { type Credentials, clientSettings, type Ministack, REGION } from '../ministack.ts';
import type { Resource } from './template.ts';

interface Probe {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/**
 * Create a stack of a few resources, look at it and delete it.
 *
 * @returns what was seen, given the stack's outputs; undefined if the emulator refused the resources
 */
export async function withStack<Seen>(
  ministack: Ministack,
  template: Probe,
  look: (outputs: Record<string, string>, stackName: string) => Promise<Seen>,
  region = REGION,
): Promise<Seen | undefined> {
  const cloudFormation = new CloudFormationClient(clientSettings(ministack, undefined, region));
  const StackName = `probe-${crypto.randomUUID().slice(0, 8)}`;
  try {
    const outputs = await create();
    return outputs && (await look(outputs, StackName));
  } finally {
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
    cloudFormation.destroy();
  }

  async function create(): Promise<Record<string, string> | undefined> {
    try {
      await cloudFormation.send(
        new CreateStackCommand({
          ...{ StackName, TemplateBody: JSON.stringify(template) },
          Capabilities: ['CAPABILITY_NAMED_IAM'],
        }),
      );
    } catch (error) {
      if (error instanceof Error && error.name === 'ValidationError') return undefined;
      throw error;
    }
    const stack = await eventually(`${StackName} is created or not`, async () => {
      const { Stacks: [found] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
      return found?.StackStatus?.endsWith('IN_PROGRESS') ? false : found;
    });
    if (stack?.StackStatus !== 'CREATE_COMPLETE') return undefined;
    return Object.fromEntries(
      (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  }
}

/** Invoke a function. @returns what it returned, parsed @throws Error if it failed */
export async function invoke(ministack: Ministack, FunctionName: string): Promise<unknown> {
  const lambda = new LambdaClient(clientSettings(ministack));
  try {
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
    const text = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) throw new Error(text);
    return JSON.parse(text);
  } finally {
    lambda.destroy();
  }
}

/** Assume a role. */
export async function assumed(ministack: Ministack, RoleArn: string | undefined): Promise<Credentials> {
  const sts = new STSClient(clientSettings(ministack));
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'probe' }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  } finally {
    sts.destroy();
  }
}
