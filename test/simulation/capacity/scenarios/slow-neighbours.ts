import { NOW } from '../../../support/records.ts';
import { MINUTE } from '../durations.ts';
import { between, healthy } from '../endpoints.ts';
import { outcomes, quantile, toDelivery } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { type Figures, scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const QUIET = 'quiet';
const START = NOW + MINUTE;
const END = START + 6 * MINUTE;

/** Return the quiet endpoint's p95 in a minute after its neighbours' traffic began, in seconds. */
const p95 = (world: World, fromMinute: number, toMinute: number) => {
  const [from, to] = [START + fromMinute * MINUTE, START + toMinute * MINUTE];
  const quiet = outcomes(world, ({ eventType }) => eventType === QUIET);
  const inTime = quiet.filter(({ publishedAt }) => publishedAt >= from && publishedAt < to);
  return quantile(toDelivery(inTime), 0.95);
};

/** Lanes as small as the local stack's: the traffic fills them, as more of it would fill larger ones. */
const SMALL_LANES = {
  events: { concurrency: 2 },
  deliveries: { concurrency: 24 },
  retries: { concurrency: 6 },
};

/** Three endpoints that answer after 8 s from a time on, and one that is quick. */
async function arrange(world: World, slowFrom: number): Promise<void> {
  await world.addProjects('erp');
  const slow = between(slowFrom, Number.POSITIVE_INFINITY, healthy(8000));
  for (const type of ['a', 'b', 'c']) {
    await world.subscribe(slow, { events: [type] });
    publishSteadily(world, { from: START, to: END, perSecond: 4, type });
  }
  await world.subscribe(healthy(), { events: [QUIET] });
  publishSteadily(world, { from: NOW, to: END, perSecond: 4, type: QUIET });
}

export const SLOW_NEIGHBOUR_SCENARIOS = [
  scenario({
    name: 'slow-neighbours',
    about: 'three endpoints that answer after 8 s, four events a second each, slow from the start',
    world: { lanes: SMALL_LANES },
    arrange: (world) => arrange(world, NOW),
    lastsMs: 10 * MINUTE,
    measure: (world) =>
      ({
        idleS: p95(world, -1, 0),
        firstMinuteS: p95(world, 0, 1),
        thenS: p95(world, 1, 6),
      }) satisfies Figures,
    invariants: [
      {
        says: "another endpoint's p95 under 2 s",
        holds: ({ firstMinuteS, thenS }) => firstMinuteS < 2 && thenS < 2,
      },
      { says: "then within 1.5 × of an idle stack's", holds: ({ idleS, thenS }) => thenS <= 1.5 * idleS },
    ],
  }),
  scenario({
    name: 'turning-slow',
    about: 'three endpoints that answer after 8 s from the second minute on, four events a second each',
    world: { lanes: SMALL_LANES },
    arrange: (world) => arrange(world, START + MINUTE),
    lastsMs: 10 * MINUTE,
    measure: (world) =>
      ({
        idleS: p95(world, -1, 0),
        firstMinuteS: p95(world, 1, 2),
        thenS: p95(world, 2, 6),
      }) satisfies Figures,
    invariants: [
      { says: "another endpoint's p95 under 2 s from the next minute on", holds: ({ thenS }) => thenS < 2 },
      { says: "within 1.5 × of an idle stack's", holds: ({ idleS, thenS }) => thenS <= 1.5 * idleS },
    ],
  }),
];
