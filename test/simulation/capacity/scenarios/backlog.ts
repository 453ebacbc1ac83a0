import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { between, down, healthy } from '../endpoints.ts';
import { isDelivered, isSuccess, outcomes, steadyRate } from '../measures.ts';
import { publishAtOnce } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const HELD = 3000;
const FULL = 1_000_000;
const ENDS = NOW + 10 * MINUTE;

export const BACKLOG_SCENARIOS = [
  scenario({
    name: 'backlog',
    about: `1,000,000 held, endpoint back at 100 ms, maxInFlight 50 (${HELD} held, extrapolated)`,
    async arrange(world) {
      await world.addProjects('erp');
      await world.subscribe(between(NOW, ENDS, down, healthy(100)), { ...{ maxInFlight: 50 } });
      publishAtOnce(world, NOW + SECOND, HELD);
    },
    lastsMs: 4 * HOUR,
    isOver: ({ receiver }) => receiver.requests.filter(isSuccess).length >= HELD,
    measure(world) {
      const all = outcomes(world);
      const perSecond = steadyRate(all.filter(isDelivered).map(({ deliveredAt }) => deliveredAt));
      return { delivered: all.filter(isDelivered).length, perSecond, hoursForAll: FULL / perSecond / 3600 };
    },
    invariants: [
      { says: 'everything is delivered', holds: ({ delivered }) => delivered === HELD },
      { says: 'a million are drained within 1 h', holds: ({ hoursForAll }) => hoursForAll <= 1 },
    ],
  }),
];
