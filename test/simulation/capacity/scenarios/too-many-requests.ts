import { NOW } from '../../../support/records.ts';
import { MINUTE, SECOND } from '../durations.ts';
import { limited } from '../endpoints.ts';
import { isDelivered, max, outcomes } from '../measures.ts';
import { publishAtOnce } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const EVENTS = 200;
const PER_SECOND = 5;
const IDEAL_S = EVENTS / PER_SECOND;

export const TOO_MANY_REQUESTS_SCENARIOS = [
  scenario({
    name: 'too-many-requests',
    about: '429 beyond 5 a second, five retries of 1 s, 200 events at once',
    async arrange(world) {
      await world.addProjects('erp');
      await world.subscribe(limited(PER_SECOND), { retry: [1, 1, 1, 1, 1] });
      publishAtOnce(world, NOW + SECOND, EVENTS);
    },
    lastsMs: 10 * MINUTE,
    measure(world) {
      const all = outcomes(world);
      return {
        delivered: all.filter(isDelivered).length,
        requests: world.receiver.requests.length,
        requestsEach: world.receiver.requests.length / EVENTS,
        tookS: (max(all.map(({ deliveredAt }) => deliveredAt)) - NOW - SECOND) / SECOND,
      };
    },
    invariants: [
      { says: 'nothing is exhausted', holds: ({ delivered }) => delivered === EVENTS },
      { says: 'at most 1.5 requests per delivery', holds: ({ requestsEach }) => requestsEach <= 1.5 },
      { says: 'within 1.5 × of the ideal time', holds: ({ tookS }) => tookS <= 1.5 * IDEAL_S },
    ],
  }),
];
