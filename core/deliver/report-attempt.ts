import type { MetricName } from '../contract.ts';
import type { LotPart } from '../model/delivery.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { Log } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Follows } from './schedule-retry.ts';

export interface TellAttemptDependencies {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What its record does not say. */
export interface AttemptContext {
  readonly follows: Follows;
  /** From the acceptance of its event to its end. */
  readonly sinceAcceptedMs: number;
}

const COUNTED: Readonly<Record<Follows, MetricName | null>> = {
  nothing: null,
  queued: 'RetriesQueued',
  parked: 'RetriesParked',
  exhausted: 'DeliveriesExhausted',
  gone: null,
};

/** An attempt that has ended. */
export interface EndedAttempt {
  readonly attempt: RecordedAttempt;
  readonly context: AttemptContext;
}

/** The numbers of an attempt. */
export function countAttempt({ metrics }: TellAttemptDependencies, { attempt, context }: EndedAttempt): void {
  metrics.measure('AttemptDuration', attempt.durationMs);
  metrics.count(attempt.outcome === 'success' ? 'AttemptsSucceeded' : 'AttemptsFailed');
  const counted = COUNTED[context.follows];
  if (counted !== null) metrics.count(counted);
}

/** One line of the log for an attempt. */
export function tellAttempt({ log }: TellAttemptDependencies, { attempt, context }: EndedAttempt): void {
  const fields = { ...attemptFields(attempt), ...context };
  if (attempt.outcome === 'success') log.info('attempt succeeded', fields);
  else log.warn('attempt failed', fields);
}

/** One line for all that succeeded of a part of a lot, with its slowest: the request log has each of them. */
export function tellLot(
  dependencies: TellAttemptDependencies,
  lot: LotPart,
  ended: readonly [EndedAttempt, ...EndedAttempt[]],
): void {
  const [first, ...others] = ended;
  if (others.length === 0) {
    tellAttempt(dependencies, first);
    return;
  }
  const { project, subscriptionId, request, trigger } = first.attempt;
  dependencies.log.info('attempts succeeded', {
    project,
    lot: lot.id,
    subscriptionId,
    eventIds: ended.map(({ attempt }) => attempt.eventId),
    trigger,
    host: URL.parse(request.url)?.host,
    attempts: ended.length,
    durationMs: Math.max(...ended.map(({ attempt }) => attempt.durationMs)),
    sinceAcceptedMs: Math.max(...ended.map(({ context }) => context.sinceAcceptedMs)),
    follows: first.context.follows,
  });
}

/** What the log may say of an attempt: no header, no body, and of its URL, which may hold a credential, the host. */
export function attemptFields(attempt: RecordedAttempt): Readonly<Record<string, unknown>> {
  const { project, eventId, eventType, subscriptionId, number, trigger, replay, durationMs } = attempt;
  const { request, response, error, detail, nextAttemptAt } = attempt;
  // What is wrong with a rendering quotes the event, and a URL that was not rendered is a template.
  const isRendered = error !== 'render';
  return {
    project,
    eventId,
    eventType,
    subscriptionId,
    number,
    trigger,
    replayId: replay?.id,
    host: isRendered ? URL.parse(request.url)?.host : undefined,
    durationMs,
    status: response?.status,
    reason: error,
    detail: isRendered && response === null ? detail : undefined,
    nextAttemptAt,
  };
}
