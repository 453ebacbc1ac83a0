import { NOW } from '../../../support/records.ts';
import { MINUTE, SECOND } from '../durations.ts';
import { hanging, healthy } from '../endpoints.ts';
import { isDelivered, max, outcomes, quantile, toDelivery } from '../measures.ts';
import { publishAtOnce, publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const [QUIET, NOISY] = ['quiet', 'noisy'];
const MINUTES = 5;
const QUIET_ENDPOINTS = 20;

/** Two projects. The quiet one has twenty endpoints, and one event a second for all of them. */
const besides = (name: string, about: string, noise: (world: World) => Promise<void>) =>
  scenario({
    name,
    about,
    async arrange(world) {
      await world.addProjects(QUIET, NOISY);
      for (let n = 0; n < QUIET_ENDPOINTS; n++) await world.subscribe(healthy(), { project: QUIET });
      await noise(world);
      const to = NOW + MINUTES * MINUTE;
      publishSteadily(world, { from: NOW, to, perSecond: 1, project: QUIET });
    },
    lastsMs: (MINUTES + 3) * MINUTE,
    measure(world) {
      const isQuiet = (id: string) => world.subscriptions.get(id)?.project === QUIET;
      const quiet = outcomes(world, ({ subscriptionId }) => isQuiet(subscriptionId));
      const later = quiet.filter(({ publishedAt }) => publishedAt >= NOW + MINUTE);
      const first = quiet.filter(({ publishedAt }) => publishedAt < NOW + MINUTE);
      return {
        delivered: quiet.filter(isDelivered).length / quiet.length,
        firstMinuteP95: quantile(toDelivery(first), 0.95),
        p95: quantile(toDelivery(later), 0.95),
        p99: quantile(toDelivery(later), 0.99),
        maxS: max(toDelivery(quiet)),
      };
    },
    invariants: [
      { says: "other projects' p95 under 2 s after the first minute", holds: ({ p95 }) => p95 < 2 },
      { says: 'everything of theirs is delivered', holds: ({ delivered }) => delivered === 1 },
    ],
  });

const steadyNoise = (perSecond: number) => (world: World) =>
  publishSteadily(world, { from: NOW, to: NOW + MINUTES * MINUTE, perSecond, project: NOISY });

export const OTHER_PROJECT_SCENARIOS = [
  besides('slow-endpoint', '40 events a second to an endpoint that answers after 25 s', async (world) => {
    await world.subscribe(healthy(25 * SECOND), { project: NOISY, timeoutSeconds: 30 });
    steadyNoise(40)(world);
  }),
  besides(
    'slow-project',
    '300 endpoints of one project that answer after 8 s, an event a second',
    async (world) => {
      for (let n = 0; n < 300; n++) await world.subscribe(healthy(8 * SECOND), { project: NOISY });
      steadyNoise(1)(world);
    },
  ),
  besides(
    'hanging-broadcast',
    '20,000 endpoints of one project that hang, and one broadcast',
    async (world) => {
      for (let n = 0; n < 20_000; n++) await world.subscribe(hanging, { project: NOISY, retry: 'none' });
      publishAtOnce(world, NOW + 2 * MINUTE, 1, undefined, NOISY);
    },
  ),
];
