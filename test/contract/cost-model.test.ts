import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePayload } from '../../bench/cost/sample-payload.ts';
import type { Item } from '../../bin/cost/prices.ts';
import { attemptsOf, DEFAULT_SCENARIO, linesOf, type Scenario } from '../../bin/cost/scenario.ts';
import { allowanceStore } from '../../core/adapters/dynamodb/allowance-store.ts';
import { attemptDigests } from '../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { bindingStore } from '../../core/adapters/dynamodb/binding-store.ts';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { erasureStore } from '../../core/adapters/dynamodb/erasure-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { exchangeCounts } from '../../core/adapters/dynamodb/exchange-counts.ts';
import { fanOutPositions } from '../../core/adapters/dynamodb/fan-out-positions.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { type DataTable, getItem } from '../../core/adapters/dynamodb/table.ts';
import { trafficStore } from '../../core/adapters/dynamodb/traffic-store.ts';
import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { messageQueue } from '../../core/adapters/sqs/message-queue.ts';
import { pumpQueue } from '../../core/adapters/sqs/pump-queue.ts';
import { deliver } from '../../core/deliver/deliver.ts';
import { FullExchanges } from '../../core/deliver/full-exchanges.ts';
import { fanOut } from '../../core/fan-out/fan-out.ts';
import type { FanOutPorts } from '../../core/fan-out/ports.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import { cached } from '../../core/kernel/cache.ts';
import type { OutgoingMessage } from '../../core/model/queue-message.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import type { MessageQueue } from '../../core/ports/message-queue.ts';
import type { Sender } from '../../core/ports/sender.ts';
import { propagation } from '../../core/ports/tracer.ts';
import { publish } from '../../core/publish/publish.ts';
import { PublishingRate } from '../../core/publish/publishing-rate.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { pump } from '../../core/pump/pump.ts';
import { startQueue, startTable } from '../support/engines.ts';
import { inMemoryBodies } from '../support/in-memory/large-bodies.ts';
import { silentLog } from '../support/in-memory/log.ts';
import { silentMetrics } from '../support/in-memory/metrics.ts';
import { received } from '../support/pipeline.ts';
import { NOW, projectRecord, subscriptionRecord } from '../support/records.ts';

/** Compares what `npm run cost` prices with the units of the table that the engine counts for a short run of this code. */
type Measured = Pick<Record<Item, number>, 'dynamodbWrites'>;

const used: Measured = { dynamodbWrites: 0 };
const READS = /^(Get|Query)/;

function meterTable({ client }: DataTable): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Units | Units[] };
      const units = [ConsumedCapacity ?? []]
        .flat()
        .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      if (!READS.test(context.commandName ?? '')) used.dynamodbWrites += units;
      return result;
    },
    { step: 'initialize', priority: 'high' },
  );
}

interface Units {
  readonly CapacityUnits?: number;
}

/** Wrap a queue of the engine, and record the messages that are sent to it. */
function tapped(queue: MessageQueue) {
  const sent: OutgoingMessage[] = [];
  const send: MessageQueue['send'] = (messages) => {
    sent.push(...messages);
    return queue.send(messages);
  };
  return { sent, queue: { send } };
}

/** The size of a number with ten digits. */
const TTL_BYTES = 6;

const time = { now: NOW };
const clock = () => time.now;
let table: DataTable;
let queue: MessageQueue;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const [engine, sqs] = await Promise.all([startTable(clock), startQueue()]);
  stops.push(engine.stop, sqs.stop);
  table = engine.table;
  queue = messageQueue(sqs.client, sqs.queueUrl, silentLog);
  meterTable(table);
});
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
});

