import { NOW } from '../../../support/records.ts';
import { HOUR, MINUTE, SECOND } from '../durations.ts';
import { refusing } from '../endpoints.ts';
import { isDelivered, max, outcomes, steadyRate } from '../measures.ts';
import { publishAtOnce } from '../publishers.ts';
import { scenario } from '../scenario.ts';

const [SUBSCRIPTIONS, EVENTS] = [300, 100];
const ALL = SUBSCRIPTIONS * EVENTS;
const FULL = 500_000;

/** Refuses each first attempt, but is not down: its breaker stays closed. */
const forgetful = refusing(({ number }) => number === 1, 400);

const dueAtOnce = (name: string, indexLagMs: number) =>
  scenario({
    name,
    about: `500,000 deliveries due at the same moment, an index lag of ${indexLagMs} ms (${ALL}, extrapolated)`,
    world: { indexLagMs },
    async arrange(world) {
      await world.addProjects('erp');
      for (let n = 0; n < SUBSCRIPTIONS; n++) await world.subscribe(forgetful, { retry: [3600] });
      publishAtOnce(world, NOW + SECOND, EVENTS);
    },
    lastsMs: 4 * HOUR,
    isOver: ({ time, receiver }) => time.now > NOW + HOUR + MINUTE && receiver.requests.length >= 2 * ALL,
    measure(world) {
      const all = outcomes(world).filter(isDelivered);
      const sentAt = all.flatMap(({ requests: [, second] }) => (second === undefined ? [] : [second.at]));
      const late = all.map(
        ({ requests: [first, second] }) => (second?.at ?? 0) - (first?.endedAt ?? 0) - HOUR,
      );
      const perSecond = steadyRate(sentAt);
      return {
        delivered: all.length,
        lateS: max(late) / SECOND,
        perSecond,
        minutesForAll: FULL / perSecond / 60,
      };
    },
    invariants: [
      { says: 'everything is delivered', holds: ({ delivered }) => delivered === ALL },
      { says: 'half a million are sent within 5 min', holds: ({ minutesForAll }) => minutesForAll <= 5 },
    ],
  });

export const DUE_AT_ONCE_SCENARIOS = [dueAtOnce('due-at-once', 50), dueAtOnce('due-at-once-lag', 2000)];
