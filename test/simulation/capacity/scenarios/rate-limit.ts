import { NOW } from '../../../support/records.ts';
import { MINUTE } from '../durations.ts';
import { healthy } from '../endpoints.ts';
import { isDelivered, outcomes, peakOpen, peakPerSecond, steadyRate } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const LIMITS = { rateLimit: 20, maxInFlight: 5 };

export const RATE_LIMIT_SCENARIOS = [
  scenario({
    name: 'rate-limit',
    about: 'rateLimit 20 a second, maxInFlight 5, 30 events a second for two minutes',
    async arrange(world) {
      await world.addProjects('erp');
      await world.subscribe(healthy(100), LIMITS);
      publishSteadily(world, { from: NOW, to: NOW + 2 * MINUTE, perSecond: 30 });
    },
    lastsMs: 5 * MINUTE,
    measure(world) {
      const { requests } = world.receiver;
      return {
        delivered: outcomes(world).filter(isDelivered).length / world.published.size,
        peakPerSecond: peakPerSecond(requests),
        peakOpen: peakOpen(requests),
        perSecond: steadyRate(requests.map(({ at }) => at)),
      };
    },
    invariants: [
      { says: 'the rate is never exceeded', holds: (got) => got.peakPerSecond <= LIMITS.rateLimit },
      { says: 'nor the requests in flight', holds: (got) => got.peakOpen <= LIMITS.maxInFlight },
      { says: 'at least 90 % of the limit', holds: (got) => got.perSecond >= 0.9 * LIMITS.rateLimit },
      { says: 'everything is delivered', holds: ({ delivered }) => delivered === 1 },
    ],
  }),
];
