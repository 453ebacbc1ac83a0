import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  expectOneSentence,
  type LocalProcess,
  run,
  startedMain,
  takenPort,
  temporaryDir,
} from '../integration/local/local-process.ts';
import { eventually } from '../support/eventually.ts';
import { startReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

describe('npm run listen', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-listen-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const stack = useOwnStack({ dataDir });

  const listen = (...args: string[]) => run('local/listen.ts', ['--data-dir', dataDir, ...args]);
  const subscriptions = async () => (await stack().call('GET', 'subscriptions')).body.data;

  async function listening(...args: string[]): Promise<LocalProcess & { url: string; id: string }> {
    const listener = listen(...args);
    await listener.prints('Ctrl-C');
    const [, url = '', id = ''] = /^Listening on (\S+) to \S+ \((sub_\w+)\)/m.exec(listener.stdout()) ?? [];
    return { ...listener, url, id };
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'subscribes, prints each verified event, and unsubscribes on %s',
    async (signal) => {
      const listener = await listening();
      expect(await subscriptions()).toMatchObject([{ id: listener.id, url: listener.url, events: ['*'] }]);

      const { body } = await stack().publish({ type: 'invoice.paid', data: { price: 'É😀' } });
      await listener.prints('É😀');

      const [head = '', text = ''] = listener.stdout().split('\n').slice(-4);
      expect(head).toMatch(new RegExp(`^\\S+Z +POST +${body.id} +signature verified$`));
      expect(JSON.parse(text)).toMatchObject({ type: 'invoice.paid', data: { price: 'É😀' } });

      expect(await listener.kill(signal)).toBe(0);
      expect(listener.stdout()).toMatch(/\nUnsubscribed\.\n$/);
      expect(listener.stderr()).toBe('');
      expect(await subscriptions()).toEqual([]);
    },
  );

  it('reports a wrong or missing signature', async () => {
    const listener = await listening();
    const post = (headers: Record<string, string>) =>
      fetch(listener.url, { method: 'POST', headers, body: '{"forged":true}' });

    await post({
      'webhook-id': 'forged',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    });
    await post({ 'webhook-id': 'unsigned' });
    await listener.prints('"forged":true', 2);

    expect(listener.stdout()).toMatch(/ forged +SIGNATURE NOT VERIFIED: /);
    expect(listener.stdout()).toMatch(/ unsigned +SIGNATURE NOT VERIFIED: /);
    expect(listener.stdout()).not.toContain('signature verified');
    expect(await listener.kill('SIGINT')).toBe(0);
  });

  it('subscribes with the given events and format, and responds with the given status', async () => {
    const listener = await listening(
      '--events',
      'job.*, invoice.paid',
      '--format',
      'data',
      '--status',
      '418',
    );
    await stack().publish({ type: 'invoice.created', data: { no: 1 } });
    const { body } = await stack().publish({ type: 'job.done', data: { yes: 1 } });

    await listener.prints('{"yes":1}');

    expect(await subscriptions()).toMatchObject([{ events: ['job.*', 'invoice.paid'], format: 'data' }]);
    expect(listener.stdout()).not.toContain('{"no":1}');
    const attempts = await eventually('an attempt is recorded', async () => {
      const { data } = await stack().get(`events/${body.id}/attempts`);
      return data.length > 0 && data;
    });
    expect(attempts.at(-1).response.status).toBe(418);
    expect(await listener.kill('SIGINT')).toBe(0);
  });

  it('unsubscribes even if it is interrupted while it subscribes', async () => {
    const dir = temporaryDir();
    const api = await startReceiver();
    onTestFinished(() => api.stop());
    writeFileSync(join(dir, 'outputs.json'), JSON.stringify({ ...stack().outputs, apiUrl: api.url('') }));
    const asked = Promise.withResolvers<() => void>();
    api.respond((_, response) => {
      asked.resolve(() => response.writeHead(201).end('{"id":"sub_1","secret":"whsec_c2VjcmV0"}'));
    });
    const listener = run('local/listen.ts', ['--data-dir', dir]);
    const answer = await asked.promise;
    api.respond((_, response) => response.writeHead(204).end());

    const end = listener.kill('SIGINT');
    await listener.prints('Unsubscribing');
    answer();

    expect(await end).toBe(0);
    expect(api.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/projects/demo/subscriptions',
      'DELETE /v1/projects/demo/subscriptions/sub_1',
    ]);
  });

  it('reports why the API rejects its subscription', async () => {
    await expectOneSentence(
      listen('--format', 'nope'),
      /^POST subscriptions failed with status 422: .*format/,
    );
  });

  it('reports that the port is taken', async () => {
    const port = await takenPort();

    await expectOneSentence(listen('--port', String(port)), new RegExp(`^Port ${port} .*EADDRINUSE.*--port`));
    expect(await subscriptions()).toEqual([]);
  });

  it.each([
    ['an unknown option', ['--nope'], /--nope/],
    ['a word that is not an option', ['please'], /please/],
    ['a status that is not a number', ['--status', 'abc'], /--status .*'abc'/],
    ['a status that HTTP does not have', ['--status', '99'], /--status .*'99'/],
    ['a status that is not final', ['--status', '101'], /--status .*'101'/],
    ['a port that is not a number', ['--port', 'x'], /--port .*'x'/],
    ['a port that is too large', ['--port', '65536'], /--port .*'65536'/],
  ])('prints its usage with exit code 2 on %s', async (_, args, message) => {
    const listener = listen(...args);

    expect(await listener.end).toBe(2);
    const [first, blank, usage] = listener.stderr().split('\n');
    expect(first).toMatch(message);
    expect([blank, usage]).toEqual(['', 'Usage: npm run listen -- [options]']);
    expect(listener.stderr()).not.toMatch(/^ +at /m);
    expect(listener.stdout()).toBe('');
  });

  it('prints its help with --help', async () => {
    const listener = listen('--help');

    expect(await listener.end).toBe(0);
    expect(listener.stdout()).toContain('Usage: npm run listen -- [options]');
  });

  it('reports that no local stack has ever run', async () => {
    const dir = temporaryDir();

    await expectOneSentence(
      run('local/listen.ts', ['--data-dir', dir]),
      /outputs\.json.*npm start.*--data-dir/,
    );
  });

  it('reports that the local stack is not running after it has stopped', async () => {
    const dir = temporaryDir();
    const main = await startedMain(dir, ['--ephemeral']);
    expect(await main.kill('SIGTERM')).toBe(0);

    await expectOneSentence(
      run('local/listen.ts', ['--data-dir', dir]),
      /does not respond at http.*is it running/,
    );
  });
});
