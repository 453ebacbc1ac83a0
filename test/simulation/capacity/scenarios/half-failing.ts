import { NOW } from '../../../support/records.ts';
import { MINUTE, SECOND } from '../durations.ts';
import { unreliable } from '../endpoints.ts';
import { isDelivered, max, type Outcome, outcomes, unfinished } from '../measures.ts';
import { publishSteadily } from '../publishers.ts';
import { scenario } from '../scenario.ts';

/** Waits in seconds, which custom schedules keep exactly. */
const WAITS = [5, 30, 60];

/** Return how many seconds late each retry of a delivery was. */
const lateness = ({ requests }: Outcome): number[] =>
  requests.flatMap(({ number, at }) => {
    const before = requests.find((other) => other.number === number - 1);
    return before === undefined ? [] : [(at - before.endedAt) / SECOND - (WAITS[before.number - 1] ?? 0)];
  });

const half = (perSecond: number) =>
  scenario({
    name: `half-failing-${perSecond}`,
    about: `half of the requests failing at ${perSecond} events a second`,
    async arrange(world) {
      await world.addProjects('erp');
      world.modes.watch(await world.subscribe(unreliable(0.5), { retry: WAITS }));
      publishSteadily(world, { from: NOW, to: NOW + 10 * MINUTE, perSecond });
    },
    lastsMs: 25 * MINUTE,
    measure(world) {
      const all = outcomes(world);
      return {
        published: all.length,
        unfinished: unfinished(world, all).length,
        delivered: all.filter(isDelivered).length,
        pacedAfterS: (world.modes.firstIn(['paced', 'paused'], NOW) - NOW) / SECOND,
        pausedShare: world.modes.share('paused'),
        lateS: max(all.flatMap(lateness)),
        disabled: world.lines.get('subscription ended') ?? 0,
      };
    },
    invariants: [
      { says: 'paced within 30 s', holds: ({ pacedAfterS }) => pacedAfterS <= 30 },
      { says: 'never disabled', holds: ({ disabled }) => disabled === 0 },
      { says: 'every delivery gets its attempts', holds: ({ unfinished }) => unfinished === 0 },
      { says: 'no attempt more than 5 min late', holds: ({ lateS }) => lateS <= 300 },
    ],
  });

export const HALF_FAILING_SCENARIOS = [half(1), half(10), half(20)];
