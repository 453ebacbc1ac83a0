import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { healthy } from '../endpoints.ts';
import { isDelivered, max, outcomes, sum, toDelivery } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';
import type { TableSettings } from '../table.ts';

const STARTS = NOW + 10 * MINUTE;
const ENDS = STARTS + 3 * HOUR;

const tableFault = (name: string, about: string, table: Partial<TableSettings>, requestsEach: number) =>
  scenario({
    name,
    about,
    world: { table, sampleMs: MINUTE },
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
      {
        says: `at most ${requestsEach} requests per delivery`,
        holds: (figures) => figures.requestsEach <= requestsEach,
      },
    ],
  });

const isInTime = (now: number) => now >= STARTS && now < ENDS;

export const TABLE_FAULT_SCENARIOS = [
  tableFault(
    'table-outage',
    'DynamoDB unavailable for 3 h, one event a second',
    { outages: [[STARTS, ENDS]] },
    1.01,
  ),
  tableFault(
    'table-throttled',
    'a tenth of the calls throttled for 3 h, one event a second',
    { throttled: (now) => (isInTime(now) ? 0.1 : 0) },
    1.2,
  ),
];
