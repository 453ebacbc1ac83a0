import { objectArn, queueArn, tableArn } from '../referents.ts';
import type { Call } from './policy.ts';

export type Service = 'dynamodb' | 'sqs' | 'kms' | 's3' | 'secretsmanager' | 'cloudfront';

type Body = Readonly<Record<string, unknown>>;

/** The IAM actions that the members of a transaction require. */
const MEMBER_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/**
 * Return the actions and resources that a request requires grants for:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function callsOf(service: Service, operation: string, body: Body): Call[] {
  switch (service) {
    case 'sqs':
      return [queueCall(operation, body)];
    case 'kms':
      return [keyCall(operation, body)];
    case 's3':
      return [{ action: `s3:${operation}`, resource: objectArn(String(body.Path)) }];
    case 'secretsmanager':
      return [{ action: `secretsmanager:${operation}`, resource: String(body.SecretId) }];
    case 'cloudfront':
      return [{ action: `cloudfront:${operation}`, resource: '*' }];
    default:
      return tableCalls(operation, body);
  }
}

/** Batch operations require the action of the single operation. */
function queueCall(operation: string, { QueueUrl }: Body): Call {
  const resource = typeof QueueUrl === 'string' ? queueArn(lastOf(QueueUrl)) : '*';
  return { action: `sqs:${operation.replace(/Batch$/, '')}`, resource };
}

function keyCall(operation: string, { KeyId }: Body): Call {
  return { action: `kms:${operation}`, resource: typeof KeyId === 'string' ? KeyId : '*' };
}

function tableCalls(operation: string, body: Body): Call[] {
  const call = (table: unknown, action = operation, index?: unknown): Call => {
    const resource = typeof table === 'string' ? tableArn(lastOf(table)) : '*';
    return {
      action: `dynamodb:${action}`,
      resource: typeof index === 'string' ? `${resource}/index/${index}` : resource,
    };
  };
  const { TableName, IndexName, RequestItems, TransactItems } = body;
  if (RequestItems !== undefined) return Object.keys(RequestItems as object).map((table) => call(table));
  if (Array.isArray(TransactItems))
    return TransactItems.flatMap((item: Record<string, { TableName?: unknown }>) =>
      Object.entries(item).map(([kind, member]) => call(member.TableName, MEMBER_ACTIONS[kind] ?? operation)),
    );
  return [call(TableName, operation, IndexName)];
}

/** Return the name at the end of an ARN or a URL. */
const lastOf = (text: string): string => text.slice(text.lastIndexOf('/') + 1);
