import middy from '@middy/core';
import { type RepairUnhealthyPorts, repairUnhealthy } from '../../core/sweep/repair-unhealthy.ts';
import { type SweepPorts, sweep } from '../../core/sweep/sweep.ts';
import { type Telemetry, telemetry, WORKER } from '../middleware/telemetry.ts';

/** The time that another page may take: the invocation must have that much left. */
const PAGE_MS = 10_000;

/** Move due work to the retries queue, once a minute. */
export function sweepHandler(ports: SweepPorts & RepairUnhealthyPorts & Telemetry) {
  return middy(WORKER)
    .use(telemetry(ports))
    .handler(async (_event: unknown, context) => {
      const until = ports.clock() + context.getRemainingTimeInMillis() - PAGE_MS;
      await sweep(ports, until);
      await repairUnhealthy(ports, until);
    });
}
