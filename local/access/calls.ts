import { queueArn, tableArn } from '../referents.ts';
import type { Call } from './policy.ts';

export type Service = 'dynamodb' | 'sqs';

type Body = Readonly<Record<string, unknown>>;

/** Members of a transaction, by the actions that AWS asks the role for. */
const MEMBER_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/**
 * What a request needs grants for:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
 */
export function callsOf(service: Service, operation: string, body: Body): Call[] {
  return service === 'sqs' ? [queueCall(operation, body)] : tableCalls(operation, body);
}

/** There is no action of its own for a batch. */
function queueCall(operation: string, { QueueUrl }: Body): Call {
  const resource = typeof QueueUrl === 'string' ? queueArn(lastOf(QueueUrl)) : '*';
  return { action: `sqs:${operation.replace(/Batch$/, '')}`, resource };
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

/** A name may be given by an ARN or a URL that ends with it. */
const lastOf = (text: string): string => text.slice(text.lastIndexOf('/') + 1);
