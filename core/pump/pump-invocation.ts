import { AttemptInvocation } from '../deliver/invocation.ts';
import { wakeForArrivals } from '../flow/wake-for-arrivals.ts';
import type { PumpPorts } from './ports.ts';
import { Sockets } from './sockets.ts';

/** A crash repeats at most what this time has left unwritten, and 25 deliveries. */
const GATHER_MS = 250;
/** Less than a third of the function's memory. */
const MEMORY_BYTES = 512 * 1024 * 1024;

/** What lives for one invocation of the pump: what an attempt needs, and the sockets that its turns share. */
export class PumpInvocation extends AttemptInvocation<PumpPorts> {
  readonly sockets = new Sockets();

  constructor(ports: PumpPorts, until: number) {
    // In vain while the turn has the lease; but a turn that has lost it must not leave anything that nobody looks for.
    super(ports, {
      gatherMs: GATHER_MS,
      wake: (entries) => wakeForArrivals(ports, entries),
      until,
      memoryBytes: MEMORY_BYTES,
      // A turn ends soon enough, and within it each project has its share.
      codeSteps: Number.POSITIVE_INFINITY,
    });
  }
}
