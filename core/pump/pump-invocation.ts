import { AttemptInvocation } from '../deliver/invocation.ts';
import type { PumpPorts } from './ports.ts';
import { Sockets } from './sockets.ts';

/** A crash repeats at most what this time has left unwritten, and 25 deliveries. */
const GATHER_MS = 250;

/** What lives for one invocation of the pump: what an attempt needs, and the sockets that its turns share. */
export class PumpInvocation extends AttemptInvocation<PumpPorts> {
  readonly sockets = new Sockets();

  constructor(ports: PumpPorts) {
    super(ports, { gatherMs: GATHER_MS });
  }
}
