import { formats } from '../../core/dialects/index.ts';
import { readDeliveryMessage } from '../../core/domain/delivery.ts';
import type { SendResult } from '../../core/domain/exchange.ts';
import { disabled, revise, type Subscription } from '../../core/domain/subscription.ts';
import type { ParkedDeliveries } from '../../core/ports.ts';
import { attemptDelivery } from '../../core/use-cases/attempt-delivery.ts';
import { cached } from '../../core/use-cases/cached.ts';
import { checkEvent } from '../../core/use-cases/check-event.ts';
import { deliver } from '../../core/use-cases/deliver.ts';
import { disableSubscription } from '../../core/use-cases/disable-subscription.ts';
import { fanOut } from '../../core/use-cases/fan-out.ts';
import { publishOwn } from '../../core/use-cases/publish-own.ts';
import { recordAttempts } from '../../core/use-cases/record-attempts.ts';
import { sweep } from '../../core/use-cases/sweep.ts';
import { trackHealth } from '../../core/use-cases/track-health.ts';
import { inMemoryAttempts, inMemoryEvents } from '../support/in-memory/events.ts';
import { silentLog } from '../support/in-memory/log.ts';
import { inMemoryParkedDeliveries } from '../support/in-memory/parked-deliveries.ts';
import { inMemoryTenants } from '../support/in-memory/projects-and-keys.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { NOW, projectRecord, subscriptionRecord } from '../support/records.ts';
import { Invocation } from './invocation.ts';
import { Random } from './random.ts';
import { SimulatedQueue } from './simulated-queue.ts';
import { VirtualTime } from './virtual-time.ts';

/** What a broken variant replaces, to show that the simulation would catch it. */
export interface Variant {
  readonly parked?: (parked: ParkedDeliveries) => ParkedDeliveries;
  readonly retriesQueue?: (queue: SimulatedQueue) => SimulatedQueue;
  readonly cacheMs?: number;
}

export interface SentRequest {
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly number: number;
  readonly at: number;
  readonly endedAt: number;
  readonly result: SendResult;
}

export const CACHE_MS = 10_000;
const MINUTE = 60_000;
const EVENTS_VISIBILITY = 180_000;
const DELIVERIES_VISIBILITY = 360_000;

type Behaviour = 'healthy' | 'slow' | 'flapping' | 'dead' | 'gone' | 'busy';
const BEHAVIOURS: readonly Behaviour[] = ['healthy', 'healthy', 'slow', 'flapping', 'dead', 'gone', 'busy'];
/** `none`, or waits in seconds that take both lanes. */
const SCHEDULES: readonly ('none' | readonly number[])[] = [[5, 30, 300], [2, 1000, 2000], [1000, 5], 'none'];

/**
 * The use-cases over in-memory ports, with a virtual clock and seeded faults: duplicates, reordering, crashes between
 * any two steps, throttling, partial batch writes, stale caches, failed log writes, endpoints of all kinds, and
 * subscriptions that change meanwhile.
 */
export class World {
  readonly time = new VirtualTime(NOW);
  readonly requests: SentRequest[] = [];
  readonly accepted: string[] = [];
  readonly subscriptionIds: string[] = [];
  /** When a subscription was deleted or disabled by its owner. */
  readonly endedAt = new Map<string, number>();
  readonly random: Random;
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #schedules = new Map<string, 'none' | readonly number[]>();
  readonly #variant: Variant;
  readonly #tenants = inMemoryTenants(this.time.clock);
  readonly #stores = inMemorySubscriptions();
  readonly #events = inMemoryEvents(this.time.clock);
  readonly #attemptLog = inMemoryAttempts(this.time.clock);
  readonly #parked: ParkedDeliveries;
  readonly eventsQueue: SimulatedQueue;
  readonly deliveriesQueue: SimulatedQueue;
  readonly retriesQueue: SimulatedQueue;
  readonly #faults;

