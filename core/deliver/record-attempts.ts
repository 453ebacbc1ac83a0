import type { AttemptReference } from '../model/attempt-reference.ts';
import type { EventBatchPart } from '../model/delivery.ts';
import type { AttemptLog, RecordedAttempt } from '../ports/attempt-log.ts';
import type { AttemptPorts } from './ports.ts';
import {
  type AttemptContext,
  attemptFields,
  countAttempt,
  type EndedAttempt,
  reportAttempt,
  reportEventBatch,
} from './report-attempt.ts';

type AttemptRecorderPorts = Pick<AttemptPorts, 'attemptDigests' | 'log' | 'metrics'> & {
  readonly attemptLog: Pick<AttemptLog, 'record'>;
};

/** A request to the table takes more CPU time than several attempts. */
const GATHER_MS = 50;

/**
 * Records attempts soon after they end. Attempts that end at about the same time, or while a write is under way, share the
 * next write: a slow endpoint does not delay the record of a fast one, and an invocation needs few requests. The successes
 * of an event batch wait for each other, because one item holds all of them.
 *
 * A failed write does not fail the delivery: the attempt was made, and making it again would be a duplicate.
 *
 * References to the recorded attempts are written once, when the invocation ends: a write for each attempt would cost as much as
 * its record.
 */
export class AttemptRecorder {
  readonly #ports: AttemptRecorderPorts;
  #waiting: RecordedAttempt[] = [];
  #references: AttemptReference[] = [];
  /** By identity: a second message of the same part may be under way, and must not be recorded half way. */
  readonly #together = new Map<EventBatchPart, [EndedAttempt, ...EndedAttempt[]]>();
  #writing = Promise.resolve();
  #isBusy = false;
  #isEnding = false;
  #stopGathering = () => {};

  constructor(ports: AttemptRecorderPorts) {
    this.#ports = ports;
  }

  add(attempt: RecordedAttempt, context: AttemptContext): void {
    const { eventBatch, ...alone } = attempt;
    const ended = { attempt, context };
    countAttempt(this.#ports, ended);
    if (eventBatch === undefined || attempt.outcome === 'failure') {
      reportAttempt(this.#ports, ended);
      this.#write([alone]);
      return;
    }
    const others = this.#together.get(eventBatch);
    if (others === undefined) this.#together.set(eventBatch, [ended]);
    else others.push(ended);
  }

  /** Record the successes of an event batch's message at once: all of its attempts have ended. */
  endEventBatch(part: EventBatchPart): void {
    const ended = this.#together.get(part);
    if (ended === undefined) return;
    this.#together.delete(part);
    reportEventBatch(this.#ports, part, ended);
    this.#write(ended.map(({ attempt }) => attempt));
  }

  /** Resolve when every attempt that was added is in the table, or in the function's log. */
  async flush(): Promise<void> {
    this.#isEnding = true;
    this.#stopGathering();
    await this.#writing;
    this.#isEnding = false;
  }

  /** As {@link flush}, and so that the attempts are listed with those of their projects. No attempt may be added after it. */
  async end(): Promise<void> {
    await this.flush();
    await this.#refer();
  }

  #write(attempts: readonly RecordedAttempt[]): void {
    this.#waiting.push(...attempts);
    if (!this.#isBusy && this.#waiting.length > 0) this.#writing = this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      await this.#gather();
      const attempts = this.#waiting;
      this.#waiting = [];
      await this.#record(attempts);
    }
    this.#isBusy = false;
  }

  async #record(attempts: readonly RecordedAttempt[]): Promise<void> {
    const { attemptLog, log, metrics } = this.#ports;
    try {
      this.#references.push(...(await attemptLog.record(attempts)));
    } catch (error) {
      metrics.count('AttemptsUnrecorded', attempts.length);
      for (const attempt of attempts) {
        const { id: attemptId, at, outcome } = attempt;
        log.error('attempt not recorded', { attemptId, at, outcome, ...attemptFields(attempt), error });
      }
    }
  }

  /** A digest that cannot be written is missing only from the list of a project's attempts. */
  async #refer(): Promise<void> {
    const { attemptDigests, log, metrics } = this.#ports;
    const references = this.#references;
    this.#references = [];
    if (references.length === 0) return;
    try {
      await attemptDigests.write(references);
    } catch (error) {
      metrics.count('AttemptsUnlisted', references.length);
      for (const { project, subscriptionId, outcome, place } of references)
        log.error('attempt not listed', { project, subscriptionId, outcome, ...place, error });
    }
  }

  #gather(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isEnding) return resolve();
      const timer = setTimeout(resolve, GATHER_MS);
      this.#stopGathering = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
