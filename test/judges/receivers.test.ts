import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newSecret } from '../../core/model/signing-secret.ts';
import { start } from '../support/child-process.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { useStack } from '../support/stack.ts';
import { describeWith, type Program } from '../support/tool-chains.ts';

/** Hook URLs on the servers that come with a language. They verify signatures with its standard library alone. */
interface Server {
  readonly name: string;
  readonly program: Program;
  readonly args: (port: number) => readonly string[];
}

const SOURCES = 'test/judges/receivers';
const pythonServer = (protocol: string): Server => ({
  name: `Python’s http.server with ${protocol}`,
  program: 'python3',
  args: (port) => [`${SOURCES}/python/receiver.py`, String(port), protocol],
});

const SERVERS: readonly Server[] = [
  pythonServer('HTTP/1.0'),
  pythonServer('HTTP/1.1'),
  {
    name: 'PHP’s built-in server',
    program: 'php',
    args: (port) => ['-S', `127.0.0.1:${port}`, `${SOURCES}/php/receiver.php`],
  },
];

const SECRETS = Object.fromEntries(
  ['/paid', '/forged', '/gone', '/later', '/moved'].map((path) => [path, newSecret()]),
);

for (const { name, program, args } of SERVERS)
  describeWith([program], `a hook URL on ${name}`, () => {
    const stack = useStack();
    let server: ReturnType<typeof start>;
    let origin: string;

    beforeAll(async () => {
      const port = await freePort();
      origin = `http://127.0.0.1:${port}`;
      server = start(program, args(port), { env: { ...process.env, SECRETS: JSON.stringify(SECRETS) } });
      await eventually(`${name} listens`, async () => {
        const socket = connect(port, '127.0.0.1');
        await once(socket, 'connect');
        socket.destroy();
      });
    });
    afterAll(async () => {
      server.child.kill();
      await server.ended;
    });

    /** Publish an event to a path of the server. Return the subscription's id and the attempt. */
    async function deliver(path: string, secret = SECRETS[path]) {
      const { id } = await stack().subscribe({ url: origin + path, events: [`judge${path}`], secret });
      await stack().publish({ type: `judge${path}`, data: { total: 1.5, city: 'Orléans 😀' } });
      const [attempt] = await stack().attempts(id, 1);
      return { id, attempt };
    }

    it('verifies the signature, and the log shows its response', async () => {
      const { attempt } = await deliver('/paid');
      expect(attempt).toMatchObject({
        outcome: 'success',
        response: { status: 200, headers: { 'x-total': '1.5' }, body: 'Merci, reçu ✓' },
      });
      expect(attempt.response).not.toHaveProperty('truncated');
    });

    it('refuses what another secret has signed, and the delivery is retried', async () => {
      const { attempt } = await deliver('/forged', newSecret());
      const response = { status: 401, body: 'The signature is wrong.' };
      expect(attempt).toMatchObject({ outcome: 'failure', error: 'status', response });
      expect(attempt.nextAttemptAt).not.toBeNull();
    });

    it('ends its subscription with 410', async () => {
      const { id, attempt } = await deliver('/gone');
      expect(attempt).toMatchObject({ error: 'status', nextAttemptAt: null, response: { status: 410 } });
      const subscription = await stack().get(`subscriptions/${id}`);
      expect(subscription).toMatchObject({ enabled: false, disabledReason: 'gone' });
    });

    it('puts off the next attempt with 429 and Retry-After', async () => {
      const { attempt } = await deliver('/later');
      const headers = { 'retry-after': '3600' };
      expect(attempt.response).toMatchObject({ status: 429, headers, body: 'Later, please.' });
      const waitsMs = Date.parse(attempt.nextAttemptAt) - Date.parse(attempt.at);
      expect(waitsMs).toBeGreaterThanOrEqual(3_600_000);
    });

    it('redirects, which is a failure', async () => {
      const { attempt } = await deliver('/moved');
      expect(attempt).toMatchObject({ outcome: 'failure', error: 'redirect' });
      expect(attempt.response).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    });
  });
