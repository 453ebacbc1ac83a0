import { createHmac } from 'node:crypto';
import http from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ENV } from '../../core/contract.ts';
import type { Hook } from './load.ts';

const KEY = Buffer.alloc(32, 7);

/** The minimum work of delivering: sign each body, send it and read the response. */
export async function sendAll(url: string, hooks: readonly Hook[], agent: http.Agent): Promise<void> {
  await Promise.all(hooks.map((hook) => send(url, hook, agent)));
}

function send(url: string, { id, body }: Hook, agent: http.Agent): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', KEY).update(`${id}.${timestamp}.${body}`).digest('base64');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = http.request(url, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'bare',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  });
  request.on('response', (response) => {
    response.resume();
    response.on('end', resolve);
  });
  request.on('error', reject);
  request.end(body);
  return promise;
}

/**
 * The minimum work of a log in the table: an uncompressed item for each of ten requests, written together, and a count.
 */
export function openLog(): (hooks: readonly Hook[]) => Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const TableName = process.env[ENV.tableName] ?? '';
  return async (hooks) => {
    const items = hooks.map(({ id, body }) => ({ pk: `LOG#${id}`, sk: 'ATTEMPT', body: body.slice(0, 600) }));
    await Promise.all([
      client.send(
        new BatchWriteCommand({
          RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
        }),
      ),
      client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: 'TRAFFIC', sk: 'NOW' },
          UpdateExpression: 'ADD attempts :n',
          ExpressionAttributeValues: { ':n': hooks.length },
        }),
      ),
    ]);
  };
}
