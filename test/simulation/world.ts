import { deliveryQueue } from '../../core/adapters/sqs/delivery-queue.ts';
import { pumpQueue } from '../../core/adapters/sqs/pump-queue.ts';
import { deliver } from '../../core/deliver/deliver.ts';
import { fanOut } from '../../core/fan-out/fan-out.ts';
import { EvidenceBook } from '../../core/flow/evidence-book.ts';
import { cached } from '../../core/kernel/cache.ts';
import { readDeliveryMessage } from '../../core/model/delivery-message.ts';
import type { QueueMessage, Unhandled } from '../../core/model/queue-message.ts';
import { isRunning, type ReplayJob } from '../../core/model/replay-job.ts';
import type { SendResult } from '../../core/model/send-result.ts';
import { disabled, revise, type Subscription } from '../../core/model/subscription.ts';
import type { DueWorkStore } from '../../core/ports/due-work-store.ts';
import type { EventStore } from '../../core/ports/event-store.ts';
import type { FlowStore } from '../../core/ports/flow-store.ts';
import type { Mailbox } from '../../core/ports/mailbox.ts';
import type { Receipts } from '../../core/ports/receipts.ts';
import type { ReplayJobStore } from '../../core/ports/replay-job-store.ts';
import type { AboutRequest, Sender } from '../../core/ports/sender.ts';
import { propagation } from '../../core/ports/tracer.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { pump } from '../../core/pump/pump.ts';
import { receive } from '../../core/receive/receive.ts';
import { replayEvent } from '../../core/replay/replay-event.ts';
import { startReplay } from '../../core/replay/replay-subscription.ts';
import { sweep } from '../../core/sweep/sweep.ts';
import { inMemoryDigests } from '../support/in-memory/attempt-digests.ts';
import { inMemoryDueWork } from '../support/in-memory/due-work.ts';
import { inMemoryAttempts, inMemoryEvents } from '../support/in-memory/events.ts';
import { inMemoryFanOutPositions } from '../support/in-memory/fan-out-positions.ts';
import { inMemoryBodies } from '../support/in-memory/large-bodies.ts';
import { inMemoryTenants } from '../support/in-memory/projects-and-keys.ts';
import { UNLIMITED } from '../support/in-memory/rate.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { inMemoryTraffic } from '../support/in-memory/traffic.ts';
import { NOW, projectRecord, subscriptionRecord } from '../support/records.ts';
import { Invocation } from './invocation.ts';
import { Random } from './random.ts';
import { SimulatedQueue } from './simulated-queue.ts';
import { Trace } from './trace.ts';
import { VirtualTime } from './virtual-time.ts';

/** The parts that a broken variant replaces, to show that the simulation catches it. */
export interface Variant {
  readonly dueWork?: (dueWork: DueWorkStore) => DueWorkStore;
  readonly flows?: (flows: FlowStore) => FlowStore;
  readonly mailbox?: (mailbox: Mailbox) => Mailbox;
  readonly events?: (events: EventStore) => EventStore;
  readonly jobs?: (jobs: ReplayJobStore) => ReplayJobStore;
  readonly retriesQueue?: (queue: SimulatedQueue) => SimulatedQueue;
  readonly cacheMs?: number;
}

type Handle = (
  invocation: Invocation,
  messages: readonly QueueMessage[],
  receipts: Receipts,
) => Promise<Unhandled[]>;

export interface SentRequest extends AboutRequest {
  readonly acceptedAt: string;
  readonly at: number;
  readonly endedAt: number;
  readonly result: SendResult;
}

export const CACHE_MS = 10_000;
const MINUTE = 60_000;
const EVENTS_VISIBILITY = 180_000;
const DELIVERIES_VISIBILITY = 360_000;

type Behaviour = 'healthy' | 'slow' | 'flapping' | 'dead' | 'recovering' | 'gone' | 'busy';
const BEHAVIOURS: readonly Behaviour[] = [
  'healthy',
  'slow',
  'flapping',
  'dead',
  'recovering',
  'recovering',
  'gone',
  'busy',
];
/** Until then, a recovering endpoint responds with a 503. */
const RECOVERS_AFTER = 25 * MINUTE;
/** `none`, or waits in seconds, both queued and parked. */
const SCHEDULES: readonly ('none' | readonly number[])[] = [[5, 30, 300], [2, 1000, 2000], [1000, 5], 'none'];

