import type { MetricName } from '../contract.ts';
import type { Log, Metrics, RecordedAttempt } from '../ports.ts';
import type { Follows } from './schedule-next.ts';

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

/** One line of the log for an attempt, and its numbers. */
export function tellAttempt(
  { log, metrics }: TellAttemptDependencies,
  attempt: RecordedAttempt,
  context: AttemptContext,
): void {
  const fields = { ...attemptFields(attempt), ...context };
  metrics.measure('AttemptDuration', attempt.durationMs);
  if (attempt.outcome === 'success') {
    log.info('attempt succeeded', fields);
    metrics.count('AttemptsSucceeded');
  } else {
    log.warn('attempt failed', fields);
    metrics.count('AttemptsFailed');
  }
  const counted = COUNTED[context.follows];
  if (counted !== null) metrics.count(counted);
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
