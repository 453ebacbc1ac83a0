/** The requests of one invocation at once. */
const MOST = 200;

/** Limits the requests that the turns of an invocation have open together. */
export class Sockets {
  #open = 0;
  readonly #waiting: (() => void)[] = [];

  async open(): Promise<void> {
    if (this.#open < MOST) this.#open++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#open--;
    else next();
  }
}
