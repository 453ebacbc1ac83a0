import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { LocalStackError, messageOf } from './errors.ts';
import { orUsageError, parsePort, UsageError } from './options.ts';
import { type Outputs, readOutputs } from './outputs.ts';

const USAGE = `Usage: npm run listen -- [options]

Subscribe to events of the local stack, verify the deliveries and print them. Ctrl-C unsubscribes.

  --events LIST   event types and patterns, separated by commas (default *)
  --format NAME   standard, data or weavy (default standard)
  --status N      status to respond with (default 200): 500 causes retries, 410 ends the subscription
  --port N        port on 127.0.0.1 (default: any free port)
  --data-dir DIR  data directory of the local stack (default .local)
  --help          print this help`;

interface Subscribed {
  readonly id: string;
  readonly secret: string;
}

const values = readCommandLine();
if (values.help) console.log(USAGE);
else await listen().catch(fail);

function readCommandLine() {
  try {
    const { values } = orUsageError(() =>
      parseArgs({
        options: {
          events: { type: 'string', default: '*' },
          format: { type: 'string', default: 'standard' },
          status: { type: 'string', default: '200' },
          port: { type: 'string', default: '0' },
          'data-dir': { type: 'string', default: '.local' },
          help: { type: 'boolean', default: false },
        },
      }),
    );
    return { ...values, port: parsePort(values.port), status: parseStatus(values.status) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

function parseStatus(text: string): number {
  if (!/^[2-5]\d\d$/.test(text))
    throw new UsageError(`--status must be a number from 200 to 599, not '${text}'`);
  return Number(text);
}

async function listen(): Promise<void> {
  // Handle signals from the start, so that an early Ctrl-C does not leave the subscription behind.
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() =>
    console.log('Unsubscribing …'),
  );
  const outputs = readOutputs(values['data-dir']);
  const subscribed = Promise.withResolvers<Subscribed>();
  const server = createServer(async (message, response) => {
    const body = await text(message);
    response.writeHead(values.status).end();
    print(message, body, (await subscribed.promise).secret);
  });
  server.listen(values.port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    throw new LocalStackError(
      `Port ${values.port} is not available (${messageOf(error)}): pass another --port`,
    );
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const subscription = await subscribe(outputs, url);
  subscribed.resolve(subscription);
  console.log(
    `Listening on ${url} to ${values.events} (${subscription.id}). Publish an event, or stop with Ctrl-C.\n`,
  );

  await interrupted;
  await call(outputs, 'DELETE', `subscriptions/${subscription.id}`);
  console.log('Unsubscribed.');
  process.exit(0);
}

async function subscribe(outputs: Outputs, url: string): Promise<Subscribed> {
  const settings = {
    url,
    events: values.events.split(',').map((type) => type.trim()),
    format: values.format,
    name: 'npm run listen',
  };
  return JSON.parse(await call(outputs, 'POST', 'subscriptions', settings));
}

async function call(
  { apiUrl, project, adminKey }: Outputs,
  method: string,
  path: string,
  body?: object,
): Promise<string> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${apiUrl}/v1/projects/${project}/${path}`, request).catch(
    (error: unknown) => {
      throw new LocalStackError(
        `The local stack does not respond at ${apiUrl} (${messageOf(error)}): is it running?`,
      );
    },
  );
  const content = await response.text();
  if (!response.ok)
    throw new LocalStackError(`${method} ${path} failed with status ${response.status}: ${content}`);
  return content;
}

function print({ method, headers }: IncomingMessage, body: string, secret: string): void {
  console.log(
    `${new Date().toISOString()}  ${method}  ${headers['webhook-id']}  ${verdict(secret, body, headers as Record<string, string>)}`,
  );
  console.log(`  ${body}\n`);
}

function verdict(secret: string, body: string, headers: Record<string, string>): string {
  try {
    new Webhook(secret).verify(body, headers);
    return 'signature verified';
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return `SIGNATURE NOT VERIFIED: ${error.message}`;
  }
}

function fail(error: unknown): never {
  console.error(error instanceof LocalStackError ? error.message : error);
  process.exit(1);
}
