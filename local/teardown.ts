import { messageOf } from './errors.ts';

/** Remembers how to undo each step of a start, and undoes them in the opposite order. */
export class Teardown {
  readonly #steps: (() => void | Promise<void>)[] = [];

  defer(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Runs every step, whatever becomes of the others, and throws what went wrong afterwards. */
  async run(): Promise<void> {
    const faults: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0)
      throw new AggregateError(faults, `Stopping failed: ${faults.map(messageOf).join('; ')}`);
  }
}
