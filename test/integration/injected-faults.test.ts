import { describe, expect, it, type TestContext } from 'vitest';
import { newFlow } from '../../core/model/flow.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { type ReceivedRequest, startReceiver, status } from '../support/receiver.ts';
import { NOW, subscriptionRecord } from '../support/records.ts';
import { startFaultyPipeline, type ToldAttempt } from './faulty-pipeline.ts';

const RATES = {
  throttled: 0.1,
  unprocessed: 0.2,
  unsent: 0.2,
  unreachable: 0.1,
  answerLost: 0.03,
  batchAgain: 0.03,
};
const N = 40;
const since = new Date(NOW).toISOString();
const EVENTS = Array.from({ length: N }, (_, n) => `event-${n}`);

const idOf = ({ headers }: ReceivedRequest) => String(headers['webhook-id']);

/** A pipeline with faults, and endpoints. */
async function open({ onTestFinished }: TestContext) {
  const pipeline = await startFaultyPipeline(20_261_121, RATES);
  onTestFinished(() => pipeline.stop());
  const receiver = await startReceiver();
  onTestFinished(() => receiver.stop());
  /** Paths and event ids of the requests that were answered with 200. */
  const taken = new Set<string>();
  return {
    pipeline,
    receiver,
    answer: (codeFor: (request: ReceivedRequest) => number) =>
      receiver.respond((request, response) => {
        const code = codeFor(request);
        if (code === 200) taken.add(`${request.path} ${idOf(request)}`);
        status(code)(request, response);
      }),
    async subscribe(path: string, given: Partial<Subscription>): Promise<string> {
      const subscription = subscriptionRecord({ url: receiver.url(path), ...given });
      await pipeline.subscribe(subscription);
      return subscription.id;
    },
    publishAll: () =>
      Promise.all(EVENTS.map((id, n) => pipeline.publish({ type: 'invoice.paid', id, data: { n } }))),
    takenBy: (path: string) => EVENTS.filter((id) => taken.has(`${path} ${id}`)),
    faultsOf(fault: string): number {
      const counts = [...pipeline.faults.counts].filter(([name]) => name.endsWith(` ${fault}`));
      return counts.reduce((sum, [, count]) => sum + count, 0);
    },
  };
}

// Both at once: each waits for its queues most of the time.
describe.concurrent('the pipeline, while AWS throttles, drops and loses responses,', {
  timeout: 480_000,
}, () => {
  it('delivers each event to each matching subscription, and to no other', async (test) => {
    const { pipeline, receiver, answer, subscribe, publishAll, takenBy, faultsOf } = await open(test);
    answer(() => 200);
    const wanting = ['invoice.paid', 'invoice.paid', 'invoice.*', '*', '*'];
    const ids = await Promise.all(
      // Some are direct, others get everything from the pump.
      wanting.map((pattern, index) =>
        subscribe(`/${index}`, { events: [pattern], ...(index % 2 === 1 && { flow: newFlow(since) }) }),
      ),
    );
    await subscribe('/other', { events: ['invoice.created'] });
    await publishAll();
    await pipeline.settle();

    for (const [index, id] of ids.entries()) {
      expect(takenBy(`/${index}`)).toEqual(EVENTS);
      const attempts = await pipeline.attemptsOf(id);
      expect(new Set(attempts.map(({ eventId }) => eventId))).toEqual(new Set(EVENTS));
    }
    expect(receiver.requests.filter(({ path }) => path === '/other')).toEqual([]);
    for (const fault of ['throttled', 'unprocessed', 'unsent', 'unreachable', 'answerLost'])
      expect([fault, faultsOf(fault)]).not.toEqual([fault, 0]);
  });

  it('brings each delivery through queue and table to its success or its end, and reports the end', async (test) => {
    const { pipeline, receiver, answer, subscribe, publishAll, takenBy } = await open(test);
    const upAgainAt = pipeline.clock() + 3_600_000;
    let refused = 0;
    answer(({ path }) => {
      // No outage: it is not paused, and each delivery goes to its end.
      if (path === '/dead') return 404;
      // Time may pass in leaps of an hour, so what is refused is counted.
      if (path === '/paused') return refused++ < 3 ? 503 : 200;
      return path === '/recovers' && pipeline.clock() < upAgainAt ? 503 : 200;
    });
    const recovering = await subscribe('/recovers', {
      events: ['invoice.paid'],
      retry: [1, 600, 1200, 1, 1200, 1200, 3600],
    });
    // A probe that fails consumes nothing: there is no retry.
    const paused = await subscribe('/paused', {
      events: ['invoice.paid'],
      retry: 'none',
      flow: { mode: 'paused', reason: 'down', since, watchedSince: NOW },
    });
    const dead = await subscribe('/dead', { events: ['invoice.*'], retry: [1000, 1] });
    // It sees the events that it is told about.
    await subscribe('/told', { events: ['ancrage.*', 'invoice.*'] });
    await publishAll();
    const { sweeps } = await pipeline.settle();

    expect(takenBy('/recovers')).toEqual(EVENTS);
    const endsOf = (attempts: readonly ToldAttempt[]) =>
      new Set(attempts.filter(({ nextAttemptAt }) => nextAttemptAt === null).map(({ eventId }) => eventId));
    expect(endsOf(await pipeline.attemptsOf(recovering))).toEqual(new Set(EVENTS));
    expect(takenBy('/paused')).toEqual(EVENTS);
    expect(endsOf(await pipeline.attemptsOf(paused))).toEqual(new Set(EVENTS));
    const probed = receiver.requests.filter(({ path }) => path === '/paused').length;
    expect(probed).toBeGreaterThan(N);
    const attempts = await pipeline.attemptsOf(dead);
    expect(endsOf(attempts)).toEqual(new Set(EVENTS));
    expect(new Set(attempts.map(({ eventId, number }) => `${eventId} ${number}`)).size).toBe(3 * N);

    const told = receiver.requests
      .filter(({ path }) => path === '/told')
      .map(({ body }) => JSON.parse(body))
      .flatMap(({ type, data }) => (type.startsWith('ancrage.') ? [data] : []));
    const logged = pipeline.errors
      .filter(({ message }) => message === 'own event not published')
      .map(({ fields }) => JSON.parse(String(fields.detail)));
    // The failures of an endpoint within five minutes are one event.
    expect(EVENTS).toEqual(expect.arrayContaining([...told, ...logged].map(({ eventId }) => eventId)));
    expect(told.length).toBeGreaterThan(0);

    expect(sweeps).toBeGreaterThan(2);
    // Mailboxes and flow items: what waits is put, read and removed, pumps are woken, taken, called and made idle.
    for (const command of ['BatchWriteItem', 'GetItem', 'Query', 'UpdateItem'])
      expect(pipeline.faults.counts.get(`${command} throttled`) ?? 0).toBeGreaterThan(0);
    expect(pipeline.faults.counts.get('SendMessageBatch unreachable') ?? 0).toBeGreaterThan(0);
  });
});
