import middy from '@middy/core';
import { type SweepPorts, sweep } from '../../core/sweep/sweep.ts';
import { type Telemetry, telemetry, WORKER } from '../middleware/telemetry.ts';

/** What must be left of the invocation's time for another page. */
const PAGE_MS = 10_000;

/** Each minute: due work to the retries queue. */
export function sweepHandler(ports: SweepPorts & Telemetry) {
  return middy(WORKER)
    .use(telemetry(ports))
    .handler(async (_event: unknown, context) => {
      await sweep(ports, ports.clock() + context.getRemainingTimeInMillis() - PAGE_MS);
    });
}
