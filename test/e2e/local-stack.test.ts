import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../../local/engines/free-port.ts';
import { LocalStackError } from '../../local/errors.ts';
import { startLocalStack } from '../../local/local-stack.ts';
import type { Outputs } from '../../local/outputs.ts';
import {
  alive,
  callApi,
  descendantsOf,
  listens,
  processesWith,
  readOutputs,
  run,
  startedMain,
  startMain,
  temporaryDir,
} from '../integration/local/local-process.ts';
import { eventually } from '../support/eventually.ts';
import { startReceiver } from '../support/receiver.ts';

const endpointsOf = ({ apiUrl, awsEndpointUrlSqs, awsEndpointUrlDynamodb, awsEndpointUrlKms }: Outputs) => [
  apiUrl,
  awsEndpointUrlSqs,
  awsEndpointUrlDynamodb,
  awsEndpointUrlKms,
];
async function expectNothingLeft(outputs: Outputs, started: readonly number[]): Promise<void> {
  expect(started).not.toEqual([]);
  expect(await Promise.all(endpointsOf(outputs).map(listens))).toEqual([false, false, false, false]);
  expect(alive(started)).toEqual([]);
}

/** Plain http and loopback hook URLs are refused. */
async function expectGuarded(outputs: Outputs): Promise<void> {
  const subscribe = (url: string) => callApi(outputs, 'POST', '/subscriptions', { url, events: ['*'] });
  for (const url of ['http://example.com/hook', 'https://127.0.0.1/hook', 'https://localhost/hook']) {
    const { status, body } = await subscribe(url);
    expect([url, status, body.errors?.[0]?.path]).toEqual([url, 422, 'url']);
  }
  expect((await subscribe('https://example.com/hook')).status).toBe(201);
}

/** A subscription whose receiver has a request and does not answer it. */
async function holdDelivery({ outputs }: { outputs: Outputs }) {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.stop());
  const held = Promise.withResolvers<() => void>();
  receiver.respond((_, response) => held.resolve(() => response.writeHead(200).end()));
  await callApi(outputs, 'POST', '/subscriptions', { url: receiver.url(), events: ['held'] });
  await callApi(outputs, 'POST', '/events', { type: 'held', data: {} });
  return { receiver, answer: await held.promise };
}