/**
 * The pipeline over in-memory ports, with a virtual clock and seeded faults: duplicates, reordering, crashes between any two
 * steps, throttling, partial batch writes, stale caches, failed log writes, endpoints of all kinds, and subscriptions that
 * change meanwhile.
 */
export class World {
  readonly time = new VirtualTime(NOW);
  readonly trace: Trace;
  readonly requests: SentRequest[] = [];
  readonly accepted: string[] = [];
  readonly subscriptionIds: string[] = [];
  readonly replayed: { subscriptionId: string; eventId: string; replayId: string }[] = [];
  readonly jobs: { subscriptionId: string; jobId: string; only: ReplayJob['only'] }[] = [];
  /** When a subscription was deleted or disabled by its owner. */
  readonly endedAt = new Map<string, number>();
  readonly random: Random;
  /** Whether only endpoints fail. */
  readonly calm: boolean;
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #schedules = new Map<string, 'none' | readonly number[]>();
  readonly #variant: Variant;
  readonly #tenants = inMemoryTenants(this.time.clock);
  readonly #stores = inMemorySubscriptions();
  readonly #waiting = inMemoryDueWork(this.time.clock, this.#stores.all);
  readonly #events: EventStore;
  readonly #positions = inMemoryFanOutPositions(this.time.clock);
  readonly #attemptLog = inMemoryAttempts(this.time.clock);
  readonly #attemptDigests = inMemoryDigests(this.#attemptLog);
  readonly #traffic = inMemoryTraffic();
  readonly eventsQueue: SimulatedQueue;
  readonly internalQueue: SimulatedQueue;
  readonly deliveriesQueue: SimulatedQueue;
  readonly retriesQueue: SimulatedQueue;
  readonly pumpsQueue: SimulatedQueue;
  readonly #faults;
  readonly #mailbox: Mailbox;

  constructor(seed: number, variant: Variant = {}, printTrace = false) {
    this.trace = new Trace(this.time.clock, printTrace);
    this.random = new Random(seed);
    this.#variant = variant;
    const events = inMemoryEvents(this.time.clock);
    this.#events = variant.events?.(events) ?? events;
    // Some worlds are calm, because faults could hide breaches of order.
    const harshness = this.random.pick([0, 0.2, 1]);
    this.calm = harshness === 0;
    this.#faults = { crash: 0.01 * harshness, throttle: 0.03 * harshness };
    const queueFaults = { unsent: 0.05 * harshness, twice: 0.05 * harshness };
    const queue = (name: string, visibility: number) =>
      new SimulatedQueue(name, this.time, this.random, queueFaults, visibility, this.trace);
    this.eventsQueue = queue('events', EVENTS_VISIBILITY);
    this.internalQueue = queue('internal', EVENTS_VISIBILITY);
    this.deliveriesQueue = queue('deliveries', DELIVERIES_VISIBILITY);
    const retries = queue('retries', DELIVERIES_VISIBILITY);
    this.retriesQueue = variant.retriesQueue?.(retries) ?? retries;
    this.pumpsQueue = queue('pumps', DELIVERIES_VISIBILITY);
    const { dueWork, mailbox, flows, jobs } = this.#waiting;
    this.#waiting.dueWork = variant.dueWork?.(dueWork) ?? dueWork;
    this.#waiting.flows = variant.flows?.(flows) ?? flows;
    this.#waiting.jobs = this.#noted(variant.jobs?.(jobs) ?? jobs);
    this.#mailbox = variant.mailbox?.(mailbox) ?? mailbox;
  }

