import type { MetricName } from '../contract.ts';
import type { EventBatchPart } from '../model/delivery.ts';
import { traceIdsOf } from '../model/trace-context.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { AttemptPorts } from './ports.ts';

/**
 * The next step after an attempt: none after a success or a test, a retry, the same attempt again (after a 429, a 410 of an
 * outdated endpoint or a failed probe), or none because the schedule is exhausted or the endpoint is gone.
 */
export type Follows = 'nothing' | 'retry' | 'same-attempt' | 'exhausted' | 'gone';

export type ReportAttemptPorts = Pick<AttemptPorts, 'log' | 'metrics'>;

/** The log line and the metrics of an attempt report these facts; its record does not have them. */
export interface AttemptContext {
  readonly follows: Follows;
  /** Milliseconds from the acceptance of its event to the end of the attempt. */
  readonly sinceAcceptedMs: number;
}

const COUNTED: Readonly<Record<Follows, MetricName | null>> = {
  nothing: null,
  retry: 'RetriesScheduled',
  'same-attempt': null,
  exhausted: 'DeliveriesExhausted',
  gone: null,
};

export interface EndedAttempt {
  readonly attempt: RecordedAttempt;
  readonly context: AttemptContext;
}

/** Count an attempt in the metrics. */
export function countAttempt({ metrics }: ReportAttemptPorts, { attempt, context }: EndedAttempt): void {
  metrics.measure('AttemptDuration', attempt.durationMs);
  metrics.count(attempt.outcome === 'success' ? 'AttemptsSucceeded' : 'AttemptsFailed');
  const counted = COUNTED[context.follows];
  if (counted !== null) metrics.count(counted);
}

/** Log one line for an attempt. */
export function reportAttempt({ log }: ReportAttemptPorts, { attempt, context }: EndedAttempt): void {
  const fields = { ...attemptFields(attempt), ...context };
  if (attempt.outcome === 'success') log.info('attempt succeeded', fields);
  else log.warn('attempt failed', fields);
}

/** Log one line for the successes of an event batch's message, with the slowest of them: the request log has each. */
export function reportEventBatch(
  ports: ReportAttemptPorts,
  { id: lot }: EventBatchPart,
  ended: readonly [EndedAttempt, ...EndedAttempt[]],
): void {
  const [first, ...others] = ended;
  if (others.length === 0) {
    reportAttempt(ports, first);
    return;
  }
  const { project, subscriptionId, request, trigger } = first.attempt;
  ports.log.info('attempts succeeded', {
    project,
    lot,
    subscriptionId,
    eventIds: ended.map(({ attempt }) => attempt.eventId),
    ...traceIdsOf(ended.map(({ attempt }) => attempt.traceId)),
    trigger,
    host: URL.parse(request.url)?.host,
    attempts: ended.length,
    durationMs: Math.max(...ended.map(({ attempt }) => attempt.durationMs)),
    sinceAcceptedMs: Math.max(...ended.map(({ context }) => context.sinceAcceptedMs)),
    follows: first.context.follows,
  });
}

/** Return what the log may say about an attempt: no header, no body, and only the host of its URL, which may hold a credential. */
export function attemptFields(attempt: RecordedAttempt): Readonly<Record<string, unknown>> {
  const { project, eventId, eventType, subscriptionId, number, trigger, replay, durationMs, traceId } =
    attempt;
  const { request, response, error, detail, nextAttemptAt } = attempt;
  // A rendering error quotes the event, and a URL that was not rendered is a template.
  const isRendered = error !== 'render';
  return {
    project,
    eventId,
    eventType,
    traceId,
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
