import { CodeTurns } from '../customer-code/code-turns.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { countedMailbox } from '../flow/counted-mailbox.ts';
import type { Outcome } from '../flow/evidence.ts';
import { MailboxWriter, type MailboxWriterOptions } from '../flow/mailbox-writer.ts';
import { reportEvidence } from '../flow/report-evidence.ts';
import { ByteBudget } from '../kernel/byte-budget.ts';
import type { Event } from '../model/event.ts';
import { runsCode, type Subscription } from '../model/subscription.ts';
import type { OpenSender } from '../ports/sender.ts';
import { DirectLanes } from './direct-lanes.ts';
import type { AttemptPorts, DeliverPorts } from './ports.ts';
import { AttemptRecorder } from './record-attempts.ts';
import { TrafficTally } from './traffic-tallies.ts';

export interface AttemptInvocationOptions extends Omit<MailboxWriterOptions, 'mailbox' | 'beforeRemoval'> {
  /** When every request must have ended, in milliseconds since the epoch. */
  readonly until: number;
  /** The steps that the conditions and templates of one project may take. */
  readonly codeSteps: number;
  /** The memory that events read from the table may take together, in bytes. */
  readonly memoryBytes: number;
}

/** What lives for one invocation: the sender's connections, the attempts to record, what waits, the evidence to report. */
export class AttemptInvocation<Ports extends AttemptPorts = AttemptPorts> {
  readonly ports: Ports;
  readonly sender: OpenSender;
  readonly recorder: AttemptRecorder;
  readonly traffic: TrafficTally;
  readonly lanes = new DirectLanes();
  /** The memory for events that are read from the table. Events in messages are small. */
  readonly eventMemory: ByteBudget;
  readonly code: CodeTurns;
  readonly mailbox: MailboxWriter;
  readonly #until: number;
  readonly #reports = new Set<Promise<boolean>>();

  constructor(ports: Ports, { until, codeSteps, memoryBytes, ...mailbox }: AttemptInvocationOptions) {
    this.ports = ports;
    this.#until = until;
    this.code = new CodeTurns(codeSteps);
    this.eventMemory = new ByteBudget(memoryBytes);
    this.sender = ports.senders.open(until - ports.clock());
    this.recorder = new AttemptRecorder(ports);
    this.traffic = new TrafficTally(ports);
    this.mailbox = new MailboxWriter({
      ...mailbox,
      mailbox: countedMailbox(ports),
      // What is removed has been attempted, and the log must say so.
      beforeRemoval: () => this.recorder.flush(),
    });
  }

  /** Return the view of an event that its project's code has. */
  scopeOf(event: Event): EventScope {
    return new EventScope(event, this.ports.clock(), this.code.allowanceOf(event.project));
  }

  /**
   * Wait for the turn of a request that runs code of its owner's. Return false if another invocation must make the request: the
   * project has used what it may in this one, or the function might end first.
   */
  async mayBegin(subscription: Subscription): Promise<boolean> {
    const { project, timeoutSeconds } = subscription;
    if (runsCode(subscription)) {
      await this.code.take(project);
      if (this.code.allowanceOf(project).isSpent) return false;
    }
    return this.ports.clock() + timeoutSeconds * 1000 <= this.#until;
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

  /** As {@link flush}, at the end of the invocation. */
  async end(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.recorder.end();
    }
  }
}

export type DeliverInvocation = AttemptInvocation<DeliverPorts>;
