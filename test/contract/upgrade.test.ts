import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { erasureStore } from '../../core/adapters/dynamodb/erasure-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { pumpQueue } from '../../core/adapters/sqs/pump-queue.ts';
import { deliver } from '../../core/deliver/deliver.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import { cached } from '../../core/kernel/cache.ts';
import { propagation } from '../../core/ports/tracer.ts';
import { pump } from '../../core/pump/pump.ts';
import { sweep } from '../../core/sweep/sweep.ts';
import { startTable } from '../support/engines.ts';
import { putItems } from '../support/golden/items.ts';
import type { KeptMessages } from '../support/golden/messages.ts';
import { recordedLog } from '../support/in-memory/log.ts';
import { silentMetrics } from '../support/in-memory/metrics.ts';
import { inMemoryQueue } from '../support/in-memory/queue.ts';
import { answers, inMemorySender } from '../support/in-memory/sender.ts';
import { readAll } from '../support/pages.ts';
import { received, takeAll } from '../support/pipeline.ts';
import { NOW, subscriptionRecord } from '../support/records.ts';
import { dueEntries, waitingOf } from '../support/waiting.ts';

const NO_RECEIPTS = { delete: async () => {} };

const GOLDEN = join(import.meta.dirname, '../support/golden/0.1.0');
const load = <Content>(file: string): Content => JSON.parse(readFileSync(join(GOLDEN, file), 'utf8'));

const time = { ahead: 0 };
const startedAt = performance.now();
const clock = () => Math.round(NOW + performance.now() - startedAt) + time.ahead;
let running: Awaited<ReturnType<typeof startTable>>;
beforeEach(async () => {
  running = await startTable(clock);
});
afterEach(() => running.stop());

/** Open this version's functions on the table of another. */
function openFunctions() {
  const { table } = running;
  const { log, lines } = recordedLog();
  const subscriptions = subscriptionStore(table);
  const { sender, requests, endpoint } = inMemorySender();
  const [retries, pumps, events] = [inMemoryQueue(), inMemoryQueue(), inMemoryQueue()];
  const dueWork = dueWorkStore(table);
  const ports = {
    subscriptions,
    cachedSubscriptions: cached(subscriptions.get, { clock, maxAgeMs: 10_000, maxBytes: 1e7 }),
    ...{ projects: projectStore(table), flows: flowStore(table), mailbox: mailbox(table), dueWork },
    ...{ bindings: bindingStore(table), erasures: erasureStore(table) },
    ...{ parked: parkedDeliveries(table), jobs: replayJobStore(table), events: eventStore(table) },
    ...{
      attemptLog: attemptLog(table),
      attemptDigests: attemptDigests(table),
      trafficStore: trafficStore(table),
      evidence: new EvidenceBook(clock),
    },
    internalQueue: events.queue,
    retriesQueue: deliveryQueue(retries.queue),
    pumpsQueue: pumpQueue(pumps.queue),
    senders: { open: () => ({ ...sender, close: () => {} }) },
    stackKey: 'uuid',
    ...{ clock, random: () => 0.5, log, metrics: silentMetrics, tracer: propagation },
  };
  return {
    ports,
    ...{ lines, requests, endpoint },
    deliver: (messages: Parameters<typeof deliver>[1]) => deliver(ports, messages, NO_RECEIPTS),
    /** Let time pass until nothing is due any more. */
    async settle() {
      for (;;) {
        const [first] = (await dueEntries(dueWork, Number.MAX_SAFE_INTEGER)).sort(
          (a, b) => a.dueAt - b.dueAt,
        );
        if (first === undefined && retries.sent.length + pumps.sent.length === 0) return;
        if (first !== undefined) time.ahead += Math.max(0, first.dueAt - clock());
        await sweep(ports, Number.POSITIVE_INFINITY);
        expect(await deliver(ports, takeAll(retries), NO_RECEIPTS)).toEqual([]);
        expect(await pump(ports, takeAll(pumps))).toEqual([]);
      }
    },
  };
}

it('delivers everything that version 0.1 has parked, held and queued, once its endpoint works again', async () => {
  const { table } = running;
  await putItems(table, load<Item[]>('items.json'));
  // The golden subscription was disabled for a while, which cancelled all this.
  await table.client.send(
    new UpdateCommand({
      TableName: table.tableName,
      Key: KEY.subscription('erp', 'sub_1'),
      UpdateExpression: 'SET cancelledUntil = :never',
      ExpressionAttributeValues: { ':never': null },
    }),
  );
  const functions = openFunctions();
  let failures = 4;
  functions.endpoint.answer = () => answers(failures-- > 0 ? 503 : 200);
  const { deliveries } = load<KeptMessages>('messages.json');
  const messages = deliveries.map(({ body, attributes }) => received({ body, attributes }));
  expect(await functions.deliver(messages)).toEqual([]);
  expect(functions.requests, 'its breaker is open').toEqual([]);
  await functions.settle();

  expect(functions.lines.filter(({ level }) => level === 'error')).toEqual([]);
  expect(functions.lines.filter(({ message }) => message === 'delivery cancelled')).toEqual([]);
  expect(await waitingOf(table, 'sub_1')).toEqual([]);
  expect(await functions.ports.parked.held('sub_1', 10)).toEqual([]);
  const { flow } = (await functions.ports.subscriptions.get('erp', 'sub_1')) ?? {};
  expect(flow?.mode).not.toBe('paused');
  expect((await functions.ports.jobs.get('sub_1', 'job_1'))?.state).toBe('done');

  const attempts = await readAll((page) => functions.ports.attemptLog.ofSubscription('sub_1', page), 100);
  const succeeded = new Set(
    attempts.flatMap(({ outcome, eventId, number }) =>
      outcome === 'success' ? [`${eventId} ${number}`] : [],
    ),
  );
  // Parked and held as number 4, queued as 1, 2 and 4, replayed after number 3, and the events of a batch.
  for (const each of ['evt_1 1', 'evt_1 2', 'evt_1 4', 'lot_evt_1 1', 'lot_evt_2 1'])
    expect(succeeded, each).toContain(each);
});

it.each([
  [
    'https://example.com/hook',
    false,
    'format',
    { dynamicOrigin: false, requestStyle: 'ancrage', redirects: 'fail' },
  ],
  [
    'https://example.com/{{ doc.name }}',
    true,
    'none',
    { dynamicOrigin: false, requestStyle: 'python', redirects: 'follow' },
  ],
  ['{{ data.url }}', true, 'format', { dynamicOrigin: true, requestStyle: 'ancrage', redirects: 'fail' }],
] as const)(
  'requests the URL %s that version 0.1 stored as that version did',
  async (url, dynamicUrl, contentType, read) => {
    const subscription = subscriptionRecord({ url, dynamicUrl, contentType });
    const { dynamicOrigin: _, requestStyle: __, redirects: ___, ...stored } = subscription;
    await putItems(running.table, [{ ...KEY.subscription('erp', subscription.id), ...stored }]);
    expect(await subscriptionStore(running.table).get('erp', subscription.id)).toMatchObject(read);
  },
);
