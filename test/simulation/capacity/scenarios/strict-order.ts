import { NOW } from '../../../support/records.ts';
import { MINUTE } from '../durations.ts';
import { healthy, refusing, unreliable } from '../endpoints.ts';
import {
  isDelivered,
  max,
  type Outcome,
  outcomes,
  peakOpen,
  quantile,
  sum,
  toDelivery,
} from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const KEYS = 20;
const POISON = 'k0';
/** So many waits that random failures exhaust no delivery. */
const RETRY = [1, 2, 5, 10, 20, 60, 60, 60];

/** The order of an event that was published with a key: the simulation counts them. */
const placeOf = ({ eventId }: Outcome) => Number(eventId.slice(1));

function measure(world: World) {
  const all = outcomes(world);
  const keyOf = ({ eventId }: Outcome) => world.published.get(eventId)?.orderingKey ?? '';
  const byKey = Map.groupBy(all, keyOf);
  const good = all.filter((outcome) => keyOf(outcome) !== POISON);
  const late = new Set(world.kept.map(({ eventId }) => eventId));
  return {
    published: good.length,
    delivered: good.filter(isDelivered).length,
    poisonEnded: (byKey.get(POISON) ?? []).filter(hasEnded).length,
    outOfOrder: sum(byKey.values(), (ofKey) => outOfOrder(ofKey, late)),
    late: late.size,
    mostOpen: max([...byKey.values()].map((ofKey) => peakOpen(ofKey.flatMap(({ requests }) => requests)))),
    p50S: quantile(toDelivery(good), 0.5),
    p99S: quantile(toDelivery(good), 0.99),
    requestsEach: sum(good, ({ requests }) => requests.length) / good.length,
  };
}

const hasEnded = ({ requests }: Outcome) => new Set(requests.map(({ number }) => number)).size > RETRY.length;

/**
 * Count the deliveries that began before one of their key that was published earlier had succeeded or ended, unless that
 * one reached the mailbox late: an event that a dying worker held up is known only when it is received again.
 */
function outOfOrder(ofKey: readonly Outcome[], late: ReadonlySet<unknown>): number {
  const inOrder = ofKey
    .filter(({ eventId }) => !late.has(eventId))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  const endOf = (outcome: Outcome) =>
    isDelivered(outcome)
      ? outcome.deliveredAt
      : hasEnded(outcome)
        ? max(outcome.requests.map(({ endedAt }) => endedAt))
        : Number.POSITIVE_INFINITY;
  let before = 0;
  let count = 0;
  for (const outcome of inOrder) {
    if (outcome.attemptedAt < before) count++;
    before = Math.max(before, endOf(outcome));
  }
  return count;
}

export const STRICT_ORDER_SCENARIOS = [
  scenario({
    name: 'strict-order',
    about: `strict ordering, ${KEYS} keys, one of them always refused, 20 % random failures, 1 % of the invocations dying`,
    world: {
      dies: 0.01,
      keeps: ({ message, fields }) => message === 'delivery held' && fields.lateMs != null,
    },
    async arrange(world) {
      await world.addProjects('erp');
      const keyOf = (eventId: string) => world.published.get(eventId)?.orderingKey;
      await world.subscribe(
        refusing(({ eventId }) => keyOf(eventId) === POISON, 500, unreliable(0.2, healthy(50))),
        { ordering: 'strict', retry: RETRY },
      );
      const orderingKey = (index: number) => `k${(index * 7) % KEYS}`;
      publishSteadily(world, { from: NOW, to: NOW + 5 * MINUTE, perSecond: 5, orderingKey });
    },
    lastsMs: 3 * 60 * MINUTE,
    isOver: (world) => world.time.now > NOW + 10 * MINUTE && measure(world).poisonEnded >= 3,
    measure,
    invariants: [
      {
        says: 'nothing begins before what was published before it has ended',
        holds: (got) => got.outOfOrder === 0,
      },
      { says: 'one request at a time for each key', holds: ({ mostOpen }) => mostOpen === 1 },
      { says: 'every other key is delivered', holds: ({ published, delivered }) => delivered === published },
      { says: 'half of the others within 5 s', holds: ({ p50S }) => p50S <= 5 },
      {
        says: 'the refused key goes on when a delivery is exhausted',
        holds: ({ poisonEnded }) => poisonEnded >= 3,
      },
    ],
  }),
];
