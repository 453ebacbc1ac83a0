import type { MiddlewareObj } from '@middy/core';
import type { FunctionLog } from './log.ts';
import type { FunctionMetrics } from './metrics.ts';

export interface Telemetry {
  readonly log: FunctionLog;
  readonly metrics: FunctionMetrics;
}

/** Name the invocation in every line of the log, and write its metrics when it ends. */
export function telemetry<Event, Result>({ log, metrics }: Telemetry): MiddlewareObj<Event, Result> {
  return {
    before: ({ context }) => log.begin(context),
    ...writtenAtEnd<Event, Result>(metrics),
  };
}

/** Write the metrics of an invocation when it ends. */
export const writtenAtEnd = <Event, Result>(
  metrics: FunctionMetrics,
): Pick<MiddlewareObj<Event, Result>, 'after' | 'onError'> => ({
  after: () => metrics.flush(),
  onError: () => metrics.flush(),
});

/**
 * Middy's options for a function without a waiting caller. By default, middy ends an invocation just before its timeout, and
 * records that ran into the timeout would look handled.
 */
export const WORKER = { timeoutEarlyInMillis: 0 };
