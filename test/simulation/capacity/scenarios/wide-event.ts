import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { healthy } from '../endpoints.ts';
import { isDelivered, max, outcomes } from '../measures.ts';
import { publishAtOnce } from '../publishers.ts';
import { scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const [WIDE, NARROW] = ['wide', 'narrow'];
const SUBSCRIBERS = 10_000;
/** The limit for 100,000 subscribers. */
const FULL = { subscribers: 100_000, minutes: 10 };

const subscribeAll = async (world: World) => {
  await world.addProjects('erp');
  for (let n = 0; n < SUBSCRIBERS; n++) await world.subscribe(healthy(), { events: [WIDE] });
};

const sentTo = ({ receiver, published }: World) =>
  receiver.requests.filter(({ eventId }) => published.get(eventId)?.type === WIDE);

/** Two copies of fan-out work it off in eight seconds, not in ten minutes: an engine whose steps go to the tail looks better here. */
const BACKLOG = 3000;

/** Publish as much as is taken, until all are sent. */
function keepUpBacklog(world: World): void {
  while (world.queues.events.visible < BACKLOG) world.publish(NARROW);
  if (sentTo(world).length < SUBSCRIBERS) world.time.at(world.time.now + 200, () => keepUpBacklog(world));
}

export const WIDE_EVENT_SCENARIOS = [
  scenario({
    name: 'wide-event',
    about: `an event with 100,000 subscribers behind ten minutes of backlog (${SUBSCRIBERS} behind ${BACKLOG} events)`,
    world: { lanes: { events: { concurrency: 2 } } },
    async arrange(world) {
      await subscribeAll(world);
      keepUpBacklog(world);
      publishAtOnce(world, NOW + SECOND, 1, WIDE);
    },
    lastsMs: 30 * MINUTE,
    isOver: (world) => sentTo(world).length >= SUBSCRIBERS,
    measure(world) {
      const sent = sentTo(world);
      const [from, to] = [Math.min(...sent.map(({ at }) => at)), max(sent.map(({ at }) => at))];
      const minutes = (to - from) / MINUTE;
      return {
        sent: sent.length,
        backlogS: (from - NOW) / SECOND,
        minutes,
        minutesForAll: (minutes * FULL.subscribers) / SUBSCRIBERS,
      };
    },
    invariants: [
      { says: 'all are sent', holds: ({ sent }) => sent === SUBSCRIBERS },
      {
        says: "all of 100,000 within 10 min of the backlog's end",
        holds: ({ minutesForAll }) => minutesForAll <= FULL.minutes,
      },
    ],
  }),
  scenario({
    name: 'wide-event-dying',
    about: `the same number of steps as for 100,000 subscribers, with 2 % of invocations dying (${SUBSCRIBERS})`,
    world: { dies: 0.02, deliveriesPerStep: 50 },
    async arrange(world) {
      await subscribeAll(world);
      publishAtOnce(world, NOW + SECOND, 1, WIDE);
    },
    lastsMs: 3 * HOUR,
    isOver: ({ queues }) => Object.values(queues).every(({ size }) => size === 0),
    measure(world) {
      return {
        delivered: outcomes(world).filter(isDelivered).length,
        copiesEach: sentTo(world).length / SUBSCRIBERS,
      };
    },
    invariants: [
      { says: 'everything is delivered', holds: ({ delivered }) => delivered === SUBSCRIBERS },
      { says: 'at most 1.05 copies per delivery', holds: ({ copiesEach }) => copiesEach <= 1.05 },
    ],
  }),
];
