import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { DeleteTableCommand, DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { DeleteFunctionCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  paginateListBuckets,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteQueueCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import { stackOf } from './assembly.ts';

/** Something of a stage that its stack does not have any more. */
export interface Leftover {
  readonly kind: 'table' | 'queue' | 'function' | 'bucket' | 'log group';
  /** A queue's is its URL. */
  readonly name: string;
  remove(): Promise<unknown>;
}

/** List what a region has of a stage, by the names that CloudFormation and the stack give. */
export async function leftoversOf(stage: string, region: string): Promise<Leftover[]> {
  const prefix = `${stackOf(stage)}-`;
  const all = await Promise.all([
    tables(region, prefix),
    queues(region, prefix),
    functions(region, prefix),
    buckets(region, prefix.toLowerCase()),
    ...[`/ancrage/${stage}/`, `/aws/vendedlogs/ancrage/${stage}/`, `/aws/lambda/${prefix}`].map((logs) =>
      logGroups(region, logs),
    ),
  ]);
  return all.flat();
}

async function tables(region: string, prefix: string): Promise<Leftover[]> {
  const client = new DynamoDBClient({ region });
  const found: Leftover[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {}))
    for (const name of TableNames)
      if (name.startsWith(prefix))
        found.push({
          ...{ kind: 'table', name },
          remove: () => client.send(new DeleteTableCommand({ TableName: name })),
        });
  return found;
}

async function queues(region: string, prefix: string): Promise<Leftover[]> {
  const client = new SQSClient({ region });
  const found: Leftover[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues(
    { client, pageSize: 1000 },
    { QueueNamePrefix: prefix },
  ))
    for (const name of QueueUrls)
      found.push({
        ...{ kind: 'queue', name },
        remove: () => client.send(new DeleteQueueCommand({ QueueUrl: name })),
      });
  return found;
}

async function functions(region: string, prefix: string): Promise<Leftover[]> {
  const client = new LambdaClient({ region });
  const found: Leftover[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    for (const { FunctionName: name = '' } of Functions)
      if (name.startsWith(prefix))
        found.push({
          ...{ kind: 'function', name },
          remove: () => client.send(new DeleteFunctionCommand({ FunctionName: name })),
        });
  return found;
}

async function buckets(region: string, prefix: string): Promise<Leftover[]> {
  const client = new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  const found: Leftover[] = [];
  for await (const { Buckets = [] } of paginateListBuckets(
    { client },
    { BucketRegion: region, Prefix: prefix },
  ))
    for (const { Name: name = '', BucketRegion = region } of Buckets)
      if (name.startsWith(prefix) && BucketRegion === region)
        found.push({
          ...{ kind: 'bucket', name },
          async remove() {
            await empty(client, name);
            await client.send(new DeleteBucketCommand({ Bucket: name }));
          },
        });
  return found;
}

/** Empty the buckets of a stage: CloudFormation deletes none that has objects. They have no versions. */
export async function emptyBuckets(stage: string, region: string): Promise<void> {
  const client = new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  for (const { name } of await buckets(region, `${stackOf(stage)}-`.toLowerCase())) await empty(client, name);
}

async function empty(client: S3Client, Bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    if (Contents.length > 0)
      await client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }),
      );
}

async function logGroups(region: string, logGroupNamePrefix: string): Promise<Leftover[]> {
  const client = new CloudWatchLogsClient({ region });
  const found: Leftover[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix }))
    for (const { logGroupName: name = '' } of logGroups)
      found.push({
        ...{ kind: 'log group', name },
        remove: () => client.send(new DeleteLogGroupCommand({ logGroupName: name })),
      });
  return found;
}
