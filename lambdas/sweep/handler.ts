import middy from '@middy/core';
import { type SweepPorts, sweep } from '../../core/sweep/sweep.ts';
import { type Telemetry, telemetry, WORKER } from '../middleware/telemetry.ts';

/** The time that another page may take: the invocation must have that much left. */
const PAGE_MS = 10_000;

/** Move due work to the retries queue, once a minute. */
export function sweepHandler(ports: SweepPorts & Telemetry) {
  return middy(WORKER)
    .use(telemetry(ports))
    .handler(async (_event: unknown, context) => {
      await sweep(ports, ports.clock() + context.getRemainingTimeInMillis() - PAGE_MS);
    });
}
