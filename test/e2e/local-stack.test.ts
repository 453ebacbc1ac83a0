import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outputs } from '../../local/outputs.ts';
import {
  callApi,
  listens,
  processesWith,
  readOutputs,
  run,
  startedMain,
  startMain,
  temporaryDir,
} from '../integration/local/local-process.ts';
import { startReceiver } from '../support/receiver.ts';
import { eventually } from '../support/stack.ts';

const endpointsOf = ({ apiUrl, awsEndpointUrlSqs, awsEndpointUrlDynamodb }: Outputs) => [
  apiUrl,
  awsEndpointUrlSqs,
  awsEndpointUrlDynamodb,
];
const engineOf = ({ awsEndpointUrlDynamodb }: Outputs) =>
  processesWith(`--port ${new URL(awsEndpointUrlDynamodb).port}`);

async function expectNothingLeft(outputs: Outputs): Promise<void> {
  expect(await Promise.all(endpointsOf(outputs).map(listens))).toEqual([false, false, false]);
  expect(engineOf(outputs)).toEqual([]);
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
  it('synthesises the stack, tells a newcomer how to go on, and says last that it is ready', async () => {
    const dataDir = join(temporaryDir(), 'not/there/yet');
    const main = run('local/main.ts', ['--port', '0', '--data-dir', dataDir]);
    await main.prints('Ancrage is ready\n');
    const outputs = readOutputs(dataDir);

    const told = main.stdout();
    expect(told.trimEnd().split('\n').at(-1)).toBe('Ancrage is ready');
    for (const what of [outputs.apiUrl, outputs.adminKey, outputs.eventsQueueUrl, outputs.awsEndpointUrlSqs])
      expect(told).toContain(what);
    expect(told).toContain(`project ${outputs.project}`);
    expect(told).toContain(`${dataDir}/outputs.json`);
    expect(told).toContain('npm run listen');
    expect(told).toContain(`curl -X POST ${outputs.apiUrl}/v1/projects/demo/events`);
    expect(main.stderr()).toBe('');
    const published = await callApi(outputs, 'POST', '/events', { type: 'invoice.paid', data: {} });
    expect(published.status).toBe(202);

    expect(await main.kill('SIGTERM')).toBe(0);
    await expectNothingLeft(outputs);
  });

  it('writes outputs.json for programs: just the documented members, for the eyes of the user alone', async () => {
    const dataDir = temporaryDir();
    const { outputs } = await startedMain(dataDir);

    expect(outputs).toEqual({
      apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      consoleUrl: null,
      project: 'demo',
      adminKey: expect.stringMatching(/^\S{20,}$/),
      eventsQueueUrl: `${outputs.awsEndpointUrlSqs}/000000000000/ancrage-local-events-queue`,
      awsEndpointUrlSqs: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      awsEndpointUrlDynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      tableName: expect.stringMatching(/^ancrage-local-/),
      region: 'us-east-1',
      accessKeyId: 'local',
      secretAccessKey: 'local',
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

  it('listens on the port that it is given', async () => {
    const dataDir = temporaryDir();
    const first = await startedMain(dataDir);
    const { port } = new URL(first.outputs.apiUrl);
    await first.kill('SIGTERM');

    const again = await startedMain(dataDir, ['--port', port]);

    expect(again.outputs.apiUrl).toBe(first.outputs.apiUrl);
  });

  it('refuses plain http and loopback hook URLs with --guard, as in production', async () => {
    const dataDir = temporaryDir();
    const main = run('local/main.ts', ['--port', '0', '--data-dir', dataDir, '--ephemeral', '--guard']);
    await main.prints('Ancrage is ready\n');
    const subscribe = (url: string) =>
      callApi(readOutputs(dataDir), 'POST', '/subscriptions', { url, events: ['*'] });

    for (const url of ['http://example.com/hook', 'https://127.0.0.1/hook', 'https://localhost/hook']) {
      const { status, body } = await subscribe(url);
      expect([url, status, body.errors?.[0]?.path]).toEqual([url, 422, 'url']);
    }
    expect((await subscribe('https://example.com/hook')).status).toBe(201);
  });

  it('explains its options with --help', async () => {
    const main = run('local/main.ts', ['--help']);

    expect(await main.end).toBe(0);
    for (const option of ['--port', '--data-dir', '--ephemeral', '--guard', '--dynamodb-endpoint'])
      expect(main.stdout()).toContain(option);
  });
});

describe('a local stack that is asked to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends on %s with exit code 0 and leaves nothing running',
    async (signal) => {
      const dataDir = temporaryDir();
      const main = await startedMain(dataDir);
      expect(await Promise.all(endpointsOf(main.outputs).map(listens))).toEqual([true, true, true]);
      expect(engineOf(main.outputs)).not.toEqual([]);

      expect(await main.kill(signal)).toBe(0);

      await expectNothingLeft(main.outputs);
      expect(existsSync(join(dataDir, 'lock'))).toBe(false);
      expect(main.stderr()).toBe('');
    },
  );

  it('keeps nothing but outputs.json with --ephemeral', async () => {
    const dataDir = temporaryDir();
    const scratch = temporaryDir();
    const main = startMain(['--data-dir', dataDir, '--ephemeral'], { env: { TMPDIR: scratch } });
    await main.prints('Ancrage is ready\n');
    const outputs = readOutputs(dataDir);
    await callApi(outputs, 'POST', '/events', { type: 'a', data: {} });
    expect(readdirSync(scratch)).toHaveLength(1);

    expect(await main.kill('SIGINT')).toBe(0);

    expect(readdirSync(dataDir)).toEqual(['outputs.json']);
    expect(readdirSync(scratch)).toEqual([]);
    await expectNothingLeft(outputs);
  });

  it('finishes the deliveries that are under way', async () => {
    const dataDir = temporaryDir();
    const main = await startedMain(dataDir);
    const { receiver, answer } = await holdDelivery(main);

    const end = main.kill('SIGTERM');
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

  it('ends at once when it is asked a second time, and takes the engine with it', async () => {
    const main = await startedMain(temporaryDir());
    await holdDelivery(main);
    let ended = false;
    void main.end.finally(() => {
      ended = true;
    });

    // The first few may count as one signal: npm passes on what the terminal has sent already.
    await eventually(async () => {
      if (!ended) void main.kill('SIGINT');
      return ended;
    });

    expect(await main.end).toBe(1);
    await eventually(async () => engineOf(main.outputs).length === 0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends while it still starts on %s', async (signal) => {
    const dataDir = temporaryDir();
    const main = run('local/main.ts', ['--port', '0', '--data-dir', dataDir]);
    await main.prints('Starting');

    expect(await main.kill(signal)).toBe(0);

    expect(main.stdout()).not.toContain('ready');
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    await eventually(async () => processesWith(dataDir).length === 0);
  });
});

function eventIdOf({
  requests,
}: {
  requests: readonly { headers: NodeJS.Dict<string | string[]> }[];
}): string {
  return String(requests[0]?.headers['webhook-id']);
}