  constructor(seed: number, variant: Variant = {}) {
    this.random = new Random(seed);
    this.#variant = variant;
    // Some worlds are calm: what only calm shows must not hide behind the faults.
    const harshness = this.random.pick([0, 0.2, 1]);
    this.#faults = { crash: 0.01 * harshness, throttle: 0.03 * harshness };
    const queueFaults = { unsent: 0.05 * harshness, twice: 0.05 * harshness };
    const queue = (name: string, visibility: number) =>
      new SimulatedQueue(name, this.time, this.random, queueFaults, visibility);
    this.eventsQueue = queue('events', EVENTS_VISIBILITY);
    this.deliveriesQueue = queue('deliveries', DELIVERIES_VISIBILITY);
    const retries = queue('retries', DELIVERIES_VISIBILITY);
    this.retriesQueue = variant.retriesQueue?.(retries) ?? retries;
    const parked = inMemoryParkedDeliveries();
    this.#parked = variant.parked?.(parked) ?? parked;
  }

  /** Whether nothing is under way any more. */
  async isQuiet(): Promise<boolean> {
    const waiting = await Promise.all(
      this.subscriptionIds.map((id) => this.#parked.ofSubscription(id, { limit: 1, cursor: null })),
    );
    const queues = [this.eventsQueue, this.deliveriesQueue, this.retriesQueue];
    return queues.every(({ size }) => size === 0) && waiting.every(({ items }) => items.length === 0);
  }

  /** Events, subscriptions, changes, workers; until nothing is under way, and for ten hours at most. */
  async run(): Promise<void> {
    await this.#tenants.projects.create(projectRecord({ id: 'erp' }), []);
    const subscriptions = 1 + this.random.integer(6);
    for (let n = 0; n < subscriptions; n++) await this.#subscribe(n);
    const events = 1 + this.random.integer(8);
    for (let n = 0; n < events; n++) this.#publishSoon(`e${n}`);
    for (const id of this.subscriptionIds) if (this.random.chance(0.25)) this.#changeSoon(id);

    for (let copy = 0; copy < 2; copy++) {
      this.#work(this.eventsQueue, (invocation, messages) => this.#fanOut(invocation)(messages));
      this.#work(this.deliveriesQueue, this.#deliverer());
      this.#work(this.retriesQueue, this.#deliverer());
    }
    this.#sweepEachMinute();
    const end = NOW + 600 * MINUTE;
    for (let until = NOW + 20 * MINUTE; until <= end; until += 20 * MINUTE) {
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
    });
    this.#behaviours.set(id, this.random.pick(BEHAVIOURS));
    this.subscriptionIds.push(id);
    await this.#stores.subscriptions.create(subscription);
  }