  /** Return whether nothing is under way. */
  async isQuiet(): Promise<boolean> {
    const waiting = await Promise.all(
      this.subscriptionIds.map((id) => this.#mailbox.list(id, { limit: 1, cursor: null })),
    );
    const { eventsQueue, internalQueue, deliveriesQueue, retriesQueue, pumpsQueue } = this;
    const queues = [eventsQueue, internalQueue, deliveriesQueue, retriesQueue, pumpsQueue];
    const jobs = await Promise.all(this.jobs.map((job) => this.job(job)));
    if (jobs.some((job) => job !== null && isRunning(job))) return false;
    return queues.every(({ size }) => size === 0) && waiting.every(({ items }) => items.length === 0);
  }

  /** Run the world until nothing is under way, for a week at most. */
  async run(): Promise<void> {
    await this.#tenants.projects.create(projectRecord({ id: 'erp' }), []);
    const subscriptions = 1 + this.random.integer(6);
    for (let n = 0; n < subscriptions; n++) await this.#subscribe(n);
    const events = 1 + this.random.integer(12);
    // Some are published at once, and are fanned out and delivered in event batches.
    const bursts = Array.from({ length: 1 + this.random.integer(events) }, () =>
      this.random.integer(5 * MINUTE),
    );
    for (let n = 0; n < events; n++) this.#publishSoon(`e${n}`, NOW + this.random.pick(bursts));
    for (const id of this.subscriptionIds) {
      // Probing a dead endpoint for five days takes long, so its owner mostly gives up earlier.
      if (this.#behaviours.get(id) === 'dead' && this.random.chance(0.9)) this.#giveUp(id);
      if (this.random.chance(0.25)) this.#changeSoon(id);
      if (this.random.chance(0.4)) this.#replaySoon(id);
    }

    for (let copy = 0; copy < 2; copy++) {
      const { eventsQueue, internalQueue, deliveriesQueue, retriesQueue, pumpsQueue } = this;
      for (const queue of [eventsQueue, internalQueue])
        this.#work(queue, internalQueue, (invocation, messages) => this.#fanOut(queue, invocation, messages));
      this.#work(deliveriesQueue, retriesQueue, this.#deliverer());
      this.#work(retriesQueue, retriesQueue, this.#deliverer());
      this.#work(pumpsQueue, pumpsQueue, this.#pumper());
    }
    this.#sweepEachMinute();
    const end = NOW + 10_080 * MINUTE;
    for (let until = NOW + 60 * MINUTE; until <= end; until += 60 * MINUTE) {
      await this.time.runUntil(until);
      if (await this.isQuiet()) return;
    }
  }

  async #subscribe(n: number): Promise<void> {
    const id = `sub_${n}`;
    const retry = this.random.pick(SCHEDULES);
    this.#schedules.set(id, retry);
    const subscription = subscriptionRecord({
      id,
      url: `https://example.com/${id}`,
      events: this.random.pick([['invoice.created'], ['invoice.*'], ['*'], ['invoice.*', 'invoice.created']]),
      retry,
      onGone: this.random.pick(['disable', 'remove']),
      ordering: this.random.pick(['none', 'none', 'strict']),
    });
    this.#behaviours.set(id, this.random.pick(BEHAVIOURS));
    this.subscriptionIds.push(id);
    await this.#stores.subscriptions.create(subscription);
  }

  #publishSoon(id: string, at: number): void {
    const orderingKey = this.random.pick(['a', 'b', undefined]);
    const message = {
      body: JSON.stringify({ project: 'erp', type: 'invoice.created', id, data: {}, orderingKey }),
      groupId: 'erp',
    };
    this.time.at(at, () => {
      this.accepted.push(id);
      this.eventsQueue.put(message);
      // A publisher that got no response sends the event again.
      if (this.random.chance(0.2)) this.eventsQueue.put(message);
    });
  }

