import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import * as sdk from '@aws-sdk/client-sqs';
import type { Access } from '../access/access.ts';
import type { Credentials } from '../access/access-keys.ts';
import { type Ask, type EngineResponse, operationIn, startGate } from '../access/gate.ts';
import { LocalStackError, messageOf } from '../errors.ts';
import { clientSettings } from '../settings.ts';
import type { QueueEngine } from './fauxqs.ts';
import { alsoAsking, showSenders } from './fauxqs-senders.ts';

type Input = Readonly<Record<string, unknown>>;

interface ExternalSqsOptions {
  readonly access: Access;
  /** Credentials of the engine's own client, which `access` must accept. */
  readonly credentials: Credentials;
}

/** SQS itself verifies signatures; whatever else speaks its API accepts any. */
const OF_AWS = /^sqs\.([a-z0-9-]+)\.(api\.aws|amazonaws\.com(\.cn)?)$/;

/** Carries the sender of a message: only the gate knows which function called it. */
const SENDER = 'ancrage.local-sender';

const agents = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };

/**
 * Use an SQS that is there already, behind a gate that translates: programs know a queue by the local stack's URL and ARN, and
 * the account and region of the SQS may be others. Nothing is ever removed from it but messages.
 *
 * @throws LocalStackError if it does not respond
 */
export async function connectSqs(
  endpoint: string,
  { access, credentials }: ExternalSqsOptions,
): Promise<QueueEngine> {
  const [, region] = OF_AWS.exec(new URL(endpoint).hostname) ?? [];
  const upstream = new sdk.SQSClient({
    ...(region === undefined ? clientSettings(endpoint) : { endpoint, region }),
    requestHandler: { httpAgent: new Agent(agents), httpsAgent: new SecureAgent(agents) },
  });
  try {
    await upstream.send(new sdk.ListQueuesCommand({ QueueNamePrefix: 'ancrage-' }));
  } catch (error) {
    upstream.destroy();
    throw new LocalStackError(`The SQS at ${endpoint} does not respond: ${messageOf(error).split('\n')[0]}`, {
      cause: error,
    });
  }
  const postponed = new Map<string, number>();
  const gate = await startGate('sqs', askSqs(upstream, postponed), access);
  const client = new sdk.SQSClient({
    ...clientSettings(gate.endpoint, credentials),
    requestHandler: { httpAgent: new Agent(agents) },
  });
  return {
    endpoint: gate.endpoint,
    client,
    deadlines: () => postponed,
    // Nobody can see the messages that a former run was processing: they return after the visibility timeout.
    releaseInflight: async () => {},
    async stop() {
      client.destroy();
      await gate.stop();
      upstream.destroy();
    },
  };
}

/** @param postponed is kept up to date: until when callers have postponed messages, by receipt handle */
function askSqs(upstream: sdk.SQSClient, postponed: Map<string, number>): Ask {
  const urls = new Map<string, Promise<string>>();
  const urlOf = (local: unknown): Promise<string> => {
    const name = String(local).split('/').at(-1) ?? '';
    const known =
      urls.get(name) ??
      upstream.send(new sdk.GetQueueUrlCommand({ QueueName: name })).then(({ QueueUrl = '' }) => QueueUrl);
    urls.set(name, known);
    known.catch(() => urls.delete(name));
    return known;
  };
  const arnOf = async (local: string): Promise<string | undefined> => {
    const QueueUrl = await urlOf(local.replaceAll(':', '/'));
    const asked = new sdk.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
    return (await upstream.send(asked)).Attributes?.QueueArn;
  };
  return async ({ method, headers, body, senderId }) => {
    const operation = operationIn({ headers });
    const Command = commandOf(operation);
    if (method !== 'POST' || Command === undefined)
      return failure(501, 'UnsupportedOperation', 'An SQS elsewhere cannot be asked this.');
    const receives = operation === 'ReceiveMessage';
    const input = parse(receives ? alsoAsking(body, SENDER) : body);
    try {
      const translated: Input = {
        ...withSender(operation, input, senderId),
        ...(input.QueueUrl !== undefined && { QueueUrl: await urlOf(input.QueueUrl) }),
        ...(operation === 'SetQueueAttributes' && { Attributes: await withRealTarget(input, arnOf) }),
      };
      const { $metadata: _, ...output } = await upstream.send(new Command(translated as never));
      remember(postponed, input);
      const answer = Buffer.from(JSON.stringify(output, inBase64));
      return respond(200, receives ? showSenders(answer, SENDER) : answer);
    } catch (error) {
      if (!(error instanceof sdk.SQSServiceException)) throw error;
      return failure(error.$metadata.httpStatusCode ?? 400, error.name, error.message);
    }
  };
}

type AnyCommand = new (input: never) => sdk.SendMessageCommand;

const commandOf = (operation: string): AnyCommand | undefined =>
  (sdk as unknown as Record<string, AnyCommand>)[`${operation}Command`];

/** Binary values are in base64 in the protocol, and bytes in the SDK. */
const parse = (body: Buffer): Input =>
  JSON.parse(body.toString(), (name, value) =>
    name === 'BinaryValue' ? Buffer.from(value, 'base64') : value,
  );

function inBase64(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const bytes = this[name];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
}

function withSender(operation: string, input: Input, senderId: string): Input {
  const sent = (message: Input): Input => ({
    ...message,
    MessageAttributes: {
      ...(message.MessageAttributes as object | undefined),
      [SENDER]: { DataType: 'String', StringValue: senderId },
    },
  });
  if (operation === 'SendMessage') return sent(input);
  if (operation === 'SendMessageBatch') return { ...input, Entries: (input.Entries as Input[]).map(sent) };
  return input;
}

/** Return the attributes of a queue with the ARN that its dead-letter queue has there. */
async function withRealTarget(
  { Attributes }: Input,
  arnOf: (local: string) => Promise<string | undefined>,
): Promise<Input> {
  const attributes = Attributes as Record<string, string>;
  if (attributes.RedrivePolicy === undefined) return attributes;
  const policy = JSON.parse(attributes.RedrivePolicy);
  const deadLetterTargetArn = await arnOf(policy.deadLetterTargetArn);
  return { ...attributes, RedrivePolicy: JSON.stringify({ ...policy, deadLetterTargetArn }) };
}

/** Note until when a caller postpones messages, and forget those that are due. */
function remember(postponed: Map<string, number>, input: Input): void {
  const now = Date.now();
  for (const change of [input, ...((input.Entries ?? []) as Input[])])
    if (change.VisibilityTimeout !== undefined && change.ReceiptHandle !== undefined)
      postponed.set(String(change.ReceiptHandle), now + 1000 * Number(change.VisibilityTimeout));
  for (const [handle, until] of postponed) if (until < now) postponed.delete(handle);
}

const failure = (status: number, __type: string, message: string): EngineResponse =>
  respond(status, Buffer.from(JSON.stringify({ __type: `com.amazonaws.sqs#${__type}`, message })));

const respond = (status: number, body: Buffer): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body,
});
