import type { MiddlewareObj } from '@middy/core';
import type { Tracing } from '../tracing.ts';
import type { FunctionLog } from './log.ts';
import type { FunctionMetrics } from './metrics.ts';

export interface Telemetry {
  readonly log: FunctionLog;
  readonly metrics: FunctionMetrics;
  /** Sent when an invocation ends. @default the function records no spans */
  readonly tracing?: Pick<Tracing, 'flush'>;
}

/** Name the invocation in every line of the log, and write its metrics and send its spans when it ends. */
export function telemetry<Event, Result>({ log, metrics, tracing }: Telemetry): MiddlewareObj<Event, Result> {
  return {
    before: ({ context }) => log.begin(context),
    ...writtenAtEnd<Event, Result>(metrics, tracing),
  };
}

/** Write the metrics of an invocation and send its spans when it ends. */
export const writtenAtEnd = <Event, Result>(
  metrics: FunctionMetrics,
  tracing: Telemetry['tracing'],
): Pick<MiddlewareObj<Event, Result>, 'after' | 'onError'> => {
  const end = () => {
    metrics.flush();
    return tracing?.flush();
  };
  return { after: end, onError: end };
};

/**
 * Middy's options for a function without a waiting caller. By default, middy ends an invocation just before its timeout, and
 * records that ran into the timeout would look handled.
 */
export const WORKER = { timeoutEarlyInMillis: 0 };
