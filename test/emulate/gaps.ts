import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { ENV } from '../../core/contract.ts';
import { ACCOUNT, type Ministack } from './ministack.ts';
import { assumed, clientSettings, invoke, withStack } from './probe.ts';
import { leaveOut, ofType, type Template } from './template.ts';

/** The emulator lacks these parts of AWS. The template that it gets leaves out what needs them. */
export interface Gap {
  readonly reason: string;
  /** Only where IAM is enforced. */
  readonly ofIam: boolean;
  /** Change a template of ours. @returns whether there was anything to change */
  change(template: Template): boolean;
  /** Try on the emulator whether it still has the gap. The template is ours, and its assets are uploaded. */
  persists(ministack: Ministack, template: Template): Promise<boolean>;
}

const isRefused = (seen: unknown): boolean => seen === undefined;

const savedQueries: Gap = {
  reason: 'AWS::Logs::QueryDefinition is unknown: the saved queries are left out.',
  ofIam: false,
  change: (template) => leaveOut(template, 'AWS::Logs::QueryDefinition'),
  persists: async (ministack) =>
    isRefused(
      await withStack(
        ministack,
        {
          Resources: {
            Query: {
              Type: 'AWS::Logs::QueryDefinition',
              Properties: { Name: 'probe', QueryString: 'fields @message' },
            },
          },
        },
        async () => true,
      ),
    ),
};

const CODE_DEPLOY = ['Application', 'DeploymentConfig', 'DeploymentGroup'].map(
  (name) => `AWS::CodeDeploy::${name}`,
);

const codeDeploy: Gap = {
  reason: 'AWS::CodeDeploy is unknown: aliases move to a new version at once.',
  ofIam: false,
  change(template) {
    for (const alias of ofType(template, 'AWS::Lambda::Alias')) delete alias.UpdatePolicy;
    return CODE_DEPLOY.map((type) => leaveOut(template, type)).includes(true);
  },
  persists: async (ministack) =>
    isRefused(
      await withStack(
        ministack,
        {
          Resources: {
            Application: { Type: CODE_DEPLOY[0] ?? '', Properties: { ComputePlatform: 'Lambda' } },
          },
        },
        async () => true,
      ),
    ),
};

const METRIC = {
  Id: 'one',
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'probe', MetricName: 'Probes' }, Period: 60, Stat: 'Sum' },
};

const expressions: Gap = {
  reason: 'Alarms on expressions are refused: those that end a canary are left out.',
  ofIam: false,
  change: (template) =>
    leaveOut(template, 'AWS::CloudWatch::Alarm', ({ Properties }) => Properties.Metrics !== undefined),
  persists: async (ministack) =>
    isRefused(
      await withStack(
        ministack,
        {
          Resources: {
            Alarm: {
              Type: 'AWS::CloudWatch::Alarm',
              Properties: {
                ...{ ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 1 },
                Metrics: [METRIC, { Id: 'sum', Expression: 'one + one', ReturnData: true }],
              },
            },
          },
        },
        async () => true,
      ),
    ),
};

const layers: Gap = {
  reason:
    'Layers are not at /opt, where the function that copies the console’s files looks for its program: the console’s files are left out.',
  ofIam: false,
  change: (template) => leaveOut(template, 'Custom::CDKBucketDeployment'),
  persists: async (ministack, template) => {
    const [layer] = ofType(template, 'AWS::Lambda::LayerVersion');
    if (layer === undefined) throw new Error('The template has no layer.');
    const seen = await withStack(
      ministack,
      {
        Resources: {
          Layer: layer,
          Function: {
            Type: 'AWS::Lambda::Function',
            Properties: {
              ...{ Runtime: 'nodejs24.x', Handler: 'index.handler', Layers: [{ Ref: 'Layer' }] },
              Role: `arn:aws:iam::${ACCOUNT}:role/probe`,
              Code: {
                ZipFile: "exports.handler = async () => require('node:fs').existsSync('/opt/awscli/aws');",
              },
            },
          },
        },
        Outputs: { Name: { Value: { Ref: 'Function' } } },
      },
      ({ Name = '' }) => invoke(ministack, Name),
    );
    if (isRefused(seen)) throw new Error('The emulator refuses a function with a layer.');
    return seen === false;
  },
};

const SEND = {
  ...{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
};

/** Two queues, one of which denies calls without TLS, and a role that may send to both. */
const QUEUES = {
  Resources: {
    Open: { Type: 'AWS::SQS::Queue', Properties: {} },
    WithTls: { Type: 'AWS::SQS::Queue', Properties: {} },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'WithTls' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              ...{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*' },
              Resource: { 'Fn::GetAtt': ['WithTls', 'Arn'] },
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
    Sender: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              ...{ Effect: 'Allow', Action: 'sts:AssumeRole' },
              Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
            },
          ],
        },
        Policies: [{ PolicyName: 'send', PolicyDocument: { Version: '2012-10-17', Statement: [SEND] } }],
      },
    },
  },
  Outputs: {
    Open: { Value: { Ref: 'Open' } },
    WithTls: { Value: { Ref: 'WithTls' } },
    Sender: { Value: { 'Fn::GetAtt': ['Sender', 'Arn'] } },
  },
};

