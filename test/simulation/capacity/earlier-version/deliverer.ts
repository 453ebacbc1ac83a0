import { deliveryQueue } from '../../../../core/adapters/sqs/delivery-queue.ts';
import { sendAttempt } from '../../../../core/deliver/send-attempt.ts';
import { cached } from '../../../../core/kernel/cache.ts';
import { jitter } from '../../../../core/kernel/jitter.ts';
import type { Delivery, ParkedDelivery } from '../../../../core/model/delivery.ts';
import { readDeliveryMessage } from '../../../../core/model/delivery-message.ts';
import { type Claim, type LegacyBreaker, STEP_MS, stepLease } from '../../../../core/model/due-work.ts';
import { nextAttemptAt } from '../../../../core/model/retry-schedule.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import { CONSEQUENCES, type Verdict } from '../../../../core/model/verdict.ts';
import { propagation } from '../../../../core/ports/tracer.ts';
import type { FunctionCopy } from '../function-copy.ts';
import type { Handler } from '../lane.ts';
import { NETWORK, QUEUES } from '../table.ts';
import type { World } from '../world.ts';
import type { EarlierHealth, RememberedHealth } from './health.ts';

/** How often the copies of version 0.1 did each of these in a run. */
export interface Done {
  requests: number;
  held: number;
  parked: number;
  opened: number;
  probes: number;
}

/** The item of a breaker. */
export interface Breaker extends LegacyBreaker {
  readonly failedProbes: number;
  /** When it closed, in milliseconds since the epoch; null while it is open. */
  readonly closedAt: number | null;
}

const OPENS_AFTER = 5;
const PROBE_WAITS = [30, 60, 120, 300, 600, 1800];
const LONGEST_PROBE_WAIT = 3600;
const HOLD_MS = 24 * 3_600_000;
const LINGER_MS = 120_000;
const PER_PAGE = 20;
const MAX_QUEUE_DELAY_S = 900;
const CACHE_MS = 10_000;

const probeWait = (failedProbes: number, random: number): number =>
  Math.round((PROBE_WAITS[failedProbes] ?? LONGEST_PROBE_WAIT) * jitter(random) * 1000);

interface Tally {
  readonly project: string;
  readonly wasOpen: boolean;
  outages: number;
  failedAt: number;
  recoveredAt: number | null;
}

interface Remembered extends RememberedHealth {
  readonly subscription: Subscription;
}

/**
 * The function of the deliveries and the retries queue as it was in version 0.1, as far as it shares the table and the queues
 * with this version's: it knows neither modes nor mailboxes. Without an open breaker it sends at once; five outages in a row
 * open one. Meanwhile it holds deliveries for a day, and looks at the held ones, one after the other, when the breaker is
 * due. A retry waits in the retries queue, or is parked if it waits for more than 15 minutes.
 *
 * After `deliver`, `attempt-delivery`, `attempt-parked`, `drain-backlog`, `track-health` and `schedule-next` of commit fab410a.
 * Its items and messages are those of `test/support/golden/0.1.0`. Left out are batches, replays, conditions, 410s, 429s, and
 * what follows a fault of ours.
 */