  #publishSoon(id: string): void {
    const message = {
      body: JSON.stringify({ project: 'erp', type: 'invoice.created', id, data: {} }),
      groupId: 'erp',
    };
    this.time.at(NOW + this.random.integer(5 * MINUTE), () => {
      this.accepted.push(id);
      this.eventsQueue.put(message);
      // A publisher that saw no answer sends again.
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

  #invoke(): Invocation {
    return new Invocation(this.time, this.random, this.#faults);
  }

  /** A poller: receives, invokes, deletes what was handled. A function that died lets its messages come back. */
  #work(
    queue: SimulatedQueue,
    handle: (invocation: Invocation, messages: Parameters<ReturnType<typeof fanOut>>[0]) => Promise<string[]>,
  ): void {
    const poll = async () => {
      const messages = queue.receive(1 + this.random.integer(10));
      if (messages.length > 0) {
        const invocation = this.#invoke();
        const timeout = this.time.sleep(60_000).then(() => null);
        const failed = await Promise.race([handle(invocation, messages), timeout]);
        if (failed !== null && !invocation.dead)
          queue.delete(messages.map(({ id }) => id).filter((id) => !failed.includes(id)));
      }
      const next = queue.nextVisibleAt() ?? this.time.now;
      this.time.at(Math.max(next, this.time.now + 500), poll);
    };
    this.time.at(this.time.now + this.random.integer(500), poll);
  }

  #fanOut(invocation: Invocation) {
    return fanOut({
      projects: invocation.through(this.#tenants.projects),
      events: invocation.through(this.#events, ['putOnce', 'get']),
      checkEvent: checkEvent({ eventTypes: this.#tenants.eventTypes, clock: this.time.clock }),
      bindings: invocation.through(this.#stores.bindings, ['page']),
      deliveriesQueue: invocation.through(this.deliveriesQueue, ['send']),
      eventsQueue: invocation.through(this.eventsQueue, ['send']),
      deadLetterQueue: this.eventsQueue.asDeadLetterQueue(),
      log: silentLog,
      defaultProject: undefined,
      deliveriesPerStep: 2,
    });
  }

  /** One function's environment: what it remembers of subscriptions outlives its invocations. */
  #deliverer() {
    const { subscriptions } = this.#stores;
    const maxAgeMs = this.#variant.cacheMs ?? CACHE_MS;
    const remembered = {
      get: cached(subscriptions.get, { maxAgeMs, maxEntries: 100, clock: this.time.clock }),
    };
    return (invocation: Invocation, messages: Parameters<ReturnType<typeof deliver>>[0]) => {
      const parked = invocation.through(this.#parked, ['park', 'claimed', 'complete']);
      const log = silentLog;
      const clock = this.time.clock;
      const attemptLog = invocation.through(this.#attemptLog, ['record', 'end']);
      const attempts = recordAttempts(attemptLog, log);
      const sender = (delivery: { subscriptionId: string; eventId: string; number: number }) =>
        this.#sender(delivery);
      const own = publishOwn({ eventsQueue: invocation.through(this.eventsQueue, ['send']), clock, log });
      const disable = disableSubscription({
        subscriptions: invocation.through(subscriptions, ['get', 'update', 'delete']),
        publishOwn: own,
        clock,
        log,
      });
      const health = trackHealth({
        health: invocation.through(this.#stores.health, ['recordFailures', 'recordSuccess']),
        disableSubscription: disable,
        clock,
        log,
      });
      const handle = deliver({
        events: invocation.through(this.#events, ['get']),
        parked,
        attempts,
        health,
        log,
        attemptDelivery: (delivery) =>
          attemptDelivery({
            subscriptions: invocation.through(remembered),
            disableSubscription: disable,
            publishOwn: own,
            health,
            formats,
            sender: invocation.through(sender({ ...delivery, eventId: delivery.event.id })),
            retriesQueue: invocation.through(this.retriesQueue, ['send']),
            parked,
            attempts,
            attemptLog,
            clock,
            random: () => this.random.next(),
            log,
          })(delivery),
      });
      return handle(messages);
    };
  }

  #sender({ subscriptionId, eventId, number }: { subscriptionId: string; eventId: string; number: number }) {
    return {
      send: async (): Promise<SendResult> => {
        const at = this.time.now;
        const behaviour = this.#behaviours.get(subscriptionId) ?? 'healthy';
        await this.time.sleep(behaviour === 'slow' ? 9000 : 1 + this.random.integer(200));
        const result = this.#answer(behaviour, this.time.now - at);
        this.requests.push({ subscriptionId, eventId, number, at, endedAt: this.time.now, result });
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
      const invocation = this.#invoke();
      void sweep({
        parked: invocation.through(this.#parked, ['due', 'claim']),
        retriesQueue: invocation.through(this.retriesQueue, ['send']),
        clock: this.time.clock,
        log: silentLog,
      })(() => true);
      this.time.at(this.time.now + MINUTE, tick);
    };
    this.time.at(NOW + MINUTE, tick);
  }

  /** Deliveries that ended in a dead-letter queue: `subscription event`, or `* event` before fan-out. */
  deadLetters(): Set<string> {
    const ofDeliveries = [...this.deliveriesQueue.deadLetters, ...this.retriesQueue.deadLetters].map(
      ({ body }) => {
        const read = readDeliveryMessage(body);
        return `${read.subscriptionId} ${'lease' in read ? read.eventId : read.event.id}`;
      },
    );
    const ofEvents = this.eventsQueue.deadLetters.map(
      ({ body }) => `* ${JSON.parse(body).id ?? JSON.parse(body).eventId}`,
    );
    return new Set([...ofDeliveries, ...ofEvents]);
  }

  retryOf(id: string): 'none' | readonly number[] {
    return this.#schedules.get(id) ?? 'none';
  }

  subscription(id: string): Promise<Subscription | null> {
    return this.#stores.subscriptions.get('erp', id);
  }
}
