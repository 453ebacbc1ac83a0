import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LoopbackServer, listenOnLoopback } from '../../../local/http/loopback.ts';
import { silentLog } from '../../support/in-memory/log.ts';

describe('the queue for the messages of our functions to fan-out', () => {
  const asked: unknown[] = [];
  let server: LoopbackServer;
  beforeAll(async () => {
    server = await listenOnLoopback(
      createServer(async (request, response) => {
        const { QueueUrl } = (await json(request)) as { QueueUrl: string };
        asked.push(QueueUrl);
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
      }),
    );
    vi.stubEnv('AWS_ENDPOINT_URL_SQS', server.endpoint);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    vi.stubEnv('EVENTS_QUEUE_URL', `${server.endpoint}/1/events`);
    vi.stubEnv('INTERNAL_QUEUE_URL', `${server.endpoint}/1/internal`);
  });
  afterEach(() => asked.splice(0));
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.stop();
  });

  it.each([
    ['1', 'events'],
    ['2', 'internal'],
  ])('with format %s is the queue %s', async (format, queue) => {
    vi.stubEnv('WRITE_FORMAT', format);
    // The client of the module reads the environment when it is created.
    vi.resetModules();
    const { openInternalQueue } = await import('../../../lambdas/queues.ts');
    expect((await openInternalQueue(silentLog).send([{ body: '{}', groupId: 'erp' }])).size).toBe(0);
    expect(asked).toEqual([`${server.endpoint}/1/${queue}`]);
  });
});
