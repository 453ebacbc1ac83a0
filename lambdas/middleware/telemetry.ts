import type { MiddlewareObj } from '@middy/core';
import type { FunctionLog } from './log.ts';
import type { FunctionMetrics } from './metrics.ts';

export interface Telemetry {
  readonly log: FunctionLog;
  readonly metrics: FunctionMetrics;
}

/** Names the invocation in every line of the log, and writes its metrics at its end. */
export function telemetry<Event, Result>({ log, metrics }: Telemetry): MiddlewareObj<Event, Result> {
  return {
    before: ({ context }) => log.begin(context),
    after: () => metrics.flush(),
    onError: () => metrics.flush(),
  };
}

/**
 * Options of a function that no caller waits for. Middy would end it before its time is up, and records that ran into the
 * function's timeout must not look handled.
 */
export const WORKER = { timeoutEarlyInMillis: 0 };