  #changeSoon(id: string): void {
    this.time.at(NOW + this.random.integer(40 * MINUTE), async () => {
      const { subscriptions } = this.#stores;
      const subscription = await subscriptions.get('erp', id);
      if (subscription === null) return;
      const change = this.random.pick(['delete', 'disable', 'rename']);
      if (change !== 'rename') this.endedAt.set(id, this.time.now);
      if (change === 'delete') await subscriptions.delete(subscription);
      else
        await subscriptions.update(
          subscription,
          revise(
            subscription,
            change === 'disable' ? disabled('manual', this.time.now) : { name: 'x' },
            this.time.now,
          ),
        );
    });
  }

  #giveUp(id: string): void {
    this.time.at(NOW + (2 + this.random.integer(4)) * 60 * MINUTE, async () => {
      const { subscriptions } = this.#stores;
      const subscription = await subscriptions.get('erp', id);
      if (subscription === null || !subscription.enabled) return;
      this.endedAt.set(id, this.time.now);
      const changes = disabled('manual', this.time.now);
      await subscriptions.update(subscription, revise(subscription, changes, this.time.now));
    });
  }

  /** Replay one event or all, as a user does. */
  #replaySoon(id: string): void {
    this.time.at(NOW + (5 + this.random.integer(90)) * MINUTE, async () => {
      const { subscriptions } = this.#stores;
      const invocation = this.#invoke();
      const { jobs, flows } = this.#waiting;
      const ports = {
        subscriptions,
        jobs: invocation.through(jobs, ['create', 'handOver']),
        flows: invocation.through(flows, ['wake']),
        internalQueue: this.internalQueue,
        retriesQueue: deliveryQueue(this.retriesQueue),
        pumpsQueue: pumpQueue(this.pumpsQueue),
        limits: { jobs: 1000 },
        clock: this.time.clock,
      };
      if ((await subscriptions.get('erp', id))?.enabled !== true) return;
      const since = new Date(NOW).toISOString();
      const only = this.random.pick(['failed', 'all', 'missing'] as const);
      const event = await this.#events.get('erp', this.random.pick(this.accepted));
      if (event !== null && this.random.chance(0.5)) {
        const replayId = await replayEvent(ports, event, id).catch(() => null);
        if (replayId !== null) this.replayed.push({ subscriptionId: id, eventId: event.id, replayId });
        return;
      }
      // Beside the usual faults, every third function that starts a job dies after it has stored the job.
      const dies = this.jobs.length % 3 === 2;
      const starting = dies ? { ...ports, flows: { wake: () => new Promise<never>(() => {}) } } : ports;
      void startReplay(starting, 'erp', id, { since, until: undefined, only }).catch(() => {});
    });
  }

  /** Return a store of jobs that notes each that is created. */
  #noted(jobs: ReplayJobStore): ReplayJobStore {
    return {
      ...jobs,
      create: async (job, lease) => {
        const claim = await jobs.create(job, lease);
        this.jobs.push({ subscriptionId: job.subscriptionId, jobId: job.id, only: job.only });
        return claim;
      },
    };
  }

  job({ subscriptionId, jobId }: { subscriptionId: string; jobId: string }): Promise<ReplayJob | null> {
    return this.#waiting.jobs.get(subscriptionId, jobId);
  }

  #invoke(): Invocation {
    return new Invocation(this.time, this.random, this.#faults);
  }

  /** Poll a queue: receive, invoke, and delete the handled messages. The messages of a dead function become visible again. */
  #work(queue: SimulatedQueue, copiesQueue: SimulatedQueue, handle: Handle): void {
    const poll = async () => {
      const messages = queue.receive(1 + this.random.integer(10));
      if (messages.length > 0) {
        const invocation = this.#invoke();
        const timeout = this.time.sleep(60_000).then(() => null);
        const ports = {
          receipts: {
            delete: async (ids: readonly string[]) => queue.delete(ids),
            postpone: async (some: Parameters<SimulatedQueue['postpone']>[0]) => queue.postpone(some),
          },
          copiesQueue: invocation.through(copiesQueue),
          ...{ clock: this.time.clock, random: () => this.random.next(), log: this.trace.log },
        };
        const received = receive(ports, messages, (some) => handle(invocation, some, ports.receipts));
        const failed = await Promise.race([received, timeout]);
        if (failed !== null && !invocation.dead)
          queue.delete(messages.map(({ id }) => id).filter((id) => !failed.includes(id)));
      }
      queue.whenVisible(this.time.now + 500, poll);
    };
    this.time.at(this.time.now + this.random.integer(500), poll);
  }

  #fanOut(
    queue: SimulatedQueue,
    invocation: Invocation,
    messages: readonly QueueMessage[],
  ): Promise<Unhandled[]> {
    const ports = {
      projects: invocation.through(this.#tenants.projects),
      events: invocation.through(this.#events, ['putOnce', 'append', 'get']),
      positions: invocation.through(this.#positions, ['get', 'move']),
      bodies: inMemoryBodies(),
      writeFormat: 2 as const,
      rate: UNLIMITED,
      validator: new EventValidator({ eventTypes: this.#tenants.eventTypes, clock: this.time.clock }),
      bindings: invocation.through(this.#stores.bindings, ['page']),
      cachedSubscriptions: {
        ...invocation.through({ get: this.#stores.subscriptions.get }, ['get']),
        forget: () => {},
      },
      clock: this.time.clock,
      deliveriesQueue: deliveryQueue(invocation.through(this.deliveriesQueue, ['send'])),
      retriesQueue: deliveryQueue(invocation.through(this.retriesQueue, ['send'])),
      internalQueue: invocation.through(this.internalQueue, ['send']),
      deadLetterQueue: queue.asDeadLetterQueue(),
      stackKey: 'uuid',
      log: this.trace.log,
      metrics: this.trace.metrics,
      tracer: propagation,
      defaultProject: undefined,
      deliveriesPerStep: 2,
    };
    return fanOut(ports, messages, this.time.now + this.random.pick([0, 300]));
  }

  /** Create one copy of deliver. */
  #deliverer(): Handle {
    const copyOf = this.#attempter();
    return (invocation, messages, receipts) => {
      const ports = {
        ...copyOf(invocation),
        attemptLog: invocation.through(this.#attemptLog, ['record', 'end', 'last']),
        bindings: this.#stores.bindings,
        erasures: invocation.through(this.#waiting.erasures, ['latest']),
        parked: invocation.through(this.#waiting.parked, ['held', 'release']),
        dueWork: invocation.through(this.#waiting.dueWork, ['claimed', 'complete']),
        jobs: invocation.through(this.#waiting.jobs, ['handOver']),
        retriesQueue: deliveryQueue(invocation.through(this.retriesQueue, ['send'])),
      };
      return deliver(ports, messages, receipts);
    };
  }

  /** Create one copy of pump. */
  #pumper(): Handle {
    const copyOf = this.#attempter();
    return (invocation, messages) => {
      const ports = {
        ...copyOf(invocation),
        mailbox: invocation.through(this.#mailbox, [
          'write',
          'read',
          'hasFirst',
          'queue',
          'marks',
          'mark',
          'unmark',
        ]),
        events: invocation.through(this.#events, ['get', 'list']),
        attemptLog: invocation.through(this.#attemptLog, ['record', 'end', 'last']),
        jobs: invocation.through(this.#waiting.jobs, ['running', 'replace']),
      };
      return pump(ports, messages);
    };
  }

  /** Create what a copy of deliver and one of pump share. Its cached subscriptions and its evidence outlive its invocations. */
  #attempter() {
    const { subscriptions } = this.#stores;
    const maxAgeMs = this.#variant.cacheMs ?? CACHE_MS;
    const { clock } = this.time;
    const cache = cached(subscriptions.get, { maxAgeMs, maxBytes: 1e7, clock });
    const evidence = new EvidenceBook(clock);
    return (invocation: Invocation) => ({
      evidence,
      stackKey: 'uuid',
      subscriptions: invocation.through(subscriptions, ['get', 'update', 'delete']),
      cachedSubscriptions: { ...invocation.through({ get: cache.get }), forget: cache.forget },
      projects: invocation.through(this.#tenants.projects, ['get']),
      flows: invocation.through(this.#waiting.flows, [
        'get',
        'change',
        'setMode',
        'addHeld',
        'wake',
        'take',
        'renew',
        'release',
        'idle',
      ]),
      events: invocation.through(this.#events, ['get']),
      attemptLog: invocation.through(this.#attemptLog, ['record', 'end']),
      mailbox: invocation.through(this.#mailbox, ['write']),
      attemptDigests: invocation.through(this.#attemptDigests, ['write']),
      trafficStore: invocation.through(this.#traffic, ['add']),
      senders: { open: () => ({ ...invocation.through(this.#sender()), close: () => {} }) },
      internalQueue: invocation.through(this.internalQueue, ['send']),
      pumpsQueue: pumpQueue(invocation.through(this.pumpsQueue, ['send'])),
      clock,
      random: () => this.random.next(),
      log: this.trace.log,
      metrics: this.trace.metrics,
      tracer: propagation,
    });
  }

  #sender(): Sender {
    return {
      send: async (_request, about) => {
        const at = this.time.now;
        const behaviour = this.#behaviours.get(about.subscriptionId) ?? 'healthy';
        await this.time.sleep(behaviour === 'slow' ? 9000 : 1 + this.random.integer(200));
        const result = this.#answer(behaviour, this.time.now - at);
        const endedAt = this.time.now;
        const { subscriptionId, eventId, number, replayId, probe } = about;
        this.trace.note('request', subscriptionId, eventId, number, at, result, probe, replayId);
        const acceptedAt = (await this.#events.get('erp', about.eventId))?.acceptedAt ?? '';
        this.requests.push({ ...about, acceptedAt, at, endedAt, result });
        return result;
      },
    };
  }

  #answer(behaviour: Behaviour, durationMs: number): SendResult {
    const status = (code: number, headers: Record<string, string> = {}): SendResult => ({
      response: { status: code, headers, body: '' },
      durationMs,
    });
    switch (behaviour) {
      case 'flapping':
        return this.random.chance(0.5) ? status(200) : status(500);
      case 'recovering':
        return this.time.now < NOW + RECOVERS_AFTER ? status(503) : status(200);
      case 'dead':
        return { error: 'connection', detail: 'refused', durationMs };
      case 'gone':
        return status(410);
      case 'busy':
        return this.random.chance(0.5) ? status(200) : status(429, { 'retry-after': '60' });
      default:
        return status(200);
    }
  }

  #sweepEachMinute(): void {
    const tick = () => {
      // A sweep that would find nothing is skipped to save time.
      if (this.#waiting.nextDueAt() <= this.time.now + 3 * MINUTE) this.#sweep();
      this.time.at(this.time.now + MINUTE, tick);
    };
    this.time.at(NOW + MINUTE, tick);
  }

  #sweep(): void {
    const invocation = this.#invoke();
    const ports = {
      dueWork: invocation.through(this.#waiting.dueWork, ['due', 'claim', 'callPump']),
      retriesQueue: deliveryQueue(invocation.through(this.retriesQueue, ['send'])),
      pumpsQueue: pumpQueue(invocation.through(this.pumpsQueue, ['send'])),
      clock: this.time.clock,
      log: this.trace.log,
      metrics: this.trace.metrics,
      tracer: propagation,
    };
    void sweep(ports, Number.POSITIVE_INFINITY);
  }

  /** Return the ids of the events in the project log. */
  async listed(): Promise<string[]> {
    const { items } = await this.#events.list('erp', {}, { limit: 1000, cursor: null });
    return items.map(({ id }) => id);
  }

  /** Return the deliveries in dead-letter queues as `subscription event`, or `* event` before fan-out. */
  deadLetters(): Set<string> {
    const ofDeliveries = [...this.deliveriesQueue.deadLetters, ...this.retriesQueue.deadLetters].flatMap(
      ({ body }) => {
        const read = readDeliveryMessage(body);
        if (read.kind === 'delivery') return [`${read.delivery.subscriptionId} ${read.delivery.event.id}`];
        if (read.kind === 'event-batch') return read.events.map(({ id }) => `${read.subscriptionId} ${id}`);
        // Claimed work comes up again when its lease ends.
        return read.kind === 'replay' ? [`${read.replayed.subscriptionId} ${read.replayed.eventId}`] : [];
      },
    );
    const ofEvents = [...this.eventsQueue.deadLetters, ...this.internalQueue.deadLetters].map(
      ({ body }) => `* ${JSON.parse(body).id ?? JSON.parse(body).eventId}`,
    );
    return new Set([...ofDeliveries, ...ofEvents]);
  }

  async peek() {
    return Promise.all(
      this.subscriptionIds.map(async (id) => [
        id,
        JSON.stringify(await this.#waiting.flows.get(id)),
        JSON.stringify((await this.#mailbox.list(id, { limit: 3, cursor: null })).items),
      ]),
    );
  }

  retryOf(id: string): 'none' | readonly number[] {
    return this.#schedules.get(id) ?? 'none';
  }

  subscription(id: string): Promise<Subscription | null> {
    return this.#stores.subscriptions.get('erp', id);
  }
}
