import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Gap } from './gap.ts';
import { isDenied } from './sender.ts';
import { ofType } from './template.ts';

export const transport: Gap = {
  reason:
    'It serves plain HTTP, which the queues’ and buckets’ policies deny: these statements are left out.',
  only: 'IAM',
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

export const batches: Gap = {
  reason:
    'SendMessageBatch asks for sqs:SendMessageBatch, which IAM does not have: roles that may send get it as well.',
  only: 'IAM',
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
