import { traceIdOf, traceIdsOf } from '../model/trace-context.ts';
import type { Matches } from './match-subscriptions.ts';
import type { FanOutPorts } from './ports.ts';

/** Log one line for each event batch or unbatched event that was fanned out, and count the deliveries. */
export function reportFanOut(
  { clock, log, metrics }: FanOutPorts,
  done: readonly Matches[],
  startedAt: number,
): void {
  const now = clock();
  const eventBatches = Map.groupBy(done, ({ step }) => step.event.eventBatch ?? step);
  for (const together of eventBatches.values()) {
    const [first, ...others] = together;
    if (first === undefined) continue;
    const { event, message } = first.step;
    const { project, eventBatch: lot, id: eventId, type: eventType, trace } = event;
    const events = together.map(({ step }) => step.event);
    const deliveries = together.reduce((sum, { subscriptionIds }) => sum + subscriptionIds.length, 0);
    const outcome = {
      deliveries,
      follows: together.some(({ rest }) => rest !== null) ? 'continued' : 'nothing',
      durationMs: now - startedAt,
      sinceAcceptedMs: now - Math.min(...events.map(({ acceptedAt }) => Date.parse(acceptedAt))),
    };
    metrics.count('DeliveriesCreated', deliveries);
    if (others.length === 0) {
      const ids = { project, eventId, eventType, ...traceIdOf(trace), lot, messageId: message.id };
      log.info('event fanned out', { ...ids, ...outcome });
      continue;
    }
    const unwanted = together
      .filter(({ subscriptionIds }) => subscriptionIds.length === 0)
      .map(({ step }) => step.event.id);
    log.info('lot fanned out', {
      project,
      lot,
      eventIds: events.map(({ id }) => id),
      eventTypes: [...new Set(events.map(({ type }) => type))],
      ...traceIdsOf(events.map((each) => traceIdOf(each.trace).traceId)),
      messageIds: together.map(({ step }) => step.message.id),
      ...(unwanted.length > 0 && { unwanted }),
      ...outcome,
    });
  }
}