describe('npm start', () => {
  it('synthesises the stack, with --guard as for production, explains the next steps, and reports last that it is ready', async () => {
    // Below the repository, as by default: its package.json must not change what the bundles are.
    const dataDir = join(temporaryDir(resolve('.local')), 'not/there/yet');
    const main = run('local/main.ts', ['--port', '0', '--data-dir', dataDir, '--guard']);
    await main.prints('Ancrage is ready\n');
    const outputs = readOutputs(dataDir);

    const told = main.stdout();
    expect(told.trimEnd().split('\n').at(-1)).toBe('Ancrage is ready');
    for (const what of [outputs.apiUrl, outputs.adminKey, outputs.eventsQueueUrl, outputs.awsEndpointUrlSqs])
      expect(told).toContain(what);
    expect(told).toContain(`there is one, ${outputs.project}`);
    expect(told).toContain(`${dataDir}/outputs.json`);
    expect(told).toContain('npm run listen');
    expect(told).toContain(`curl -X POST ${outputs.apiUrl}/v1/projects/demo/events`);
    expect(main.stderr()).toBe('');
    const published = await callApi(outputs, 'POST', '/events', { type: 'invoice.paid', data: {} });
    expect(published.status).toBe(202);
    await expectGuarded(outputs);

    const started = descendantsOf(main.pid);
    expect(await main.kill('SIGTERM')).toBe(0);
    await expectNothingLeft(outputs, started);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it('writes outputs.json for programs: only the documented members, readable by the user alone', async () => {
    const dataDir = temporaryDir();
    const { outputs } = await startedMain(dataDir);

    expect(outputs).toEqual({
      apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      consoleUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      project: 'demo',
      adminKey: expect.stringMatching(/^\S{20,}$/),
      eventsQueueUrl: `${outputs.awsEndpointUrlSqs}/000000000000/ancrage-local-events-queue`,
      awsEndpointUrlSqs: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      awsEndpointUrlDynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      awsEndpointUrlKms: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      tableName: expect.stringMatching(/^ancrage-local-/),
      encryptionKeyArn: expect.stringMatching(/^arn:aws:kms:us-east-1:000000000000:key\/ancrage-local-/),
      region: 'us-east-1',
      accessKeyId: expect.stringMatching(/^local-[\da-f]{32}$/),
      secretAccessKey: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(statSync(join(dataDir, 'outputs.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('outputs'))).toEqual(['outputs.json']);
    const sqs = new SQSClient({
      endpoint: outputs.awsEndpointUrlSqs,
      region: outputs.region,
      credentials: { accessKeyId: outputs.accessKeyId, secretAccessKey: outputs.secretAccessKey },
    });
    await sqs.send(new GetQueueUrlCommand({ QueueName: 'ancrage-local-events-queue' }));
  });

  it('explains its options with --help', async () => {
    const main = run('local/main.ts', ['--help']);

    expect(await main.end).toBe(0);
    for (const option of [
      '--port',
      '--data-dir',
      '--ephemeral',
      '--guard',
      '--dynamodb-endpoint',
      '--sqs-endpoint',
    ])
      expect(main.stdout()).toContain(option);
  });
});

describe('a local stack that is asked to stop', () => {
  it('ends on SIGINT with exit code 0 and leaves nothing running', async () => {
    const dataDir = temporaryDir();
    const main = await startedMain(dataDir);
    expect(await Promise.all(endpointsOf(main.outputs).map(listens))).toEqual([true, true, true, true]);
    const started = descendantsOf(main.pid);

    expect(await main.kill('SIGINT')).toBe(0);

    await expectNothingLeft(main.outputs, started);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    expect(main.stderr()).toBe('');
  });

  it('ends when nobody reads what it prints any more, as after `| head`', async () => {
    const dataDir = temporaryDir();
    const main = startMain(['--data-dir', dataDir]);
    await main.prints('Starting Ancrage');

    expect(await main.closeOutput()).toBe(0);

    expect(main.stderr()).toBe('');
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it('keeps nothing but outputs.json with --ephemeral', async () => {
    const dataDir = temporaryDir();
    const scratch = temporaryDir();
    const main = startMain(['--data-dir', dataDir, '--ephemeral'], { env: { TMPDIR: scratch } });
    await main.prints('Ancrage is ready\n');
    const outputs = readOutputs(dataDir);
    await callApi(outputs, 'POST', '/events', { type: 'a', data: {} });
    expect(readdirSync(scratch)).toHaveLength(1);
    const started = descendantsOf(main.pid);

    expect(await main.kill('SIGINT')).toBe(0);

    expect(readdirSync(dataDir)).toEqual(['outputs.json']);
    expect(readdirSync(scratch)).toEqual([]);
    await expectNothingLeft(outputs, started);
  });

  it('finishes deliveries in progress on Ctrl-C, with the engine that they need', async () => {
    const dataDir = temporaryDir();
    const main = await startedMain(dataDir);
    const { receiver, answer } = await holdDelivery(main);

    const end = main.ctrlC();
    await main.prints('Stopping');
    answer();
    expect(await end).toBe(0);

    // Had the delivery been cut off, it would be made again, and before a later one.
    const again = await startedMain(dataDir);
    receiver.respond((_, response) => response.writeHead(200).end());
    const { body } = await callApi(again.outputs, 'POST', '/events', { type: 'held', data: {} });
    await receiver.waitFor(1, ({ headers }) => headers['webhook-id'] === body.id);
    expect(receiver.requests).toHaveLength(2);
    const { body: attempts } = await callApi(again.outputs, 'GET', `/events/${eventIdOf(receiver)}/attempts`);
    expect(attempts.data).toMatchObject([{ outcome: 'success' }]);
  });

  it('ends at once with its engine when it is asked a second time', async () => {
    const main = await startedMain(temporaryDir());
    const started = descendantsOf(main.pid);
    await holdDelivery(main);
    let ended = false;
    void main.end.finally(() => {
      ended = true;
    });

    // The first few may count as one signal: npm passes on what the terminal has sent already.
    await eventually('the process has ended', () => {
      if (!ended) void main.kill('SIGINT');
      return ended;
    });

    expect(await main.end).toBe(1);
    await eventually('the engine has ended', () => expect(alive(started)).toEqual([]));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s even while it starts', async (signal) => {
    const dataDir = temporaryDir();
    const main = run('local/main.ts', ['--port', '0', '--data-dir', dataDir]);
    await eventually('the synthesis has begun', () => existsSync(join(dataDir, 'cdk.out')));

    expect(await main.kill(signal)).toBe(0);

    expect(main.stdout()).not.toContain('ready');
    // The last thing that a synthesis writes: this one did not go on to its end.
    expect(existsSync(join(dataDir, 'cdk.out/manifest.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    await eventually(
      'no process is left',
      () => !groupLives(main.pid) && processesWith(dataDir).length === 0,
    );
  });
});

describe('a local stack inside another program', () => {
  const options = () => ({
    port: 0,
    dataDir: temporaryDir(),
    ephemeral: false,
    guard: false,
    cdkOut: inject('cdkOut'),
  });

  it('leaves nothing running once it has stopped, and may be stopped twice', async () => {
    const { dataDir, ...rest } = options();
    const stack = await startLocalStack({ dataDir, ...rest });
    expect(await Promise.all(endpointsOf(stack.outputs).map(listens))).toEqual([true, true, true, true]);

    const started = processesWith(join(dataDir, 'dynamodb.sqlite'));
    const first = stack.stop();
    await stack.stop();

    await expectNothingLeft(stack.outputs, started);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    await first;
  });

  it('stops what has started if its start fails', async () => {
    const port = await freePort();
    const { dataDir, ...rest } = options();
    const dynamodbEndpoint = `http://127.0.0.1:${await freePort()}`;

    await expect(startLocalStack({ ...rest, dataDir, port, dynamodbEndpoint })).rejects.toThrow(
      LocalStackError,
    );

    expect(await listens(`http://127.0.0.1:${port}`)).toBe(false);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it('runs next to others, each with its own data', async () => {
    const [one, other] = await Promise.all([startLocalStack(options()), startLocalStack(options())]);
    onTestFinished(async () => {
      await Promise.all([one.stop(), other.stop()]);
    });
    const subscription = { url: 'http://127.0.0.1:9', events: ['*'] };

    await callApi(one.outputs, 'POST', '/subscriptions', subscription);

    expect((await callApi(one.outputs, 'GET', '/subscriptions')).body.data).toHaveLength(1);
    expect((await callApi(other.outputs, 'GET', '/subscriptions')).body.data).toEqual([]);
    expect((await callApi({ ...other.outputs, apiUrl: one.outputs.apiUrl }, 'GET', '/keys')).status).toBe(
      401,
    );
  });
});

/** The program and what it started, but for the engine, which has a group of its own. */
function groupLives(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

function eventIdOf({
  requests,
}: {
  requests: readonly { headers: NodeJS.Dict<string | string[]> }[];
}): string {
  return String(requests[0]?.headers['webhook-id']);
}
