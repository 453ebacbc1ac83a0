import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { healthy } from '../endpoints.ts';
import { isDelivered, max, outcomes } from '../measures.ts';
import { publishAtOnce, publishSteadily } from '../publishers.ts';
import { type Scenario, scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const [WIDE, NARROW] = ['wide', 'narrow'];
const SUBSCRIBERS = 100_000;
/** Several events with as many steps each as one with 100,000 subscribers. */
const FEW = { events: 5, subscribers: 2000, deliveriesPerStep: 10 };
const DELIVERIES = FEW.events * FEW.subscribers;

const subscribe = async (world: World, subscribers: number) => {
  await world.addProjects('erp');
  for (let n = 0; n < subscribers; n++) await world.subscribe(healthy(), { events: [WIDE] });
};

const sentTo = ({ receiver, published }: World) =>
  receiver.requests.filter(({ eventId }) => published.get(eventId)?.type === WIDE);

/** Two copies of fan-out work it off in ten minutes. */
const BACKLOG = 260_000;

/** Half of the invocations die, after any number of calls. */
const LATE_DEATHS = { dies: 0.5, mostCalls: 600 };

/** Invocations die, and all of what they did not finish is done again by others. */
const dyingScenario = ({ name, about, world }: Pick<Scenario, 'name' | 'about' | 'world'>) =>
  scenario({
    name,
    about: `${FEW.events} events in 200 steps each (${FEW.subscribers} subscribers), ${about}`,
    world: { ...world, deliveriesPerStep: FEW.deliveriesPerStep },
    async arrange(world) {
      await subscribe(world, FEW.subscribers);
      const to = NOW + FEW.events * MINUTE;
      publishSteadily(world, { from: NOW, to, perSecond: 1 / 60, type: WIDE });
    },
    lastsMs: 3 * HOUR,
    isOver: ({ published, queues }) =>
      published.size === FEW.events && Object.values(queues).every(({ size }) => size === 0),
    measure(world) {
      return {
        delivered: outcomes(world).filter(isDelivered).length,
        copiesEach: sentTo(world).length / DELIVERIES,
      };
    },
    invariants: [
      { says: 'everything is delivered', holds: ({ delivered }) => delivered === DELIVERIES },
      { says: 'at most 1.05 copies per delivery', holds: ({ copiesEach }) => copiesEach <= 1.05 },
    ],
  });

export const WIDE_EVENT_SCENARIOS = [
  scenario({
    name: 'wide-event',
    about: 'an event with 100,000 subscribers behind ten minutes of backlog',
    world: { lanes: { events: { concurrency: 2 }, internal: { concurrency: 2 } } },
    async arrange(world) {
      await subscribe(world, SUBSCRIBERS);
      publishAtOnce(world, NOW, BACKLOG, NARROW);
      publishAtOnce(world, NOW + SECOND, 1, WIDE);
    },
    lastsMs: HOUR,
    isOver: (world) => sentTo(world).length >= SUBSCRIBERS,
    measure(world) {
      const sent = sentTo(world);
      const [from, to] = [Math.min(...sent.map(({ at }) => at)), max(sent.map(({ at }) => at))];
      return {
        sent: sent.length,
        backlogMinutes: (from - NOW) / MINUTE,
        minutes: (to - from) / MINUTE,
      };
    },
    invariants: [
      { says: 'all are sent', holds: ({ sent }) => sent === SUBSCRIBERS },
      { says: 'within 10 min of the first', holds: ({ minutes }) => minutes <= 10 },
    ],
  }),
  dyingScenario({
    name: 'wide-event-dying',
    about: 'with 2 % of invocations dying',
    world: { dies: 0.02 },
  }),
  dyingScenario({
    name: 'wide-event-dying-late',
    about: 'with half of the invocations of fan-out dying, after any number of steps',
    world: { lanes: { events: LATE_DEATHS, internal: LATE_DEATHS } },
  }),
];
