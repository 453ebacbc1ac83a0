import type { Outcome } from '../flow/evidence.ts';
import { MailboxWriter, type MailboxWriterOptions } from '../flow/mailbox-writer.ts';
import { reportEvidence } from '../flow/report-evidence.ts';
import type { Subscription } from '../model/subscription.ts';
import type { OpenSender } from '../ports/sender.ts';
import { DirectLanes } from './direct-lanes.ts';
import type { AttemptPorts, DeliverPorts } from './ports.ts';
import { AttemptRecorder } from './record-attempts.ts';
import { TrafficTally } from './traffic-tallies.ts';

/** What lives for one invocation: the sender's connections, the attempts to record, what waits, the evidence to report. */
export class AttemptInvocation<Ports extends AttemptPorts = AttemptPorts> {
  readonly ports: Ports;
  readonly sender: OpenSender;
  readonly recorder: AttemptRecorder;
  readonly traffic: TrafficTally;
  readonly lanes = new DirectLanes();
  readonly mailbox: MailboxWriter;
  readonly #reports = new Set<Promise<boolean>>();

  constructor(ports: Ports, mailbox: Omit<MailboxWriterOptions, 'mailbox' | 'beforeRemoval'>) {
    this.ports = ports;
    this.sender = ports.senders.open();
    this.recorder = new AttemptRecorder(ports);
    this.traffic = new TrafficTally(ports);
    this.mailbox = new MailboxWriter({
      ...mailbox,
      mailbox: ports.mailbox,
      // What is removed has been attempted, and the log must say so.
      beforeRemoval: () => this.recorder.flush(),
    });
  }

  /** Note the end of a request as evidence about its endpoint. */
  noteOutcome(subscription: Subscription, outcome: Outcome): void {
    if (outcome.verdict.kind === 'busy') this.lanes.close(subscription);
    this.ports.evidence.addOutcome(subscription, outcome);
    this.#report(subscription);
  }

  /** Note that a request has been open for too long to be one of many. */
  noteSlow(subscription: Subscription): void {
    this.lanes.close(subscription);
    this.ports.evidence.addSlow(subscription);
    this.#report(subscription);
  }

  #report(subscription: Subscription): void {
    const evidence = this.ports.evidence.take(subscription);
    if (evidence === null) return;
    const report = reportEvidence(this.ports, subscription, evidence);
    this.#reports.add(report);
    void report.then(() => this.#reports.delete(report));
  }

  /** Resolve when everything that was noted is in the table. */
  async flush(): Promise<void> {
    await Promise.all([this.recorder.flush(), this.traffic.flush(), this.mailbox.flush(), ...this.#reports]);
  }
}

export type DeliverInvocation = AttemptInvocation<DeliverPorts>;
