import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { healthy } from '../endpoints.ts';
import { isDelivered, max, outcomes, sum, toDelivery } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const CRASHER = '{"a message": "that kills its worker"}';

export const CRASHER_SCENARIOS = [
  scenario({
    name: 'crasher',
    about: 'a message that kills its worker, in batches of sixty events a second',
    world: {
      kills: (body) => body === CRASHER,
      // One copy has many messages in a batch.
      lanes: { deliveries: { concurrency: 1 } },
      sampleMs: MINUTE,
    },
    async arrange(world) {
      await world.addProjects('erp');
      await world.subscribe(healthy());
      publishSteadily(world, { from: NOW, to: NOW + 2 * MINUTE, perSecond: 60 });
      world.time.at(NOW + MINUTE, () => world.queues.deliveries.put({ body: CRASHER, groupId: 'erp' }));
    },
    lastsMs: 3 * HOUR,
    measure(world) {
      const all = outcomes(world);
      const dead = Object.values(world.queues).flatMap(({ deadLetters }) => deadLetters);
      return {
        published: all.length,
        delivered: all.filter(isDelivered).length,
        deadLettered: dead.length,
        others: sum(dead, ({ body }) => (body === CRASHER ? 0 : 1)),
        requestsEach: world.receiver.requests.length / all.length,
        lastMinutes: max(toDelivery(all.filter(isDelivered)).map((s) => s * SECOND)) / MINUTE,
      };
    },
    invariants: [
      {
        says: 'it alone is dead-lettered',
        holds: ({ deadLettered, others }) => deadLettered === 1 && others === 0,
      },
      { says: 'everything is delivered', holds: ({ published, delivered }) => delivered === published },
      { says: 'hardly anything is sent twice', holds: ({ requestsEach }) => requestsEach <= 1.01 },
    ],
  }),
];
