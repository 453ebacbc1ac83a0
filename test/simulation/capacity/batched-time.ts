import { Heap } from './heap.ts';

interface Entry {
  readonly at: number;
  readonly order: number;
  /** Null once it is cancelled. */
  run: (() => void) | null;
}

/** Something that was going to happen. */
export interface Scheduled {
  cancel(): void;
}

/**
 * A virtual clock for millions of events. All events of one millisecond run together, and promises settle once after them: the
 * simulation of loss runs them one by one to find races, but an hour of two hundred function copies would take it hours.
 */
export class BatchedTime {
  now: number;
  #order = 0;
  readonly #due = new Heap<Entry>((a, b) => a.at < b.at || (a.at === b.at && a.order < b.order));

  constructor(start: number) {
    this.now = start;
  }

  readonly clock = (): number => this.now;

  at(time: number, run: () => void): Scheduled {
    const entry: Entry = { at: Math.max(Math.ceil(time), this.now), order: this.#order++, run };
    this.#due.push(entry);
    return {
      cancel() {
        entry.run = null;
      },
    };
  }

  sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.at(this.now + ms, resolve);
    return promise;
  }

  /** Run `run` each `ms` from now on. */
  every(ms: number, run: () => void): void {
    this.at(this.now + ms, () => {
      run();
      this.every(ms, run);
    });
  }

  /** Return replacements of the platform's timers. */
  timers() {
    const pending = new Map<number, Scheduled>();
    let started = 0;
    return {
      setTimeout: (run: () => void, ms = 0): number => {
        const timer = ++started;
        const fire = () => {
          pending.delete(timer);
          run();
        };
        pending.set(timer, this.at(this.now + ms, fire));
        return timer;
      },
      clearTimeout: (timer: number): void => {
        pending.get(timer)?.cancel();
        pending.delete(timer);
      },
    };
  }

  /** Run everything that is due until a time. */
  async runUntil(end: number): Promise<void> {
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
      this.now = next.at;
      for (let due: Entry | undefined = next; due !== undefined && due.at <= this.now; due = this.#next()) {
        this.#due.pop();
        due.run?.();
      }
      // Let everything that these started run until it waits for time again.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.now = Math.max(this.now, end);
  }

  /** Return the next entry that was not cancelled. */
  #next(): Entry | undefined {
    let next = this.#due.peek();
    while (next !== undefined && next.run === null) {
      this.#due.pop();
      next = this.#due.peek();
    }
    return next;
  }
}
