import type { LotPart } from '../model/delivery.ts';
import type { AttemptLog, RecordedAttempt } from '../ports/attempt-log.ts';
import {
  type AttemptContext,
  attemptFields,
  countAttempt,
  type EndedAttempt,
  type TellAttemptDependencies,
  tellAttempt,
  tellLot,
} from './report-attempt.ts';

export interface RecordAttemptsDependencies extends TellAttemptDependencies {
  readonly attemptLog: Pick<AttemptLog, 'record'>;
}

export interface AttemptRecorder {
  add(attempt: RecordedAttempt, context: AttemptContext): void;
  /** All attempts of this one message of a lot have ended: what succeeded of them is recorded at once. */
  endLot(lot: LotPart): void;
  /** Resolves when all that was added is in the table, or in the function's log. */
  flush(): Promise<void>;
}

/** A request to the table takes more of the processor than several attempts. */
const GATHER_MS = 50;

/**
 * Writes attempts soon after they end: what ends within a moment, or while one write is under way, shares the next one. So
 * a slow endpoint does not hold up the record of a quick one, and a batch costs few requests. The successes of a lot wait for
 * each other: they are of one endpoint, and one item has them all.
 *
 * A failed write is not a failed delivery: the attempt was made, and making it again would be a duplicate.
 *
 * `onAttempt` hears of each at once.
 */
export function recordAttempts(
  dependencies: RecordAttemptsDependencies,
  onAttempt: (attempt: RecordedAttempt) => void = () => {},
): AttemptRecorder {
  const { attemptLog, log, metrics } = dependencies;
  let waiting: RecordedAttempt[] = [];
  // By identity: a second message of the same part may be under way, and must not be recorded half way.
  const together = new Map<LotPart, [EndedAttempt, ...EndedAttempt[]]>();
  let writing = Promise.resolve();
  let busy = false;
  let isEnding = false;
  let stopGathering = () => {};

  const gather = () =>
    new Promise<void>((resolve) => {
      if (isEnding) return resolve();
      const timer = setTimeout(resolve, GATHER_MS);
      stopGathering = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const writeAll = async () => {
    busy = true;
    while (waiting.length > 0) {
      await gather();
      const attempts = waiting;
      waiting = [];
      try {
        await attemptLog.record(attempts);
      } catch (error) {
        metrics.count('AttemptsUnrecorded', attempts.length);
        for (const attempt of attempts) {
          const { id: attemptId, at, outcome } = attempt;
          log.error('attempt not recorded', { attemptId, at, outcome, ...attemptFields(attempt), error });
        }
      }
    }
    busy = false;
  };

  const write = (...attempts: readonly RecordedAttempt[]) => {
    waiting.push(...attempts);
    if (!busy && waiting.length > 0) writing = writeAll();
  };

  return {
    add(attempt, context) {
      const { lot, ...alone } = attempt;
      const ended = { attempt, context };
      countAttempt(dependencies, ended);
      onAttempt(attempt);
      if (lot === undefined || attempt.outcome === 'failure') {
        tellAttempt(dependencies, ended);
        return write(alone);
      }
      const others = together.get(lot);
      if (others === undefined) together.set(lot, [ended]);
      else others.push(ended);
    },
    endLot(lot) {
      const ended = together.get(lot);
      if (ended === undefined) return;
      together.delete(lot);
      tellLot(dependencies, lot, ended);
      write(...ended.map(({ attempt }) => attempt));
    },
    async flush() {
      isEnding = true;
      stopGathering();
      await writing;
      isEnding = false;
    },
  };
}
