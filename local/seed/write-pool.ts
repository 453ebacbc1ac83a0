/** Runs a bounded number of writes at once. */
export class WritePool {
  readonly #limit: number;
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Begin a write as soon as there is room for it. @throws what a former write threw */
  async add(write: () => Promise<unknown>): Promise<void> {
    while (this.#running.size >= this.#limit) await Promise.race(this.#running);
    this.#rethrow();
    const running: Promise<void> = write().then(
      () => this.#end(running),
      (error: unknown) => {
        this.#failure ??= { error };
        this.#end(running);
      },
    );
    this.#running.add(running);
  }

  /** Wait for all writes. @throws what one of them threw */
  async drain(): Promise<void> {
    await Promise.all(this.#running);
    this.#rethrow();
  }

  #end(running: Promise<void>): void {
    this.#running.delete(running);
  }

  #rethrow(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
