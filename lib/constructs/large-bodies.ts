import { Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  ENV,
  EVENT_BODY_DAYS,
  EVENT_BODY_PREFIX,
  eventBodyPrefix,
  MESSAGE_BODY_DAYS,
  MESSAGE_BODY_PREFIX,
} from '../../core/contract.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge, wildcardFinding } from './acknowledge.ts';
import type { AncrageFunction } from './ancrage-function.ts';
import { allowKeyFor, customerKey } from './customer-key.ts';
import { privateBucket } from './private-bucket.ts';

export interface LargeBodiesProps {
  readonly config: Pick<StageConfig, 'encryptionKeyArn' | 'retainData' | 'largeBodiesBucketName'>;
}

/** The bucket of what neither a message nor an item can hold. S3 deletes a body some time after nobody reads it any more. */
export class LargeBodies extends Construct {
  readonly bucket: IBucket;
  readonly #key: IKey | undefined;

  constructor(scope: Construct, id: string, { config }: LargeBodiesProps) {
    super(scope, id);
    this.#key = customerKey(this, config.encryptionKeyArn);
    this.bucket =
      config.largeBodiesBucketName === undefined
        ? this.#make(config)
        : Bucket.fromBucketName(this, 'Bucket', config.largeBodiesBucketName);
  }

  #make({ retainData }: LargeBodiesProps['config']): IBucket {
    const expiry = (prefix: string, days: number) => ({ prefix, expiration: Duration.days(days) });
    return privateBucket(this, 'Bucket', {
      key: this.#key,
      retainData,
      lifecycleRules: [
        ...EVENT_BODY_DAYS.map((days) => expiry(eventBodyPrefix(days), days)),
        expiry(MESSAGE_BODY_PREFIX, MESSAGE_BODY_DAYS),
      ],
      unlogged: 'Only the functions read and write it, and their own logs say what they do.',
    });
  }

  /** Allow a function to read the bodies of events. Whoever may not list a bucket is not told that an object is missing. */
  grantReadEvents(fn: AncrageFunction): void {
    fn.allow(['s3:ListBucket'], this.bucket.bucketArn);
    this.#grant(fn, 'reading', 's3:GetObject', EVENT_BODY_PREFIX);
  }

  /** Allow a function to store the bodies of events. */
  grantWriteEvents(fn: AncrageFunction): void {
    this.#grant(fn, 'writing', 's3:PutObject', EVENT_BODY_PREFIX);
  }

  /** Allow a function to send messages whose bodies are in the bucket. */
  grantSend(fn: AncrageFunction): void {
    this.#grant(fn, 'writing', 's3:PutObject', MESSAGE_BODY_PREFIX);
  }

  /** Allow a function to receive them. */
  grantReceive(fn: AncrageFunction): void {
    this.#grant(fn, 'reading', 's3:GetObject', MESSAGE_BODY_PREFIX);
  }

  /** Allow a function to delete the bodies of events. */
  grantDeleteEvents(fn: AncrageFunction): void {
    this.#grant(fn, 'deleting', 's3:DeleteObject', EVENT_BODY_PREFIX);
  }

  /** Allow a function to erase the bodies of events, and those of the messages that brought them. */
  grantErase(fn: AncrageFunction): void {
    this.grantDeleteEvents(fn);
    this.#grant(fn, 'deleting', 's3:DeleteObject', MESSAGE_BODY_PREFIX);
  }

  #grant(
    fn: AncrageFunction,
    what: 'reading' | 'writing' | 'deleting',
    action: string,
    prefix: string,
  ): void {
    fn.addEnvironment(ENV.largeBodiesBucket, this.bucket.bucketName);
    const bodies = this.bucket.arnForObjects(`${prefix}*`);
    fn.allow([action], bodies);
    acknowledge(fn.role as IRole, {
      [wildcardFinding(this, bodies)]:
        'The name of a body is not known in advance, so the grant covers all of one kind.',
    });
    if (what !== 'deleting') allowKeyFor(fn, what, this.#key);
  }
}
