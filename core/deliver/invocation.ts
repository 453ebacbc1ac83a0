import type { OpenSender } from '../ports/sender.ts';
import { HealthTally } from './health.ts';
import type { DeliverPorts } from './ports.ts';
import { AttemptRecorder } from './record-attempts.ts';
import { TrafficTally } from './traffic-tallies.ts';

/** One invocation of the function. It holds the sender's connections, the attempts to record and the outcomes to count. */
export class DeliverInvocation {
  readonly ports: DeliverPorts;
  readonly sender: OpenSender;
  readonly recorder: AttemptRecorder;
  readonly health: HealthTally;
  readonly traffic: TrafficTally;

  constructor(ports: DeliverPorts) {
    this.ports = ports;
    this.sender = ports.senders.open();
    this.recorder = new AttemptRecorder(ports);
    this.health = new HealthTally(ports);
    this.traffic = new TrafficTally(ports);
  }
}
