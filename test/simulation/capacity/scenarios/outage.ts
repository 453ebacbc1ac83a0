import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { between, down, serving } from '../endpoints.ts';
import { isDelivered, isSuccess, max, outcomes, steadyRate } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

interface Given {
  readonly name: string;
  readonly about: string;
  readonly lastsMs: number;
  readonly perSecond: number;
  readonly firstSuccessS: number;
  /** The rate at which what the outage delayed must go out; 0 if there is too little of it to have a rate. */
  readonly drained: number;
}

const STARTS = NOW + MINUTE;
/** Ten requests at once, 200 ms each: fifty a second. */
const endpoint = () => serving(10, 200);

const outage = ({ name, about, lastsMs, perSecond, firstSuccessS, drained }: Given) => {
  const ends = STARTS + lastsMs;
  return scenario({
    name,
    about,
    world: { sampleMs: SECOND },
    async arrange(world) {
      await world.addProjects('erp');
      world.modes.watch(await world.subscribe(between(STARTS, ends, down, endpoint())));
      publishSteadily(world, { from: NOW, to: ends + 5 * MINUTE, perSecond });
    },
    lastsMs: ends - NOW + HOUR,
    isOver: ({ time, receiver: { requests }, published }) =>
      time.now > ends + 10 * MINUTE && requests.filter(isSuccess).length >= published.size,
    measure(world) {
      const all = outcomes(world);
      const delayed = all.filter(({ publishedAt, deliveredAt }) => publishedAt < ends && deliveredAt >= ends);
      const during = delayed.flatMap(({ requests }) => requests.filter(({ at }) => at < ends));
      // A failed probe consumes nothing: the attempt is made again under its number.
      const consumed = delayed.map(
        ({ requests }) => (requests.find(({ at }) => at >= ends)?.number ?? 1) - 1,
      );
      return {
        published: all.length,
        delivered: all.filter(isDelivered).length,
        pausedAfterS: (world.modes.firstIn(['paused'], STARTS) - STARTS) / SECOND,
        firstSuccessS: (Math.min(...delayed.map(({ deliveredAt }) => deliveredAt)) - ends) / SECOND,
        delayed: delayed.length,
        drainedPerSecond: steadyRate(delayed.filter(isDelivered).map(({ deliveredAt }) => deliveredAt)),
        attemptsUsed: max(consumed),
        requestsDuring: during.length,
      };
    },
    invariants: [
      { says: 'paused within 30 s', holds: ({ pausedAfterS }) => pausedAfterS <= 30 },
      {
        says: `first success at most ${firstSuccessS} s after`,
        holds: (got) => got.firstSuccessS <= firstSuccessS,
      },
      { says: 'everything is delivered', holds: ({ published, delivered }) => delivered === published },
      {
        says: `what the outage delayed goes out at ${drained} a second`,
        holds: ({ drainedPerSecond }) => drainedPerSecond >= drained,
      },
      {
        says: 'it consumed at most two attempts of a delivery',
        holds: ({ attemptsUsed }) => attemptsUsed <= 2,
      },
    ],
  });
};

export const OUTAGE_SCENARIOS = [
  outage({
    name: 'outage-short',
    about: 'everything failing for 20 s, three events a second',
    ...{ lastsMs: 20 * SECOND, perSecond: 3, firstSuccessS: 20, drained: 0 },
  }),
  outage({
    name: 'outage-minutes',
    about: 'everything failing for 5 min, one event a second',
    ...{ lastsMs: 5 * MINUTE, perSecond: 1, firstSuccessS: 144, drained: 25 },
  }),
  outage({
    name: 'outage-long',
    about: 'everything failing for 3 h, one event a second',
    ...{ lastsMs: 3 * HOUR, perSecond: 1, firstSuccessS: 360, drained: 25 },
  }),
];
