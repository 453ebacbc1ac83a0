import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { type Endpoint, refusing } from '../endpoints.ts';
import { isDelivered, max, outcomes } from '../measures.ts';
import { publishAtOnce, publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

/** Two pages of the sweeper for each shard of the due index, and what a lane of ten copies sends in five minutes. */
const [PUMPS, COPIES] = [3200, 10];
const BEHIND = 'behind';
const [OTHERS, EVENTS] = [16, 16];

const slow: Endpoint = () => ({ latencyMs: 9 * SECOND, status: 200 });
const refusesFirst = (others?: Endpoint) => refusing(({ number }) => number === 1, 400, others);

export const DUE_BEHIND_SCENARIOS = [
  scenario({
    name: 'due-behind',
    about: `${PUMPS} pumps called at once for a lane of ${COPIES} copies, the retries of another project due behind them, an index lag of 2 s`,
    world: { lanes: { pumps: { concurrency: COPIES } }, indexLagMs: 2000, sampleMs: MINUTE },
    async arrange(world) {
      await world.addProjects('erp', BEHIND);
      for (let n = 0; n < PUMPS; n++) await world.subscribe(refusesFirst(slow), { retry: [3600] });
      for (let n = 0; n < OTHERS; n++)
        await world.subscribe(refusesFirst(), { project: BEHIND, retry: [3600] });
      publishAtOnce(world, NOW + SECOND, 1);
      // Each due when the first pumps have been called, and wait for a copy.
      publishSteadily(world, {
        ...{ from: NOW + 90 * SECOND, to: NOW + 3 * MINUTE, perSecond: EVENTS / 90, project: BEHIND },
      });
    },
    lastsMs: 3 * HOUR,
    isOver: ({ receiver: { requests }, published }) =>
      requests.length >= 2 * (PUMPS + OTHERS * (published.size - 1)),
    measure(world) {
      const all = outcomes(world);
      const behind = all.filter(({ subscriptionId: id }) => world.subscriptions.get(id)?.project === BEHIND);
      const late = behind.map(
        ({ requests: [first, second] }) =>
          ((second?.at ?? Number.POSITIVE_INFINITY) - (first?.endedAt ?? 0) - HOUR) / SECOND,
      );
      return {
        due: all.length,
        delivered: all.filter(isDelivered).length,
        behind: behind.length,
        lateS: max(late),
      };
    },
    invariants: [
      { says: 'everything is delivered', holds: ({ due, delivered }) => delivered === due },
      { says: "another project's retry is at most 30 s late", holds: ({ lateS }) => lateS <= 30 },
    ],
  }),
];
