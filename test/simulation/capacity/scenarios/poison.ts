import { NOW } from '../../../support/records.ts';
import { DAY, MINUTE, SECOND } from '../durations.ts';
import { refusing } from '../endpoints.ts';
import { isDelivered, max, outcomes, quantile, toDelivery } from '../measures.ts';
import { publishAtOnce, publishSteadily } from '../publishers.ts';
import { type Figures, scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const POISON = 'invoice.poison';
const GOOD = 'invoice.good';

const endpoint = refusing(({ eventType }) => eventType === POISON);

function measure(world: World) {
  const good = outcomes(world, ({ eventType }) => eventType === GOOD);
  const latencies = toDelivery(good);
  return {
    published: good.length,
    delivered: good.filter(isDelivered).length,
    p50s: quantile(latencies, 0.5),
    p99s: quantile(latencies, 0.99),
    maxS: max(latencies),
    disabled: world.lines.get('subscription ended') ?? 0,
  } satisfies Figures;
}

const arrange = (poison: number, good: number, gapMs: number) => async (world: World) => {
  await world.addProjects('erp');
  world.modes.watch(await world.subscribe(endpoint, { events: ['invoice.*'] }));
  publishAtOnce(world, NOW, poison, POISON);
  const from = NOW + gapMs;
  publishSteadily(world, { from, to: from + good * gapMs, perSecond: 1000 / gapMs, type: GOOD });
};

export const POISON_SCENARIOS = [
  scenario({
    name: 'poison',
    about: '8 poison events, then 40 good ones, one per second',
    arrange: arrange(8, 40, SECOND),
    lastsMs: 100 * SECOND,
    measure,
    invariants: [
      { says: 'every good event within 20 s of publication', holds: ({ maxS }) => maxS <= 20 },
      { says: 'never disabled', holds: ({ disabled }) => disabled === 0 },
    ],
  }),
  scenario({
    name: 'poison-day',
    about: '50 poison events, then one good event a minute for 24 h',
    world: { sampleMs: 10 * SECOND },
    arrange: arrange(50, 1439, MINUTE),
    lastsMs: DAY,
    measure,
    invariants: [
      { says: 'every good event is delivered', holds: ({ published, delivered }) => delivered === published },
      { says: 'p99 under 2 min', holds: ({ p99s }) => p99s < 120 },
      { says: 'never disabled', holds: ({ disabled }) => disabled === 0 },
    ],
  }),
];
