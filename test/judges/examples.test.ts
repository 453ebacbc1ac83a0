import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSecret } from '../../core/model/signing-secret.ts';
import { start } from '../support/child-process.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { describeWith, goProgram, type Program, pythonWith } from '../support/tool-chains.ts';

/** The programs in `examples/`, as a reader would start them. */
interface Receiver {
  readonly name: string;
  readonly program: Program | 'node';
  readonly args: (port: number) => readonly string[];
}

const FOLDER = 'examples/receivers';
const RECEIVERS: readonly Receiver[] = [
  { name: 'receiver.mjs', program: 'node', args: () => [`${FOLDER}/receiver.mjs`] },
  { name: 'receiver.py', program: 'python3', args: () => [`${FOLDER}/receiver.py`] },
  {
    name: 'receiver.php',
    program: 'php',
    args: (port) => ['-S', `127.0.0.1:${port}`, `${FOLDER}/receiver.php`],
  },
];

for (const { name, program, args } of RECEIVERS)
  describeWith(program === 'node' ? [] : [program], `the example ${name}`, () => {
    const stack = useStack();
    const secret = newSecret();
    let receiver: ReturnType<typeof start>;
    let url: string;

    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}/`;
      const notes = mkdtempSync(join(tmpdir(), 'ancrage-example-'));
      const env = {
        ...{ ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
        ...{ DATABASE: join(notes, 'receiver.db'), HANDLED: join(notes, 'handled') },
      };
      receiver = start(program === 'node' ? process.execPath : program, args(port), { env });
      await eventually(`${name} listens`, async () => {
        const socket = connect(port, '127.0.0.1');
        await once(socket, 'connect');
        socket.destroy();
      });
    });
    afterAll(async () => {
      receiver.child.kill();
      await receiver.ended;
    });

    const type = `example.${program}`;
    const answers = async (id: string, count: number) =>
      (await stack().attempts(id, count)).map(({ response }) => [response.status, response.body]);

    it('handles an event, and drops it when it comes again', async () => {
      const { id } = await stack().subscribe({ url, events: [type], secret });
      const event = (await stack().publish({ type, data: { city: 'Orléans 😀', total: 12.5 } })).body.id;
      expect(await answers(id, 1)).toEqual([[204, '']]);
      await stack().done('POST', `events/${event}/replay`, { subscriptionId: id });
      expect(await answers(id, 2)).toEqual([
        [200, 'duplicate'],
        [204, ''],
      ]);
    });

    it('accepts both signatures while the secret is rotated', async () => {
      const { id } = await stack().subscribe({ url, events: [`${type}.rotated`], secret });
      await stack().done('POST', `subscriptions/${id}/rotate-secret`, { secret: newSecret() });
      await stack().publish({ type: `${type}.rotated`, data: {} });
      expect(await answers(id, 1)).toEqual([[204, '']]);
    });

    it('refuses what another secret has signed, an old request, and one without a signature', async () => {
      const { id } = await stack().subscribe({ url, events: [`${type}.forged`], retry: 'none' });
      await stack().publish({ type: `${type}.forged`, data: {} });
      expect(await answers(id, 1)).toEqual([[401, 'wrong signature']]);
      const old = {
        'webhook-id': 'old',
        'webhook-timestamp': '1795291488',
        'webhook-signature': 'v1,AAAA',
      };
      for (const headers of [old, {}]) {
        const response = await fetch(url, { method: 'POST', headers, body: '{"type": "x", "data": {}}' });
        expect(response.status).toBe(401);
      }
    });

    it('answers 500 to what it cannot handle, and takes it when it comes again', async () => {
      const post = (body: string) => {
        const now = new Date();
        const headers = {
          'webhook-id': 'tried-again',
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign('tried-again', now, body),
        };
        return fetch(url, { method: 'POST', headers, body });
      };
      expect((await post('{"type": ')).status).toBe(500);
      expect((await post('{"type": "odd", "data": {}}')).status).toBe(204);
      expect(await (await post('{"type": "odd", "data": {}}')).text()).toBe('duplicate');
    });
  });

describe('the examples that publish', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const data = '{"id": "inv_1", "total": 120.50}';

  describeWith(['go'], 'over HTTPS', () => {
    it('deliver an event once, and say what is wrong', async () => {
      const publish = await goProgram('examples/publishers/https');
      await stack().subscribe({ url: receiver.url('/go'), events: ['example.go.published'] });
      const { apiUrl, project, adminKey } = stack().outputs;
      const env = { ...process.env, ANCRAGE_URL: apiUrl, ANCRAGE_KEY: adminKey, PROJECT: project };
      const published = await start(publish, ['example.go.published', data], { env }).ended;
      expect(published).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"id"') });
      const [request] = await receiver.waitFor(1, to('/go'));
      expect(request?.body).toContain('"total":120.50');
      const refused = await start(publish, ['a..b', data], { env }).ended;
      expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('422') });
    });
  });

  describeWith(['python3'], 'through the queue', () => {
    it('deliver an event with its number literals', async () => {
      const programs = await pythonWith('examples/publishers/sqs/requirements.txt');
      await stack().subscribe({ url: receiver.url('/sqs'), events: ['example.sqs.published'] });
      const { outputs } = stack();
      const env = {
        ...process.env,
        EVENTS_QUEUE_URL: outputs.eventsQueueUrl,
        AWS_ENDPOINT_URL_SQS: outputs.awsEndpointUrlSqs,
        AWS_ACCESS_KEY_ID: outputs.accessKeyId,
        AWS_SECRET_ACCESS_KEY: outputs.secretAccessKey,
        AWS_DEFAULT_REGION: outputs.region,
        PROJECT: outputs.project,
      };
      const args = ['examples/publishers/sqs/publish.py', 'example.sqs.published', data];
      const { exitCode, stderr } = await start(join(programs, 'python'), args, { env }).ended;
      expect([exitCode, stderr]).toEqual([0, '']);
      const [request] = await receiver.waitFor(1, to('/sqs'));
      expect(request?.body).toContain('"total":120.50');
    });
  });
});
