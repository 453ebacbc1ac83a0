import { EventScope } from '../../core/customer-code/event-scope.ts';
import type { Delivery } from '../../core/model/delivery.ts';
import { deliveriesOf } from '../../core/model/delivery-message.ts';
import type { Event } from '../../core/model/event.ts';
import type { Project } from '../../core/model/project.ts';
import { addTraffic, NO_TRAFFIC, startOf, type Traffic, trafficOf } from '../../core/model/traffic.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';
import { deliveryChain } from './delivery-chain.ts';
import { EndpointPast } from './endpoint-past.ts';
import type { Endpoint } from './endpoints.ts';
import { History, timeOf } from './history.ts';
import type { Random } from './random.ts';
import type { Stores } from './stores.ts';
import { WritePool } from './write-pool.ts';

/** What the events of a project have left behind, besides themselves and their attempts. */
export interface Recorded {
  readonly events: number;
  readonly attempts: number;
  readonly waiting: readonly WaitingDelivery[];
  readonly pasts: ReadonlyMap<Endpoint, EndpointPast>;
}

interface HistoryOptions {
  readonly project: Project;
  readonly endpoints: readonly Endpoint[];
  /** At least so many. */
  readonly attempts: number;
  readonly random: Random;
  /** The end of the history, in milliseconds since the epoch. */
  readonly now: number;
  /** Is told after each percent. */
  progress(share: number): void;
}

/** The engine writes one request at a time; two more are on their way to it, and one is being made. */
export const WRITES_AT_ONCE = 4;
/** Enough for a full BatchWriteItem: the successes of an event batch share items. */
const ATTEMPTS_PER_WRITE = 100;

/** Make the events of a project with their attempts, and store them as they are made: they would not fit into memory. */
export async function recordHistory(stores: Stores, options: HistoryOptions): Promise<Recorded> {
  const { project, endpoints, attempts: wanted, random, now, progress } = options;
  const pool = new WritePool(WRITES_AT_ONCE);
  const history = new History(project, endpoints, random);
  const pasts = new Map(endpoints.map((endpoint) => [endpoint, new EndpointPast(endpoint, now)]));
  const traffic = new Map<number, Traffic>();
  const waiting: WaitingDelivery[] = [];
  let unwritten: RecordedAttempt[] = [];
  let [events, attempts] = [0, 0];

  const deliver = async (endpoint: Endpoint, delivery: Delivery, scope: EventScope) => {
    const past = pasts.get(endpoint) ?? new EndpointPast(endpoint, now);
    const acceptedAt = Date.parse(delivery.event.acceptedAt);
    if (past.isEndedAt(acceptedAt)) return;
    const context = { projects: stores.projects, scope, random, now };
    const chain = await deliveryChain(
      context,
      endpoint,
      past,
      delivery,
      acceptedAt + random.between(120, 900),
    );
    for (const attempt of chain.attempts) {
      const at = startOf(Date.parse(attempt.at));
      traffic.set(at, addTraffic(traffic.get(at) ?? NO_TRAFFIC, trafficOf(attempt)));
      const { eventBatch, ...alone } = attempt;
      // Only first attempts that succeed share the item of their event batch.
      unwritten.push(attempt.number === 1 && attempt.outcome === 'success' ? attempt : alone);
    }
    attempts += chain.attempts.length;
    if (chain.waiting !== null) waiting.push(chain.waiting);
  };

  while (attempts < wanted) {
    const together = history.nextEvents(timeOf(attempts / wanted, now));
    events += together.length;
    for (const event of together) await pool.add(() => stores.events.putOnce(event, `seed-${event.id}`));
    if (together[0]?.eventBatch !== undefined) await pool.add(() => stores.events.append(together, false));
    const scopes = new Map(
      together.map((event) => [event, new EventScope(event, Date.parse(event.acceptedAt))]),
    );
    const bySubscription = Map.groupBy(
      together.flatMap((event) => history.endpointsFor(event).map((endpoint) => ({ endpoint, event }))),
      ({ endpoint }) => endpoint,
    );
    for (const [endpoint, matched] of bySubscription) {
      const deliveries = deliveriesTo(
        endpoint,
        matched.map(({ event }) => event),
      );
      for (const delivery of deliveries)
        await deliver(endpoint, delivery, scopes.get(delivery.event) ?? new EventScope(delivery.event, now));
    }
    if (unwritten.length >= ATTEMPTS_PER_WRITE || attempts >= wanted) {
      const some = unwritten;
      unwritten = [];
      await pool.add(async () => stores.attemptDigests.write(await stores.attemptLog.record(some)));
      progress(Math.min(1, attempts / wanted));
    }
  }
  for (const [at, counts] of traffic)
    await pool.add(() => stores.trafficStore.add(project.id, { at, ...counts }));
  await pool.drain();
  return { events, attempts, waiting, pasts };
}

/** Return the deliveries of events to an endpoint, as their message has them. */
function deliveriesTo({ subscription }: Endpoint, events: readonly Event[]): readonly Delivery[] {
  const { project, id: subscriptionId } = subscription;
  const eventBatch = events[0]?.eventBatch;
  if (eventBatch !== undefined && events.length > 1)
    return deliveriesOf({ project, subscriptionId, eventBatch, events }).deliveries;
  return events.map((event) => ({ project, subscriptionId, number: 1, trigger: 'event', event }));
}
