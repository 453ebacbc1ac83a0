import type { AttemptLog, Log, RecordedAttempt } from '../ports.ts';

export interface AttemptRecorder {
  add(attempt: RecordedAttempt): void;
  /** Resolves when all that was added is in the table, or in the function's log. */
  flush(): Promise<void>;
}

/**
 * Writes attempts as they end: while one write is under way, whatever ends meanwhile waits for the next one. So a
 * slow endpoint does not hold up the record of a quick one, and a batch costs few requests.
 *
 * A failed write is not a failed delivery: the attempt was made, and making it again would be a duplicate.
 *
 * `onAttempt` hears of each at once.
 */
export function recordAttempts(
  attemptLog: Pick<AttemptLog, 'record'>,
  log: Log,
  onAttempt: (attempt: RecordedAttempt) => void = () => {},
): AttemptRecorder {
  let waiting: RecordedAttempt[] = [];
  let writing = Promise.resolve();
  let busy = false;

  const writeAll = async () => {
    busy = true;
    // Whatever ends in the same turn of the event loop goes into the same write.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const attempts = waiting;
      waiting = [];
      try {
        await attemptLog.record(attempts);
      } catch (error) {
        for (const attempt of attempts) log.error('attempt not recorded', { attempt, error });
      }
    }
    busy = false;
  };

  return {
    add(attempt) {
      const { id: _id, at: _at, request: _request, response, expiresAt: _expiresAt, ...told } = attempt;
      const level = attempt.outcome === 'success' ? 'info' : 'warn';
      log[level]('attempt', { ...told, status: response?.status });
      onAttempt(attempt);
      waiting.push(attempt);
      if (!busy) writing = writeAll();
    },
    flush: () => writing,
  };
}