const tens = <Each>(all: readonly Each[], size = 10): Each[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** Create a stack's functions over the engines, with a new project. */
async function openStack(given: {
  subscribers: number;
  settings?: Partial<Subscription>;
  status: () => number;
  answer?: string;
}) {
  const project = projectRecord();
  const projects = projectStore(table);
  await projects.create(project, []);
  const subscriptions = subscriptionStore(table);
  for (let n = 0; n < given.subscribers; n++)
    await subscriptions.create(
      subscriptionRecord({ project: project.id, events: ['invoice.created'], ...given.settings }),
    );
  const [events, deliveries, retries, pumps] = [tapped(queue), tapped(queue), tapped(queue), tapped(queue)];
  const getProject = cached(projects.get, { maxAgeMs: 60_000, maxBytes: 1e7, clock });
  const sender: Sender = {
    send: async () => ({
      response: { status: given.status(), headers: { 'x-a': 'b' }, body: given.answer ?? 'ok' },
      durationMs: 5,
    }),
  };
  const ports = {
    projects: getProject,
    senders: { open: () => ({ ...sender, close: () => {} }) },
    stackKey: 'uuid',
    subscriptions,
    flows: flowStore(table),
    mailbox: mailbox(table),
    events: eventStore(table),
    attemptLog: attemptLog(
      table,
      new FullExchanges({
        exchangeCounts: exchangeCounts(table),
        limits: { loggedMegabytesPerDay: 100 },
        clock,
        log: silentLog,
      }),
    ),
    attemptDigests: attemptDigests(table),
    parked: parkedDeliveries(table),
    dueWork: dueWorkStore(table),
    jobs: replayJobStore(table),
    trafficStore: trafficStore(table),
    internalQueue: events.queue,
    retriesQueue: deliveryQueue(retries.queue),
    pumpsQueue: pumpQueue(pumps.queue),
    clock,
    random: () => 0.5,
    log: silentLog,
    metrics: silentMetrics,
    tracer: propagation,
  };
  const rate = new PublishingRate({
    allowances: allowanceStore(table),
    limits: { eventsPerSecond: 100, burst: 5000, megabytesPerDay: 10_000 },
    clock,
  });
  const erasures = erasureStore(table);
  const fanOutPorts: FanOutPorts = {
    ...ports,
    positions: fanOutPositions(table),
    bodies: inMemoryBodies(),
    writeFormat: 2 as const,
    rate,
    validator: new EventValidator({ eventTypes: eventTypeStore(table), clock }),
    bindings: bindingStore(table),
    cachedSubscriptions: { get: subscriptions.get, forget: () => {} },
    deliveriesQueue: deliveryQueue(deliveries.queue),
    deadLetterQueue: queue,
    stackKey: 'uuid',
    defaultProject: undefined,
    deliveriesPerStep: 500,
  };
  /** Return the caches of a function copy that has just started. */
  const newCopy = () => ({
    cachedSubscriptions: cached(subscriptions.get, { clock, maxAgeMs: 10_000, maxBytes: 1e7 }),
    evidence: new EvidenceBook(clock),
    bindings: fanOutPorts.bindings,
    erasures: {
      ...erasures,
      latest: cached(erasures.latest, { clock, maxAgeMs: 10_000, maxBytes: 1e6 }).get,
    },
  });
  const expectDone = (failed: readonly unknown[]) => expect(failed).toEqual([]);
  return {
    async publish(count: number, payloadBytes: number) {
      const one = { type: 'invoice.created', data: samplePayload(payloadBytes) };
      const publishPorts = {
        projects: getProject,
        internalQueue: events.queue,
        writeFormat: 2 as const,
        rate,
        metrics: silentMetrics,
        tracer: propagation,
        clock,
      };
      for (const batch of tens(Array.from({ length: count }, () => one))) {
        await publish(publishPorts, project.id, batch);
        // A copy loses the tokens that it has not used within a second.
        time.now += 1000;
      }
    },
    async fanOut() {
      for (const batch of tens(events.sent.splice(0)))
        expectDone(await fanOut(fanOutPorts, batch.map(received)));
    },
    async deliver() {
      for (const batch of tens(deliveries.sent.splice(0)))
        expectDone(
          await deliver({ ...ports, ...newCopy() }, batch.map(received), { delete: async () => {} }),
        );
    },
    /** Handle the calls of pumps, each in an invocation of its own. */
    async pump() {
      for (const message of pumps.sent.splice(0))
        expectDone(await pump({ ...ports, ...newCopy() }, [received(message)]));
    },
    /** Return the size of the item with the exchange in full of the only attempt; 0 if there is none. */
    async exchangeBytes() {
      const [subscription] = (await subscriptions.list(project.id, { limit: 1, cursor: null })).items;
      const page = { limit: 1, cursor: null };
      const [attempt] = (await attemptLog(table).ofSubscription(subscription?.id ?? '', page)).items;
      const item = await getItem(table, KEY.exchange(project.id, attempt?.eventId ?? '', attempt?.id ?? ''));
      return Object.entries(item ?? {}).reduce(
        (sum, [name, value]) =>
          sum + name.length + (typeof value === 'number' ? TTL_BYTES : (value as string).length),
        0,
      );
    },
  };
}

async function usedBy(run: () => Promise<unknown>): Promise<Measured> {
  const before = { ...used };
  await run();
  return { dynamodbWrites: used.dynamodbWrites - before.dynamodbWrites };
}

/** Return what `npm run cost` prices for a scenario. */
const priced = (scenario: Partial<Scenario>, item: Item): number =>
  linesOf({ ...DEFAULT_SCENARIO, via: 'queue', ...scenario }).reduce(
    (sum, line) => (line.item === item ? sum + line.quantity : sum),
    0,
  );

/** The counts that are priced are those of a day and of kinds of events; a short run is of this code, and of events between them. */
const TOLERANCE = 0.1;
const expectNear = (measured: number, expected: number) => {
  expect(measured).toBeGreaterThan(expected * (1 - TOLERANCE));
  expect(measured).toBeLessThan(expected * (1 + TOLERANCE));
};

describe('the counts that npm run cost prices', () => {
  it.each([
    [1, 1024, 10],
    [10, 1024, 10],
    [5, 2500, 10],
    [10, 200, 10],
    [1, 1024, 1],
    [6, 3000, 1],
  ])(
    'are near the write units of %i subscribers and %i bytes, %i events at once',
    async (subscribers, payloadBytes, batch) => {
      const stack = await openStack({ subscribers, status: () => 200 });
      const run = async (events: number) => {
        for (let n = 0; n < events; n += batch) {
          await stack.publish(batch, payloadBytes);
          await stack.fanOut();
          if (batch === 1) await stack.deliver();
        }
        await stack.deliver();
      };
      // Fills the caches that last a minute.
      await run(batch);
      const events = batch === 1 ? 10 : 100;
      const { dynamodbWrites } = await usedBy(() => run(events));
      expectNear(dynamodbWrites, priced({ events, subscribers, payloadBytes, batch }, 'dynamodbWrites'));
    },
  );

  it('are near the write units of retries, each with a turn of the pump for itself', async () => {
    let status = 404;
    const stack = await openStack({ subscribers: 10, status: () => status });
    const run = async () => {
      status = 404;
      await stack.publish(1, 1024);
      await stack.fanOut();
      await stack.deliver();
      status = 200;
      time.now += 5000;
      await stack.pump();
    };
    await run();
    const { dynamodbWrites } = await usedBy(run);
    // Each of ten subscriptions is retried; the scenario has one event for each, and fails every second attempt.
    const [failing, fine] = [0.5, 0].map((failureRate) =>
      priced({ events: 1000, batch: 1, failureRate }, 'dynamodbWrites'),
    );
    const { retries } = attemptsOf({ ...DEFAULT_SCENARIO, events: 1000, failureRate: 0.5 });
    const each = ((failing ?? 0) - (fine ?? 0)) / retries;
    const delivered = priced({ events: 1, subscribers: 10, batch: 1 }, 'dynamodbWrites');
    expectNear(dynamodbWrites, delivered + 10 * each);
  });
});

describe('a failure that is kept in full', () => {
  it.each([
    ['3 KB', randomBytes(1500).toString('hex'), 1],
    ['16 KB that hardly compress', randomBytes(12_288).toString('base64'), 12],
  ])('takes a write for each KB, and two for its counts: %s', async (_, answer, least) => {
    const failing = async (body: string) => {
      const stack = await openStack({
        ...{ subscribers: 1, settings: { retry: 'none' as const }, status: () => 404, answer: body },
      });
      await stack.publish(1, 200);
      await stack.fanOut();
      const measured = await usedBy(() => stack.deliver());
      return { ...measured, bytes: await stack.exchangeBytes() };
    };
    const [compact, full] = [await failing('ok'), await failing(answer)];
    expect(compact.bytes).toBe(0);
    expect(full.bytes).toBeGreaterThan(least * 1024);
    expect(full.dynamodbWrites - compact.dynamodbWrites).toBe(Math.ceil(full.bytes / 1024) + 2);
  });
});
