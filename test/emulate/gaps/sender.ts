import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ACCOUNT, clientSettings, type Ministack } from '../ministack.ts';
import { assumed, withStack } from './probe.ts';

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
export async function asSender<Seen>(
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
export const isDenied = (
  ministack: Ministack,
  call: (sqs: SQSClient, outputs: Record<string, string>) => Promise<unknown>,
): Promise<boolean> =>
  asSender(ministack, (sqs, outputs) => call(sqs, outputs).then(() => false, isAccessDenied));
