import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { UnhealthyRepair } from '../ports/unhealthy-index.ts';

export interface RepairUnhealthyPorts {
  readonly unhealthyRepair: UnhealthyRepair;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A sweep spends so much on it: the next one goes on. */
const AT_ONCE_MS = 5000;

/**
 * Go on comparing the index of unhealthy subscriptions with the subscriptions. A fault is logged, and the next sweep tries again.
 *
 * @param until when no further page may be read, in milliseconds since the epoch
 */
export async function repairUnhealthy(ports: RepairUnhealthyPorts, until: number): Promise<void> {
  const { unhealthyRepair, clock, log } = ports;
  if (clock() >= until) return;
  try {
    const repaired = await unhealthyRepair.repair(Math.min(until, clock() + AT_ONCE_MS));
    if (repaired !== null && repaired > 0) log.info('unhealthy subscriptions corrected', { repaired });
  } catch (error) {
    log.error('unhealthy subscriptions not compared', { error });
  }
}
