import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

/**
 * Return a key of the customer's, if the settings have one. It is not the stack's to change: `docs/deploying.md` has the policy
 * that it needs.
 */
export function customerKey(scope: Construct, arn: string | undefined): IKey | undefined {
  if (arn === undefined) return undefined;
  const id = `Key ${arn}`.replaceAll('/', ' ');
  return (scope.node.tryFindChild(id) as IKey | undefined) ?? Key.fromKeyArn(scope, id, arn);
}

/** Return the encryption of a log group. */
export function encryptedLog(scope: Construct, { encryptionKeyArn }: Pick<StageConfig, 'encryptionKeyArn'>) {
  const encryptionKey = customerKey(scope, encryptionKeyArn);
  return encryptionKey === undefined ? {} : { encryptionKey };
}

/** What a service does with a key on behalf of the function that calls it. */
const ON_BEHALF = {
  dynamodb: ['kms:Decrypt'],
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
  reading: ['kms:Decrypt'],
  writing: ['kms:GenerateDataKey'],
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
  receiving: ['kms:Decrypt'],
  sending: ['kms:Decrypt', 'kms:GenerateDataKey'],
} as const;

const SERVICE = {
  dynamodb: 'dynamodb',
  reading: 's3',
  writing: 's3',
  receiving: 'sqs',
  sending: 'sqs',
} as const;

/** Allow a function to use a queue, a table or a bucket that is encrypted with a key. The key is of no other use to it. */
export function allowKeyFor(fn: IFunction, what: keyof typeof ON_BEHALF, key: IKey | undefined): void {
  if (key === undefined) return;
  const service = SERVICE[what];
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: [...ON_BEHALF[what]],
      resources: [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `${service}.${Stack.of(fn).region}.amazonaws.com` },
      },
    }),
  );
}
