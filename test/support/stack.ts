import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, inject } from 'vitest';
import { type DataTable, openTable } from '../../core/adapters/dynamodb/table.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/local-stack.ts';
import { refuseUndocumented } from './conformance.ts';
import { eventually } from './eventually.ts';

export { eventually };

interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer it asserts.
  readonly body: any;
}

/** A running local stack, as its users see it: the API, the queues, the table. */
export interface Stack extends LocalStack {
  readonly project: string;
  readonly table: DataTable;
  /** Calls the API as the admin, or with another bearer; null for none. What the OpenAPI document does not have is thrown. */
  call(
    method: string,
    path: string,
    body?: unknown,
    options?: { bearer?: string | null; headers?: Record<string, string> },
  ): Promise<ApiAnswer>;
  subscribe(settings: object, project?: string): Promise<{ id: string; secret: string }>;
  publish(event: unknown, project?: string): Promise<ApiAnswer>;
  /** Sends to the events queue. */
  send(body: string, attributes?: Record<string, string>): Promise<void>;
  receive(queue: QueueName): Promise<Message[]>;
  /** Resolves when the queues hold nothing, visible, delayed or in flight. */
  idle(...queues: QueueName[]): Promise<void>;
}

type QueueName =
  | 'events'
  | 'deliveries'
  | 'retries'
  | 'events-dead-letter'
  | 'deliveries-dead-letter'
  | 'retries-dead-letter';

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

async function startStack(options: Partial<LocalStackOptions> = {}): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-e2e-'));
  const stack = await startLocalStack({
    port: 0,
    dataDir,
    ephemeral: true,
    guard: false,
    cdkOut: inject('cdkOut'),
    ...options,
  });
  const { apiUrl, adminKey, project, region, tableName, awsEndpointUrlDynamodb, awsEndpointUrlSqs } =
    stack.outputs;
  const client = {
    region,
    credentials: { accessKeyId: stack.outputs.accessKeyId, secretAccessKey: stack.outputs.secretAccessKey },
  };
  const sqs = new SQSClient({ ...client, endpoint: awsEndpointUrlSqs });
  const dynamodb = new DynamoDBClient({ ...client, endpoint: awsEndpointUrlDynamodb });

  const queueUrl = (queue: QueueName): string => {
    const url = stack.queueUrls[`ancrage-local-${queue}-queue`];
    if (url === undefined)
      throw new Error(`There is no queue ${queue} among ${Object.keys(stack.queueUrls)}.`);
    return url;
  };
  const depth = async (queue: QueueName): Promise<number> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl(queue), AttributeNames: [...COUNTS] }),
    );
    return COUNTS.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
  };

  const call: Stack['call'] = async (method, path, body, { bearer = adminKey, headers = {} } = {}) => {
    const contentType = headers['content-type'] ?? 'application/json';
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(apiUrl + path, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...headers,
        'content-type': contentType,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await answer.text();
    const { status } = answer;
    refuseUndocumented({
      ...{ method, path, status, text },
      request: { contentType, body: sent },
      contentType: answer.headers.get('content-type'),
    });
    return {
      status,
      headers: answer.headers,
      text,
      body: isJson(answer) && text !== '' ? JSON.parse(text) : undefined,
    };
  };

  return {
    ...stack,
    project,
    table: openTable(tableName, Date.now, dynamodb),
    call,
    async subscribe(settings, inProject = project) {
      const { status, text, body } = await call('POST', `/v1/projects/${inProject}/subscriptions`, settings);
      if (status !== 201) throw new Error(`Not subscribed: ${text}`);
      return body;
    },
    publish: (event, inProject = project) => call('POST', `/v1/projects/${inProject}/events`, event),
    async send(body, attributes = {}) {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      );
      await sqs.send(
        new SendMessageCommand({ QueueUrl: queueUrl('events'), MessageBody: body, MessageAttributes }),
      );
    },
    async receive(queue) {
      const command = new ReceiveMessageCommand({
        QueueUrl: queueUrl(queue),
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
        MessageAttributeNames: ['All'],
      });
      return (await sqs.send(command)).Messages ?? [];
    },
    async idle(...queues) {
      await eventually(async () => {
        const depths = await Promise.all(queues.map(depth));
        return depths.every((count) => count === 0);
      });
    },
    async stop() {
      sqs.destroy();
      dynamodb.destroy();
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
      // A function may make do without, and say so in its log alone.
      const refused = stack.calls().filter(({ isAllowed }) => !isAllowed);
      if (refused.length > 0) throw new Error(`Functions lack grants: ${JSON.stringify(refused)}`);
    },
  };
}

const isJson = ({ headers }: Response) => /[/+]json\b/.test(headers.get('content-type') ?? '');

/** One local stack for the tests of a file. */
export function useStack(options: Partial<LocalStackOptions> = {}): () => Stack {
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await startStack(options);
  });
  afterAll(() => stack?.stop());
  return () => {
    if (stack === undefined) throw new Error('The stack has not started.');
    return stack;
  };
}
