import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { healthy } from '../endpoints.ts';
import { isDelivered, max, outcomes, sum, toDelivery } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const STARTS = NOW + 10 * MINUTE;
const ENDS = STARTS + 3 * HOUR;

export const TABLE_OUTAGE_SCENARIOS = [
  scenario({
    name: 'table-outage',
    about: 'DynamoDB unavailable for 3 h, one event a second',
    world: { table: { outages: [[STARTS, ENDS]] }, sampleMs: MINUTE },
    async arrange(world) {
      await world.addProjects('erp');
      await world.subscribe(healthy());
      publishSteadily(world, { from: NOW, to: ENDS, perSecond: 1 });
    },
    lastsMs: ENDS - NOW + 6 * HOUR,
    measure(world) {
      const all = outcomes(world);
      const dead = sum(Object.values(world.queues), ({ deadLetters }) => deadLetters.length);
      return {
        published: all.length,
        delivered: all.filter(isDelivered).length,
        deadLettered: dead,
        requestsEach: world.receiver.requests.length / all.length,
        lastHours: max(toDelivery(all.filter(isDelivered)).map((s) => s * SECOND)) / HOUR,
      };
    },
    invariants: [
      { says: 'nothing is dead-lettered', holds: ({ deadLettered }) => deadLettered === 0 },
      { says: 'everything is delivered', holds: ({ published, delivered }) => delivered === published },
    ],
  }),
];
