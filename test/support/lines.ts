/** Collects the lines that a stack shows to its user. */
export class Lines {
  readonly all: string[] = [];
  readonly #waiting = new Set<() => void>();

  readonly log = (line: string): void => {
    this.all.push(line);
    for (const check of this.#waiting) check();
  };

  /** Return the lines that match once there are so many. */
  waitFor(pattern: RegExp, count = 1): Promise<string[]> {
    const { promise, resolve } = Promise.withResolvers<string[]>();
    const check = () => {
      const found = this.all.filter((line) => pattern.test(line));
      if (found.length < count) return;
      this.#waiting.delete(check);
      resolve(found);
    };
    this.#waiting.add(check);
    check();
    return promise;
  }
}
