import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { between, down, refusing } from '../endpoints.ts';
import { isDelivered, outcomes } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const POISON = 'invoice.poison';
const GOOD = 'invoice.good';
const STARTS = NOW + MINUTE;
const ENDS = STARTS + 5 * MINUTE;

const endpoint = between(
  STARTS,
  ENDS,
  down,
  refusing(({ eventType }) => eventType === POISON),
);

/** The oldest deliveries that wait are of events that the endpoint never takes. */
export const OUTAGE_POISON_SCENARIOS = [
  scenario({
    name: 'outage-poison',
    about: 'everything failing for 5 min, and what was published in the first of them for ever',
    world: { sampleMs: SECOND },
    async arrange(world) {
      await world.addProjects('erp');
      world.modes.watch(await world.subscribe(endpoint, { events: ['invoice.*'] }));
      const traffic = { perSecond: 1, from: NOW, to: ENDS + 5 * MINUTE };
      publishSteadily(world, { ...traffic, to: STARTS, type: GOOD });
      publishSteadily(world, { ...traffic, from: STARTS, to: STARTS + MINUTE, type: POISON });
      publishSteadily(world, { ...traffic, from: STARTS + MINUTE, type: GOOD });
    },
    lastsMs: ENDS - NOW + HOUR,
    isOver: ({ time }) => time.now > ENDS + 15 * MINUTE,
    measure(world) {
      const good = outcomes(world, ({ eventType }) => eventType === GOOD);
      const delayed = good.filter(
        ({ publishedAt, deliveredAt }) => publishedAt < ENDS && deliveredAt >= ENDS,
      );
      return {
        published: good.length,
        delivered: good.filter(isDelivered).length,
        delayed: delayed.length,
        firstSuccessS: (Math.min(...delayed.map(({ deliveredAt }) => deliveredAt)) - ENDS) / SECOND,
      };
    },
    invariants: [
      { says: 'first success at most 144 s after', holds: ({ firstSuccessS }) => firstSuccessS <= 144 },
      { says: 'every good event is delivered', holds: ({ published, delivered }) => delivered === published },
    ],
  }),
];
