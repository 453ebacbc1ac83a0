import { describe, expect, it, onTestFinished } from 'vitest';
import { askNameServers } from '../../core/adapters/http/name-servers.ts';
import { OutOfTime } from '../../core/model/out-of-time.ts';
import { eventually } from '../support/eventually.ts';
import { a, useNameServer } from '../support/name-server.ts';
import {
  failureOf,
  httpServer,
  LOCAL,
  PUBLIC,
  requestTo,
  responseOf,
  senderWith,
} from './guarded-sender-fixture.ts';

describe('a host name that is looked up with name servers', () => {
  const nameServer = useNameServer();
  const resolve = (hostname: string, signal: AbortSignal) =>
    askNameServers({ servers: [nameServer.address], ipv6: false })(hostname, signal);
  const ok = () => httpServer((_, response) => response.end('ok'));

  /** Occupy all look-ups of a project until they are released. */
  async function occupy(sender: ReturnType<typeof senderWith>, project = 'erp') {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    onTestFinished(() => release());
    const held: string[] = [];
    for (let n = 0; n < 16; n++) {
      const name = `held-${n}.${project}.${crypto.randomUUID()}.example`;
      held.push(name);
      nameServer.set(name, () => promise.then(() => 'NXDOMAIN' as const));
      void sender.send(requestTo(`http://${name}/`), project).catch(() => {});
    }
    await eventually('their name server was asked', () =>
      expect(nameServer.questions.filter(({ name }) => held.includes(name))).toHaveLength(held.length),
    );
    return release;
  }

  it('is sent to at its address', async () => {
    const { port } = await ok();
    nameServer.set('hook.example', () => [a('127.0.0.1')]);
    const sender = senderWith({ resolve });
    expect(responseOf(await sender.send(requestTo(`http://hook.example:${port}/`))).body).toBe('ok');
  });

  it('fails in one way if it does not exist, is private, or is a CNAME of something private', async () => {
    const sender = senderWith({ resolve }, PUBLIC);
    nameServer.set('private.example', () => [a('10.0.0.1')]);
    nameServer.set('cname.example', () => [
      { type: 'CNAME', data: 'metadata.example' },
      { ...a('169.254.169.254'), name: 'metadata.example' },
    ]);
    const failures = await Promise.all(
      ['missing', 'private', 'cname'].map(async (name) =>
        failureOf(await sender.send(requestTo(`https://${name}.example/`))),
      ),
    );
    for (const failure of failures)
      expect(failure).toEqual({
        error: 'dns',
        detail: 'the host name could not be resolved to a public address',
      });
  });

  it('waits for those of its project, and none of that is its own time', async () => {
    const server = await ok();
    nameServer.set('waiting.example', () => [a('127.0.0.1')]);
    const sender = senderWith({ resolve });
    const release = await occupy(sender);
    const told: string[] = [];
    const watch = { waits: () => told.push('waits'), begins: () => told.push('begins') };
    const from = performance.now();
    const sent = sender.send(requestTo(`http://waiting.example:${server.port}/`), 'erp', watch);
    const waitMs = 300;
    setTimeout(release, waitMs);
    const result = await sent;
    expect(responseOf(result).body).toBe('ok');
    expect(told).toEqual(['waits', 'begins']);
    expect(performance.now() - from - result.durationMs).toBeGreaterThan(waitMs - 20);
  });

  it('is not attempted if its look-up cannot begin within its deadline', async () => {
    const server = await ok();
    nameServer.set('late.example', () => [a('127.0.0.1')]);
    const sender = senderWith({ resolve });
    await occupy(sender);
    const sent = sender.send(requestTo(`http://late.example:${server.port}/`, { timeoutMs: 200 }));
    await expect(sent).rejects.toThrow(OutOfTime);
    expect(server.connections).toHaveLength(0);
  });

  it('is not attempted if the rest of the invocation is shorter than its deadline when its look-up begins', async () => {
    const server = await ok();
    nameServer.set('cut.example', () => [a('127.0.0.1')]);
    const timeoutMs = 10_000;
    const sender = senderWith({ resolve }, LOCAL, timeoutMs);
    const release = await occupy(sender);
    const sent = sender.send(requestTo(`http://cut.example:${server.port}/`, { timeoutMs }));
    release();
    await expect(sent).rejects.toThrow(OutOfTime);
    expect(server.connections).toHaveLength(0);
  });

  it('does not wait for those of another project', async () => {
    const server = await ok();
    nameServer.set('other.example', () => [a('127.0.0.1')]);
    const sender = senderWith({ resolve });
    await occupy(sender, 'mallory');
    const told: string[] = [];
    const watch = { waits: () => told.push('waits'), begins: () => told.push('begins') };
    const result = await sender.send(requestTo(`http://other.example:${server.port}/`), 'erp', watch);
    expect(responseOf(result).body).toBe('ok');
    expect(told).toEqual([]);
  });
});
