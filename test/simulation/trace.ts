import { createHash } from 'node:crypto';
import type { Logger } from '../../core/ports/logger.ts';
import type { Metrics } from '../../core/ports/metrics.ts';

/**
 * The visible behaviour of a simulated run: sent messages, requests, log lines and metrics with their virtual times. Versions
 * of the code that behave alike have the same digest for the same seed.
 */
export class Trace {
  readonly #hash = createHash('sha256');
  readonly #now: () => number;
  readonly #print: boolean;

  constructor(now: () => number, print: boolean) {
    this.#now = now;
    this.#print = print;
  }

  note(kind: string, ...facts: readonly unknown[]): void {
    // An error's message is prose and its stack has line numbers, so only its presence counts.
    const text = JSON.stringify(facts, (_, value) => (value instanceof Error ? 'error' : value));
    const line = `${this.#now()} ${kind} ${text}\n`;
    this.#hash.update(line);
    if (this.#print) process.stdout.write(line);
  }

  readonly log: Logger = {
    info: (message, fields) => this.note('info', message, fields),
    warn: (message, fields) => this.note('warn', message, fields),
    error: (message, fields) => this.note('error', message, fields),
  };

  readonly metrics: Metrics = {
    count: (name, value = 1) => this.note('count', name, value),
    measure: (name, value) => this.note('measure', name, value),
  };

  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }
}
