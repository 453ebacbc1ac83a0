import { NOW } from '../../../support/records.ts';
import { MINUTE } from '../durations.ts';
import { healthy } from '../endpoints.ts';
import { outcomes, quantile, toDelivery } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

export const COST_SCENARIOS = [
  scenario({
    name: 'cost',
    about: 'what a delivery costs at a healthy endpoint, ten events a second for three minutes',
    async arrange(world) {
      await world.addProjects('erp');
      await world.subscribe(healthy());
      publishSteadily(world, { from: NOW, to: NOW + 3 * MINUTE, perSecond: 10 });
    },
    lastsMs: 4 * MINUTE,
    measure(world) {
      const all = outcomes(world);
      return {
        requestsEach: world.receiver.requests.length / all.length,
        writesEach: world.table.writes / all.length,
        readsEach: world.table.reads / all.length,
        p95S: quantile(toDelivery(all), 0.95),
      };
    },
    invariants: [
      { says: 'one request each', holds: ({ requestsEach }) => requestsEach === 1 },
      {
        says: 'four writes each: the event, the attempt, the traffic and the digest of attempts',
        holds: ({ writesEach }) => writesEach <= 4.05,
      },
      { says: 'delivered within a second', holds: ({ p95S }) => p95S < 1 },
    ],
  }),
];
