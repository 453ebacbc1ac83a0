import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { between, down, healthy } from '../endpoints.ts';
import { isDelivered, max, outcomes } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import type { ReceivedRequest } from '../receiver.ts';
import { scenario } from '../scenario.ts';

/** A fifth of two thousand pumps, in lanes of a fifth. */
const [ENDPOINTS, COPIES, EVENTS] = [400, 10, 20];
const ENDS = NOW + 20 * MINUTE;

/**
 * Whether the endpoint was paused, so that its whole mailbox is due when it recovers. A few are not: their outages are spread
 * over many copies, and the last are not reported. What they did not take waits for its own schedule, not for a turn.
 */
const isBusy = (requests: readonly ReceivedRequest[]) => requests.some(({ probe }) => probe);

/** Return the longest time between two requests to an endpoint after its recovery, in seconds. */
function longestGap(requests: readonly ReceivedRequest[]): number {
  const starts = requests.filter(({ at }) => at >= ENDS).map(({ at }) => at);
  return max(starts.map((at, index) => (at - (starts[index - 1] ?? at)) / SECOND));
}

export const BUSY_PUMPS_SCENARIOS = [
  scenario({
    name: 'busy-pumps',
    about: `2,000 busy pumps and a lane of 50 copies (${ENDPOINTS} and ${COPIES})`,
    world: { lanes: { pumps: { concurrency: COPIES } } },
    async arrange(world) {
      await world.addProjects('erp');
      for (let n = 0; n < ENDPOINTS; n++)
        await world.subscribe(between(NOW, ENDS, down, healthy(5 * SECOND)));
      publishSteadily(world, { from: NOW, to: NOW + EVENTS * SECOND, perSecond: 1 });
    },
    lastsMs: ENDS - NOW + 3 * HOUR,
    isOver: ({ time, receiver: { requests } }) =>
      time.now > ENDS && requests.filter(({ status }) => status === 200).length >= ENDPOINTS * EVENTS,
    measure(world) {
      const byEndpoint = Map.groupBy(world.receiver.requests, ({ subscriptionId }) => subscriptionId);
      const busy = [...byEndpoint.values()].filter(isBusy);
      return {
        busy: busy.length,
        delivered: outcomes(world).filter(isDelivered).length,
        gapS: max(busy.map(longestGap)),
      };
    },
    invariants: [
      { says: 'nearly every pump is busy', holds: ({ busy }) => busy >= 0.9 * ENDPOINTS },
      { says: 'each pump has a turn at least every 2 min', holds: ({ gapS }) => gapS <= 120 },
      { says: 'everything is delivered', holds: ({ delivered }) => delivered === ENDPOINTS * EVENTS },
    ],
  }),
];