function isAccessDenied(error: unknown): true {
  if (error instanceof Error && /AccessDenied/.test(error.name)) return true;
  throw error;
}

/** Send a message to a queue without a policy as a role that may send, and look further. */
async function asSender<Seen>(
  ministack: Ministack,
  look: (sqs: SQSClient, outputs: Record<string, string>) => Promise<Seen>,
): Promise<Seen> {
  const seen = await withStack(ministack, QUEUES, async (outputs) => {
    const sqs = new SQSClient(clientSettings(ministack, await assumed(ministack, outputs.Sender)));
    try {
      await sqs.send(new SendMessageCommand({ QueueUrl: outputs.Open, MessageBody: 'plain' }));
      return await look(sqs, outputs);
    } finally {
      sqs.destroy();
    }
  });
  if (seen === undefined) throw new Error('The emulator refuses queues with a policy, or a role.');
  return seen;
}

/** Try a call as a role that may send. @returns whether it is denied, and a plain message to a queue without a policy is not */
const isDenied = (
  ministack: Ministack,
  call: (sqs: SQSClient, outputs: Record<string, string>) => Promise<unknown>,
): Promise<boolean> =>
  asSender(ministack, (sqs, outputs) => call(sqs, outputs).then(() => false, isAccessDenied));

const senders: Gap = {
  reason:
    'The SenderId of a message is the account, not the role: fan-out trusts the account’s messages, so not only its own roles’.',
  ofIam: false,
  change(template) {
    let isChanged = false;
    for (const { Properties } of ofType(template, 'AWS::Lambda::Function')) {
      const variables = Properties.Environment?.Variables ?? {};
      if (variables[ENV.ownRoleIds] === undefined) continue;
      variables[ENV.ownRoleIds] = ACCOUNT;
      isChanged = true;
    }
    return isChanged;
  },
  persists: (ministack) =>
    asSender(ministack, async (_, { Open: QueueUrl }) => {
      const sqs = new SQSClient(clientSettings(ministack));
      try {
        const { Messages: [message] = [] } = await sqs.send(
          new ReceiveMessageCommand({
            ...{ QueueUrl, MessageSystemAttributeNames: ['SenderId'], WaitTimeSeconds: 5 },
          }),
        );
        if (message === undefined) throw new Error('The emulator lost a message.');
        return message.Attributes?.SenderId === ACCOUNT;
      } finally {
        sqs.destroy();
      }
    }),
};

const transport: Gap = {
  reason:
    'It serves plain HTTP, which the queues’ and buckets’ policies deny: these statements are left out.',
  ofIam: true,
  change(template) {
    const isDenial = ({ Condition }: { Condition?: unknown }) =>
      JSON.stringify(Condition ?? {}).includes('aws:SecureTransport');
    const policies = ofType(template, 'AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy').filter(
      ({ Properties }) => Properties.PolicyDocument.Statement.some(isDenial),
    );
    for (const { Properties } of policies)
      Properties.PolicyDocument.Statement = Properties.PolicyDocument.Statement.filter(
        (statement: object) => !isDenial(statement),
      );
    for (const [id, { Type, Properties }] of Object.entries(template.Resources))
      if (
        /^AWS::(SQS::Queue|S3::Bucket)Policy$/.test(Type) &&
        Properties.PolicyDocument.Statement.length === 0
      )
        delete template.Resources[id];
    return policies.length > 0;
  },
  persists: (ministack) =>
    isDenied(ministack, (sqs, { WithTls }) =>
      sqs.send(new SendMessageCommand({ QueueUrl: WithTls, MessageBody: 'plain' })),
    ),
};

const batches: Gap = {
  reason:
    'SendMessageBatch asks for sqs:SendMessageBatch, which IAM does not have: roles that may send get it as well.',
  ofIam: true,
  change(template) {
    let isChanged = false;
    for (const { Properties } of ofType(template, 'AWS::IAM::Policy', 'AWS::IAM::Role'))
      for (const statement of Properties.PolicyDocument?.Statement ?? []) {
        const actions = [statement.Action].flat();
        if (!actions.includes('sqs:SendMessage')) continue;
        statement.Action = [...actions, 'sqs:SendMessageBatch'];
        isChanged = true;
      }
    return isChanged;
  },
  persists: (ministack) =>
    isDenied(ministack, (sqs, { Open }) =>
      sqs.send(
        new SendMessageBatchCommand({ QueueUrl: Open, Entries: [{ Id: 'one', MessageBody: 'plain' }] }),
      ),
    ),
};

export const GAPS: readonly Gap[] = [
  ...[savedQueries, codeDeploy, expressions, layers, senders],
  ...[transport, batches],
];
