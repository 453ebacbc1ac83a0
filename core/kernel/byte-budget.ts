interface Waiting {
  readonly bytes: number;
  readonly begin: (share: ByteShare) => void;
}

/** Bounds the memory that tasks take together. Those that must wait begin in the order in which they came. */
export class ByteBudget {
  readonly #most: number;
  #free: number;
  readonly #waiting: Waiting[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#free = most;
  }

  /** Wait for so many bytes; for all of them if there are not so many. The share must be given back. */
  take(bytes: number): Promise<ByteShare> {
    return new Promise((begin) => {
      this.#waiting.push({ bytes: Math.min(bytes, this.#most), begin });
      this.#beginNext();
    });
  }

  #beginNext(): void {
    for (let [next] = this.#waiting; next !== undefined && next.bytes <= this.#free; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#free -= next.bytes;
      next.begin(
        new ByteShare(next.bytes, (bytes) => {
          this.#free += bytes;
          this.#beginNext();
        }),
      );
    }
  }
}

/** A task's share of a budget. */
export class ByteShare {
  #bytes: number;
  readonly #giveBack: (bytes: number) => void;

  constructor(bytes: number, giveBack: (bytes: number) => void) {
    this.#bytes = bytes;
    this.#giveBack = giveBack;
  }

  /** Give back what is more than so many bytes. */
  keep(bytes: number): void {
    const more = Math.max(0, this.#bytes - bytes);
    this.#bytes -= more;
    this.#giveBack(more);
  }

  end(): void {
    this.keep(0);
  }
}
