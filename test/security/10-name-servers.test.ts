import { describe, expect, it, onTestFinished } from 'vitest';
import { guardedSenders } from '../../core/adapters/http/guarded-sender.ts';
import { askNameServers } from '../../core/adapters/http/name-servers.ts';
import { PUBLIC_DESTINATIONS } from '../../core/contract.ts';
import { eventually } from '../support/eventually.ts';
import { a, useNameServer } from '../support/name-server.ts';
import { deliveryBody, inMemoryPipeline, received } from '../support/pipeline.ts';
import { useReceiver } from '../support/receiver.ts';
import { eventRecord, NOW, subscriptionRecord } from '../support/records.ts';
import { useStack } from '../support/stack.ts';

/** More than libuv has threads, even with the 64 that version 0.1 had, and more than a project may look up at once. */
const MANY = 80;

/**
 * The deliver function with name servers that a tenant runs. A local stack resolves names as its machine does, and a guarded
 * one reaches no receiver here.
 */
describe('a tenant with silent name servers', () => {
  const nameServer = useNameServer();
  const receiver = useReceiver();
  const LOCAL = { ...PUBLIC_DESTINATIONS, allowHttp: true, allowLoopback: true };
  const open = () => {
    const pipeline = inMemoryPipeline(
      guardedSenders(LOCAL, {
        resolve: (hostname, signal) =>
          askNameServers({ servers: [nameServer.address], ipv6: true })(hostname, signal),
      }),
    );
    const subscribe = async (project: string, host: string, path: string) => {
      const { port } = new URL(receiver.url());
      const subscription = subscriptionRecord({
        project,
        url: `http://${host}:${port}${path}`,
        retry: [600],
      });
      await pipeline.subscriptions.create(subscription);
      const event = eventRecord({ project });
      await pipeline.events.putOnce(event, event.id);
      const head = { project, subscriptionId: subscription.id, number: 1, trigger: 'event', event } as const;
      return { id: subscription.id, message: received({ body: deliveryBody(head) }) };
    };
    const flowOf = async (id: string) => (await pipeline.flows.get(id))?.state;
    const attemptsOf = async (id: string) =>
      (await pipeline.attemptLog.ofSubscription(id, { limit: 10, cursor: null })).items;
    const waitingOf = async (id: string) =>
      (await pipeline.mailbox.list(id, { limit: 10, cursor: null })).items;
    /** Create subscriptions of a project to names whose servers reply only when they are released. */
    const subscribeSilent = async (project: string) => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      onTestFinished(() => release());
      const run = crypto.randomUUID();
      const hosts = Array.from({ length: MANY }, (_, n) => `${n}.${run}.example`);
      for (const host of hosts) nameServer.set(host, () => released.then(() => 'NXDOMAIN' as const));
      const silent = await Promise.all(hosts.map((host) => subscribe(project, host, '/silent')));
      return { silent, release };
    };
    return { pipeline, subscribe, subscribeSilent, flowOf, attemptsOf, waitingOf };
  };

  it("does not hold up another tenant's delivery in the same invocation", async () => {
    const { pipeline, subscribe, subscribeSilent, flowOf, attemptsOf } = open();
    nameServer.set('shop.example', ({ type }) => (type === 'A' ? [a('127.0.0.1')] : 'silence'));
    const { silent, release } = await subscribeSilent('mallory');
    const shop = await subscribe('erp', 'shop.example', '/shop');
    const delivering = pipeline.deliver()([...silent.map(({ message }) => message), shop.message]);
    await receiver.waitFor(1, ({ path }) => path === '/shop');
    await eventually('the attempt is in the log', async () =>
      expect(await attemptsOf(shop.id)).toHaveLength(1),
    );
    // Nothing of the attacker's has ended.
    for (const { id } of silent) expect(await attemptsOf(id)).toEqual([]);
    release();
    expect(await delivering).toEqual([]);
    expect(await attemptsOf(shop.id)).toMatchObject([{ outcome: 'success' }]);
    expect((await flowOf(shop.id))?.run ?? 0).toBe(0);
  });

  it('does not even make an own endpoint look down, which waits for its turn', async () => {
    const { pipeline, subscribe, subscribeSilent, flowOf, attemptsOf, waitingOf } = open();
    nameServer.set('own.example', ({ type }) => (type === 'A' ? [a('127.0.0.1')] : []));
    const { silent, release } = await subscribeSilent('mallory');
    const own = await subscribe('mallory', 'own.example', '/own');
    // The last request of the invocation must have begun by the time that its own deadline takes.
    const delivering = pipeline.deliver(NOW + 10_000)([...silent.map(({ message }) => message), own.message]);
    await eventually('the first are asked for', () =>
      expect(nameServer.questions.filter(({ name }) => name.endsWith('.example')).length).toBeGreaterThan(0),
    );
    release();
    expect(await delivering).toEqual([]);
    expect(await attemptsOf(own.id)).toEqual([]);
    expect((await flowOf(own.id))?.run).toBe(0);
    expect(await waitingOf(own.id)).toMatchObject([{ number: 1 }]);
  });

  it('learns nothing about the names of the network: a private name and a missing one fail alike', async () => {
    const { pipeline, subscribe, attemptsOf } = open();
    nameServer.set('db.corp.example', ({ type }) => (type === 'A' ? [a('10.1.2.3')] : []));
    const hosts = ['db.corp.example', 'missing.corp.example'];
    const subscribed = await Promise.all(hosts.map((host) => subscribe('mallory', host, '/')));
    await pipeline.deliver()(subscribed.map(({ message }) => message));
    for (const { id } of subscribed)
      expect(await attemptsOf(id)).toMatchObject([
        { error: 'dns', detail: 'the host name could not be resolved to a public address', response: null },
      ]);
  });
});

describe('a local stack', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('sends to localhost and the names below it, whatever resolves names on the machine', async () => {
    const { port } = new URL(receiver.url());
    for (const host of ['localhost', 'hooks.localhost'])
      await stack().subscribe({ url: `http://${host}:${port}/${host}`, events: ['order.paid'] });
    await stack().publish({ type: 'order.paid', data: {} });
    const requests = await receiver.waitFor(2);
    expect(requests.map(({ path }) => path).toSorted()).toEqual(['/hooks.localhost', '/localhost']);
  });
});
