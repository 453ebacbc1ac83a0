import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge, wildcardFinding } from './acknowledge.ts';
import { customerKey } from './customer-key.ts';
import { privateBucket } from './private-bucket.ts';

export interface ExportsProps {
  readonly config: Pick<StageConfig, 'encryptionKeyArn' | 'retainData'> & {
    readonly exports: NonNullable<StageConfig['exports']>;
  };
  readonly table: ITable;
}

/**
 * Full exports of the table to a bucket, which EventBridge Scheduler starts without a function. An incremental export needs the end of
 * the one before, which nothing in a schedule knows.
 */
export class Exports extends Construct {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, { config, table }: ExportsProps) {
    super(scope, id);
    const { everyDays, keepDays } = config.exports;
    const key = customerKey(this, config.encryptionKeyArn);
    const bucket = privateBucket(this, 'Bucket', {
      key,
      retainData: config.retainData,
      lifecycleRules: [
        { expiration: Duration.days(keepDays), abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
      unlogged: 'Only DynamoDB writes it; who may read it is up to the account.',
    });
    this.bucketName = bucket.bucketName;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    const objects = bucket.arnForObjects('*');
    const allow = (actions: string[], resource: string) =>
      new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [resource] });
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html
    const statements = [
      allow(['dynamodb:ExportTableToPointInTime'], table.tableArn),
      allow(['s3:AbortMultipartUpload', 's3:PutObject', 's3:PutObjectAcl'], objects),
      ...(key === undefined ? [] : [allow(['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn)]),
    ];
    new Schedule(this, 'Schedule', {
      description: 'Exports the table to S3',
      schedule: ScheduleExpression.rate(Duration.days(everyDays)),
      target: new Universal({
        service: 'dynamodb',
        action: 'exportTableToPointInTime',
        role: role as IRole,
        policyStatements: statements,
        // The data may be some minutes older, as DynamoDB chooses: the default of `ExportTime` is the latest.
        input: ScheduleTargetInput.fromObject({
          TableArn: table.tableArn,
          S3Bucket: bucket.bucketName,
          ExportFormat: 'DYNAMODB_JSON',
          // A repeated call of the same run starts no second export.
          ClientToken: ContextAttribute.executionId,
          ...(key === undefined
            ? { S3SseAlgorithm: 'AES256' }
            : { S3SseAlgorithm: 'KMS', S3SseKmsKeyId: key.keyArn }),
        }),
        retryAttempts: 3,
        maxEventAge: Duration.hours(1),
      }),
    });
    acknowledge(role, {
      [wildcardFinding(this, objects)]: 'DynamoDB chooses the names of the files of an export.',
    });
  }
}
