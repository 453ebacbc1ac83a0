import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';

interface PrivateBucketProps extends Pick<StageConfig, 'retainData'>, Pick<BucketProps, 'lifecycleRules'> {
  /** The customer's, if there is one. */
  readonly key: IKey | undefined;
  /** Why nobody needs a log of who reads it. */
  readonly unlogged: string;
}

/**
 * Create a bucket that is encrypted, and closed to the public and to plain http. It has no versions: what is deleted must be gone.
 * It outlives the stack where data is kept.
 */
export function privateBucket(
  scope: Construct,
  id: string,
  { key, retainData, unlogged, lifecycleRules = [] }: PrivateBucketProps,
): IBucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    ...(key === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
    enforceSSL: true,
    lifecycleRules,
    removalPolicy: retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(bucket, { 'AwsSolutions-S1': unlogged });
  // The CDK's class and its interface differ under exactOptionalPropertyTypes.
  return bucket as IBucket;
}
