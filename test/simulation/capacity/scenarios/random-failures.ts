import { NOW } from '../../../support/records.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../durations.ts';
import { type Endpoint, refusing, unreliable } from '../endpoints.ts';
import { isDelivered, outcomes } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { type Scenario, scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const FAILING = 'invoice.failing';

function measure(world: World) {
  const all = outcomes(world);
  const soon = all.filter(({ attemptedAt, publishedAt }) => attemptedAt - publishedAt <= 5 * SECOND);
  const good = all.filter(({ eventType }) => eventType !== FAILING);
  return {
    published: all.length,
    attemptedIn5s: soon.length / all.length,
    delivered: good.filter(isDelivered).length / good.length,
    pausedShare: world.modes.share('paused'),
    pacedShare: world.modes.share('paced'),
    pauses: world.modes.times('paused'),
  };
}

interface Given {
  readonly name: string;
  readonly about: string;
  readonly endpoint: Endpoint;
  readonly perSecond: number;
  readonly forMs: number;
  /** The largest share of the time for which it may be paused. */
  readonly paused: number;
  /** The copies of deliver from the start, each with its own idea of the endpoint. */
  readonly warm?: number;
}

const failures = ({ name, about, endpoint, perSecond, forMs, paused, warm = 0 }: Given): Scenario =>
  scenario({
    name,
    about,
    world: { lanes: { deliveries: { warm } }, ...(forMs >= DAY && { sampleMs: 10 * SECOND }) },
    async arrange(world) {
      await world.addProjects('erp');
      world.modes.watch(await world.subscribe(endpoint, { events: ['invoice.*'] }));
      const type = (index: number) => (index % 10 === 9 ? FAILING : 'invoice.created');
      publishSteadily(world, { from: NOW, to: NOW + forMs, perSecond, type });
    },
    lastsMs: forMs + MINUTE,
    measure,
    invariants: [
      {
        says: paused === 0 ? 'never paused' : `paused less than ${paused * 100} % of the time`,
        holds: ({ pauses, pausedShare }) => (paused === 0 ? pauses === 0 : pausedShare < paused),
      },
      {
        says: '99 % of the deliveries attempted within 5 s of publication',
        holds: ({ attemptedIn5s }) => attemptedIn5s >= 0.99,
      },
    ],
  });

const SHARES = [0.01, 0.05, 0.1, 0.3];
const atRandom = (name: string, about: string, perSecond: number, forMs: number) =>
  SHARES.map((share) =>
    failures({
      name: `random-${share * 100}-${name}`,
      about: `${share * 100} % random failures ${about}`,
      endpoint: unreliable(share),
      ...{ perSecond, forMs, paused: share > 0.1 ? 0.001 : 0, warm: 10 },
    }),
  );

export const RANDOM_FAILURE_SCENARIOS = [
  ...atRandom('fast', 'at 100 events a second over ten copies', 100, 2 * MINUTE),
  ...atRandom('hourly', 'at one event an hour', 1000 / HOUR, 10 * DAY),
  failures({
    name: 'one-type-failing',
    about: 'one event type in ten failing, 20 events a second',
    endpoint: refusing(({ eventType }) => eventType === FAILING),
    ...{ perSecond: 20, forMs: 30 * SECOND, paused: 0 },
  }),
  failures({
    name: 'one-type-failing-hourly',
    about: 'one event type in ten failing, at one event an hour',
    endpoint: refusing(({ eventType }) => eventType === FAILING),
    ...{ perSecond: 1000 / HOUR, forMs: 10 * DAY, paused: 0 },
  }),
];
