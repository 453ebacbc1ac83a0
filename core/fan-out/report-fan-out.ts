import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { FannedOut } from './send-deliveries.ts';

interface TellFanOutDependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface FanOutEnd extends FannedOut {
  readonly messageId: string;
}

/** One line of the log for a lot, or for an event that came alone, and their numbers. */
export function tellFanOut(
  dependencies: TellFanOutDependencies,
  ends: readonly FanOutEnd[],
  startedAt: number,
): void {
  const { clock, log, metrics } = dependencies;
  const now = clock();
  const lots = Map.groupBy(ends, (end) => end.event.lot ?? end);
  for (const together of lots.values()) {
    const [first, ...others] = together;
    if (first === undefined) continue;
    const { project, lot, id: eventId, type: eventType } = first.event;
    const deliveries = together.reduce((sum, end) => sum + end.deliveries, 0);
    const both = {
      deliveries,
      follows: together.some(({ isContinued }) => isContinued) ? 'continued' : 'nothing',
      durationMs: now - startedAt,
      sinceAcceptedMs: now - Math.min(...together.map(({ event }) => Date.parse(event.acceptedAt))),
    };
    metrics.count('DeliveriesCreated', deliveries);
    if (others.length === 0) {
      log.info('event fanned out', { project, eventId, eventType, lot, messageId: first.messageId, ...both });
      continue;
    }
    const unwanted = together.filter((end) => end.deliveries === 0).map(({ event }) => event.id);
    log.info('lot fanned out', {
      project,
      lot,
      eventIds: together.map(({ event }) => event.id),
      eventTypes: [...new Set(together.map(({ event }) => event.type))],
      messageIds: together.map(({ messageId }) => messageId),
      ...(unwanted.length > 0 && { unwanted }),
      ...both,
    });
  }
}
