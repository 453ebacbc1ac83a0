import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { between, down, healthy, refusing } from '../endpoints.ts';
import { isDelivered, max, outcomes } from '../measures.ts';
import { publishAtOnce, publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const ENDPOINTS = 2000;
const BROADCASTS = 5;
const ENDS = NOW + 30 * MINUTE;
const WAIT_S = 5;
const RETRIED = 'retried';

/** Refuses each first attempt, but is not down. */
const forgetful = refusing(({ number }) => number === 1, 400);

export const RECOVER_TOGETHER_SCENARIOS = [
  scenario({
    name: 'recover-together',
    about: `${ENDPOINTS} endpoints recover at once; another endpoint's retries after 5 s`,
    async arrange(world) {
      await world.addProjects('erp', RETRIED);
      for (let n = 0; n < ENDPOINTS; n++) await world.subscribe(between(NOW, ENDS, down, healthy()));
      await world.subscribe(forgetful, { project: RETRIED, retry: [WAIT_S] });
      publishAtOnce(world, NOW + SECOND, BROADCASTS);
      publishSteadily(world, { from: NOW, to: ENDS + HOUR, perSecond: 0.5, project: RETRIED });
    },
    lastsMs: ENDS - NOW + 2 * HOUR,
    isOver: ({ time }) => time.now > ENDS + HOUR + MINUTE,
    measure(world) {
      const isRetried = (id: string) => world.subscriptions.get(id)?.project === RETRIED;
      const all = outcomes(world);
      const retried = all.filter(({ subscriptionId }) => isRetried(subscriptionId));
      const late = retried.flatMap(({ requests: [first, second] }) =>
        first === undefined || second === undefined
          ? [Number.POSITIVE_INFINITY]
          : [(second.at - first.endedAt) / SECOND - WAIT_S],
      );
      return {
        recovered: all.filter(isDelivered).length - retried.length,
        lateS: max(late),
      };
    },
    invariants: [
      { says: "another endpoint's retry is at most 2 s late", holds: ({ lateS }) => lateS <= 2 },
      { says: 'everything is delivered', holds: ({ recovered }) => recovered === ENDPOINTS * BROADCASTS },
    ],
  }),
];