export function earlierDeliverer(
  world: World,
  copy: FunctionCopy,
  sharedHealth: EarlierHealth,
  done: Done,
): Handler {
  const { stores, table, time, random } = world;
  const subscriptions = copy.through(stores.subscriptions, table);
  const projects = copy.through(stores.projects, table);
  const sender = copy.through(world.receiver.sender(), NETWORK);
  const events = copy.through(stores.events, table);
  const parked = copy.through(stores.parked, table);
  const dueWork = copy.through(stores.dueWork, table);
  const attemptLog = copy.through(stores.attemptLog, table);
  const health = copy.through(sharedHealth, table);
  const retriesQueue = deliveryQueue(copy.through(world.queues.retries, QUEUES));
  const legacy = copy.through(
    {
      put: async (...given: Parameters<typeof stores.putLegacy>) => stores.putLegacy(...given),
      replace: async (...given: Parameters<typeof stores.replaceLegacy>) => stores.replaceLegacy(...given),
    },
    table,
  );
  const remember = async (project: string, id: string): Promise<Remembered | null> => {
    const subscription = await subscriptions.get(project, id);
    return subscription && { subscription, ...(await sharedHealth.get(project, id)) };
  };
  const remembered = cached(remember, { maxAgeMs: CACHE_MS, maxBytes: 1e7, clock: time.clock });
  const tallies = new Map<string, Tally>();

  /** Make an attempt and schedule what follows. Return null if it is held. */
  async function attempt(delivery: Delivery, probing = false): Promise<Verdict | null> {
    const { project, subscriptionId } = delivery;
    const known = await remembered.get(project, subscriptionId);
    if (known === null) throw new Error(`There is no subscription ${subscriptionId}.`);
    if (known.isOpen && !probing) {
      await park(delivery, { scheduledFor: time.now + HOLD_MS, held: true });
      done.held++;
      return null;
    }
    const ports = { projects, sender, tracer: propagation, clock: time.clock };
    const sent = await sendAttempt(ports, known.subscription, delivery);
    done.requests++;
    tally(known, sent.verdict, delivery.number, Date.parse(sent.attempt.at));
    const at = await scheduleNext(delivery, known.subscription, sent.verdict);
    const nextAttemptAt = at === null ? null : new Date(at).toISOString();
    await attemptLog.record([{ ...sent.attempt, ...sent.record, nextAttemptAt }]);
    return sent.verdict;
  }

  const park = (
    { project, subscriptionId, number, event }: Delivery,
    when: Pick<ParkedDelivery, 'scheduledFor' | 'held'>,
  ) => {
    const { id: eventId, acceptedAt } = event;
    const delivery = { project, subscriptionId, eventId, number, acceptedAt, ...when };
    return legacy.put({ kind: 'delivery', delivery }, when.scheduledFor);
  };

  async function scheduleNext(
    delivery: Delivery,
    { retry }: Subscription,
    { kind, retryAfter }: Verdict,
  ): Promise<number | null> {
    const { number } = delivery;
    if (!CONSEQUENCES[kind].isRetried) return null;
    const at = nextAttemptAt({ retry, number, now: time.now, retryAfter, random: random.next() });
    if (at === null) return null;
    const next: Delivery = { ...delivery, number: number + 1, trigger: 'retry' };
    const delaySeconds = Math.ceil((at - time.now) / 1000);
    if (delaySeconds > MAX_QUEUE_DELAY_S) {
      await park(next, { scheduledFor: at, held: false });
      done.parked++;
    } else {
      const groupId = delivery.subscriptionId;
      await retriesQueue.send([{ message: { kind: 'delivery', delivery: next }, groupId, delaySeconds }]);
    }
    return at;
  }

  function tally(
    { subscription, ...known }: Remembered,
    { kind }: Verdict,
    number: number,
    at: number,
  ): void {
    const { project, id } = subscription;
    const of = tallies.get(id) ?? {
      ...{ project, wasOpen: known.isOpen, outages: 0, failedAt: at, recoveredAt: null },
    };
    tallies.set(id, of);
    if (CONSEQUENCES[kind].isOutage) {
      of.outages++;
      of.failedAt = at;
    } else if (kind === 'delivered') {
      of.outages = 0;
      if (number > 1 || known.isFailing) of.recoveredAt = at;
    }
  }

  async function flushHealth(): Promise<void> {
    const all = [...tallies];
    tallies.clear();
    await Promise.all(all.map(([id, of]) => writeHealth(id, of)));
  }

  async function writeHealth(id: string, { project, ...of }: Tally): Promise<void> {
    if (of.recoveredAt !== null) {
      await health.recordSuccess(project, id, of.recoveredAt);
      if (of.wasOpen) remembered.forget(project, id);
    }
    if (of.outages === 0) return;
    const row = await health.recordOutages(project, id, of.outages, of.failedAt);
    if (row === null || row.isOpen || row.outages < OPENS_AFTER) return;
    // One transaction: there is no open breaker without its item.
    if (await health.open(project, id, time.now)) {
      const breaker: Breaker = { project, subscriptionId: id, failedProbes: 0, closedAt: null };
      stores.putLegacy({ kind: 'breaker', breaker }, time.now + probeWait(0, random.next()));
      done.opened++;
    }
    remembered.forget(project, id);
  }

  async function attemptParked(waiting: ParkedDelivery, probing = false): Promise<Verdict | null> {
    const { project, subscriptionId, eventId, number } = waiting;
    const event = await events.get(project, eventId);
    if (event === null) throw new Error(`There is no event ${eventId}.`);
    const trigger = number > 1 ? 'retry' : 'event';
    return attempt({ project, subscriptionId, number, trigger, event }, probing);
  }

  /** Look at what a breaker holds: the first delivery is the probe, and the others follow it one by one. */
  async function drain(claim: Claim, breaker: Breaker): Promise<void> {
    const { project, subscriptionId } = breaker;
    const save = async (held: Claim, given: Partial<Breaker>, dueAt: number): Promise<Claim | null> => {
      const next: Breaker = { ...breaker, ...given };
      const saved = await legacy.replace(held, { kind: 'breaker', breaker: next }, dueAt);
      return saved ? { key: held.key, lease: dueAt } : null;
    };
    const step = await save(claim, {}, stepLease(time.now, claim));
    if (step === null) return;
    remembered.forget(project, subscriptionId);
    const ending = await lookAtHeld(subscriptionId);
    if (ending === 'time') {
      const next = await save(step, { failedProbes: 0 }, stepLease(time.now, step));
      if (next !== null)
        await retriesQueue.send([{ message: { kind: 'claim', claim: next }, groupId: subscriptionId }]);
    } else if (ending === 'empty') {
      await health.close(project, subscriptionId);
      const closedAt = breaker.closedAt ?? time.now;
      if (time.now >= closedAt + LINGER_MS) await dueWork.complete(step);
      else await save(step, { failedProbes: 0, closedAt }, closedAt + LINGER_MS);
    } else {
      const { isOpen } = await health.get(project, subscriptionId);
      const failedProbes = isOpen ? breaker.failedProbes + 1 : 0;
      const closedAt = isOpen ? null : (breaker.closedAt ?? time.now);
      await save(step, { failedProbes, closedAt }, time.now + probeWait(failedProbes, random.next()));
    }
  }

  async function lookAtHeld(subscriptionId: string): Promise<'empty' | 'time' | 'down'> {
    const until = time.now + STEP_MS;
    for (;;) {
      const page = await parked.held(subscriptionId, PER_PAGE);
      if (page.length === 0) return 'empty';
      for (const delivery of page) {
        done.probes++;
        const verdict = await attemptParked(delivery, true);
        await parked.release(delivery);
        await flushHealth();
        if (verdict !== null && CONSEQUENCES[verdict.kind].isOutage) return 'down';
        if (time.now >= until) return 'time';
      }
    }
  }

  async function handleClaim(found: Claim): Promise<void> {
    const claimed = await dueWork.claimed(found, stepLease(time.now, found));
    if (claimed === null) return;
    const { claim, work } = claimed;
    if (work.kind === 'breaker') return drain(claim, work.breaker as Breaker);
    if (work.kind !== 'delivery') throw new Error('Replays are left out.');
    await attemptParked(work.delivery);
    await dueWork.complete(claim);
  }

  async function handle(body: string): Promise<void> {
    const message = readDeliveryMessage(body);
    if (message.kind === 'claim') return handleClaim(message.claim);
    if (message.kind !== 'delivery') throw new Error('Batches and replays are left out.');
    await attempt(message.delivery);
  }

  return async (messages) => {
    await Promise.all(messages.map(({ body }) => handle(body)));
    await flushHealth();
    return [];
  };
}
