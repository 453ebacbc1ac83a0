import { messageOf } from './errors.ts';

/** Records how to undo each step of a start, and undoes the steps in reverse order. */
export class Teardown {
  readonly #steps: (() => void | Promise<void>)[] = [];

  defer(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Run all steps even if some fail, and throw their errors at the end. */
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
