import { deliveryMessageText } from '../../../../core/model/delivery-message.ts';
import type { Event } from '../../../../core/model/event.ts';
import { continuationMessage } from '../../../../core/model/event-message.ts';
import { eventRecord, NOW } from '../../../support/records.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../durations.ts';
import type { Breaker } from '../earlier-version/deliverer.ts';
import { DeploymentOverEarlier } from '../earlier-version/deployment.ts';
import { between, down, type Endpoint, unreliable } from '../endpoints.ts';
import { isDelivered, isSuccess, max, type Outcome, outcomes, peakOpen, sum } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';
import type { World } from '../world.ts';

/** For so long, copies of both versions run side by side. */
const SIDE_BY_SIDE_MS = 10 * MINUTE;
const ENDS = NOW + 6 * MINUTE;
const [SUBSCRIPTIONS, HELD] = [12, 30];
/** With a wait for which version 0.1 parked a retry, and with more attempts than an outage or random failures cost. */
const RETRY = [5, 1000, 5, 60, ...Array.from({ length: 12 }, () => 300)];
const BROADCAST = 'invoice.created';

/** An endpoint whose breaker is open, one that version 0.1 still finds working, and one that fails now and then. */
const ENDPOINTS: readonly Endpoint[] = [
  between(0, ENDS, down),
  between(NOW + 2 * MINUTE, ENDS, down),
  unreliable(0.2),
];

async function arrange(world: World): Promise<void> {
  const deployment = new DeploymentOverEarlier(world, SIDE_BY_SIDE_MS);
  world.deployment = deployment;
  await world.addProjects('erp');
  for (let n = 0; n < SUBSCRIPTIONS; n++) await leave(world, deployment, n);
  // An event of which fan-out has made no delivery yet.
  const event = await publishedBefore(world, BROADCAST, 0);
  world.internalQueue.put(
    continuationMessage({ project: 'erp', eventId: event.id, pattern: 0, cursor: null }),
  );
  publishSteadily(world, { from: NOW, to: NOW + 12 * MINUTE, perSecond: 0.5 });
}

/** Create a subscription with everything that version 0.1 may have left of its deliveries. */
async function leave(world: World, { health }: DeploymentOverEarlier, n: number): Promise<void> {
  const { stores, queues, random } = world;
  const isOpen = n % ENDPOINTS.length === 0;
  const own = `left.to.n${n}`;
  const subscription = await world.subscribe(ENDPOINTS[n % ENDPOINTS.length] as Endpoint, {
    events: [BROADCAST, own],
    retry: RETRY,
  });
  const { project, id: subscriptionId } = subscription;
  health.add(subscription);
  const soon = () => NOW + random.integer(SIDE_BY_SIDE_MS);
  const parkedOf = ({ id, acceptedAt }: Event, number: number, held: boolean, scheduledFor: number) =>
    stores.putLegacy(
      {
        kind: 'delivery',
        delivery: { project, subscriptionId, eventId: id, number, acceptedAt, scheduledFor, held },
      },
      scheduledFor,
    );
  if (isOpen) {
    await health.open(project, subscriptionId, NOW - HOUR);
    const breaker: Breaker = { project, subscriptionId, failedProbes: 4, closedAt: null };
    stores.putLegacy({ kind: 'breaker', breaker }, NOW + random.integer(2 * MINUTE));
    for (let index = 0; index < HELD; index++)
      parkedOf(await publishedBefore(world, own, index), 1, true, NOW + DAY - HOUR);
  }
  parkedOf(await publishedBefore(world, own, HELD), 5, false, soon());
  const [first, second] = [await publishedBefore(world, own, HELD), await publishedBefore(world, own, HELD)];
  const delivery = { project, subscriptionId };
  const firstAttempt = { ...delivery, number: 1, trigger: 'event', event: first } as const;
  const retry = { ...delivery, number: 2, trigger: 'retry', event: second } as const;
  queues.deliveries.put({
    body: deliveryMessageText({ kind: 'delivery', delivery: firstAttempt }),
    groupId: subscriptionId,
  });
  queues.retries.put({
    body: deliveryMessageText({ kind: 'delivery', delivery: retry }),
    groupId: subscriptionId,
    delaySeconds: random.integer(900),
  });
}

/** Publish an event of the last hour, as if fan-out had stored it then. */
async function publishedBefore(world: World, type: string, index: number): Promise<Event> {
  const [id, at] = [`before${world.published.size}`, NOW - HOUR + index * SECOND];
  const time = new Date(at).toISOString();
  const event = eventRecord({ id, type, time, acceptedAt: time });
  world.published.set(id, { id, project: event.project, type, orderingKey: undefined, at });
  await world.stores.events.putOnce(event, id);
  return event;
}

/** Return how long a delivery took, in seconds, counted from when its endpoint could take it. */
const lateS = ({ deliveredAt, publishedAt }: Outcome) => (deliveredAt - Math.max(publishedAt, ENDS)) / SECOND;

export const VERSION_SCENARIOS = [
  scenario({
    name: 'versions-side-by-side',
    about: `for 10 min, copies of versions 0.1 and 0.2 side by side; a third of ${SUBSCRIPTIONS} endpoints down with ${HELD} deliveries held each, a third breaking down meanwhile`,
    world: { sampleMs: MINUTE, writeFormat: 1 },
    arrange,
    lastsMs: DAY + HOUR,
    // Deliveries that nobody looks after would be found after a day.
    isOver: (world) => (world.time.now - NOW) % HOUR === 0 && outcomes(world).every(isDelivered),
    measure(world) {
      const all = outcomes(world);
      const { done } = world.deployment as DeploymentOverEarlier;
      const late = all.map(lateS);
      return {
        due: all.length,
        delivered: all.filter(isDelivered).length,
        overlapping: all.filter(({ requests }) => peakOpen(requests) > 1).length,
        copiesEach: sum(all, ({ requests }) => requests.filter(isSuccess).length) / all.length,
        lateMinutes: max(late) / 60,
        ...done,
      };
    },
    invariants: [
      { says: 'everything is delivered', holds: ({ due, delivered }) => delivered === due },
      { says: 'within an hour of the recovery', holds: ({ lateMinutes }) => lateMinutes <= 60 },
      { says: 'no delivery is sent by two at once', holds: ({ overlapping }) => overlapping === 0 },
      { says: 'at most 1.05 copies of a delivery', holds: ({ copiesEach }) => copiesEach <= 1.05 },
      {
        says: 'version 0.1 opened breakers, held and parked',
        holds: (done) => Math.min(done.opened, done.held, done.parked) > 0,
      },
    ],
  }),
];
