/** Numbers that depend on a seed alone, so that made-up data can be made again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Return a number from 0 to 1, which is exclusive (mulberry32). */
  next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** Return a whole number from `least` to `most`, both inclusive. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Return one of several things. */
  one<Thing>(things: readonly [Thing, ...Thing[]]): Thing {
    return things[Math.floor(this.next() * things.length)] ?? things[0];
  }

  /** Return true with a probability from 0 to 1. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }
}
