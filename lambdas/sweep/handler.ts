import middy from '@middy/core';
import { type SweepDependencies, sweep } from '../../core/sweep/sweep.ts';
import type { Telemetry } from '../middleware/queue-worker.ts';

/** What must be left of the invocation's time for another page. */
const PAGE_MS = 10_000;

/** Each minute: what falls due to the retries queue. */
export function sweepHandler(dependencies: SweepDependencies & Telemetry) {
  const { log, metrics } = dependencies;
  const run = sweep(dependencies);
  return middy({ timeoutEarlyInMillis: 0 }).handler(async (_event: unknown, context) => {
    log.begin(context);
    try {
      await run(() => context.getRemainingTimeInMillis() > PAGE_MS);
    } finally {
      metrics.flush();
    }
  });
}
