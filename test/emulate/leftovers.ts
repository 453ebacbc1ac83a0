import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient, ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings, type Ministack, REGION } from './ministack.ts';

/** Name what the account holds in a region besides the CDK's own stack and bucket. */
export async function leftovers(ministack: Ministack, region = REGION): Promise<string[]> {
  const settings = () => clientSettings(ministack, undefined, region);
  const lambda = new LambdaClient(settings());
  const [stacks, tables, queues, functions, mappings, buckets] = await Promise.all([
    new CloudFormationClient(settings()).send(new DescribeStacksCommand({})),
    new DynamoDBClient(settings()).send(new ListTablesCommand({})),
    new SQSClient(settings()).send(new ListQueuesCommand({})),
    lambda.send(new ListFunctionsCommand({})),
    lambda.send(new ListEventSourceMappingsCommand({})),
    new S3Client({ ...settings(), forcePathStyle: true }).send(new ListBucketsCommand({})),
  ]);
  return [
    ...(stacks.Stacks ?? [])
      .filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
      .map(({ StackName }) => `stack ${StackName}`),
    ...(tables.TableNames ?? []).map((name) => `table ${name}`),
    ...(queues.QueueUrls ?? []).map((url) => `queue ${url}`),
    ...(functions.Functions ?? []).map(({ FunctionName }) => `function ${FunctionName}`),
    ...(mappings.EventSourceMappings ?? []).map(({ UUID }) => `event source mapping ${UUID}`),
    ...(buckets.Buckets ?? []).map(({ Name }) => `bucket ${Name}`),
  ].filter((name) => !/^stack CDKToolkit$|^bucket cdk-/.test(name));
}
