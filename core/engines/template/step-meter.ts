import { RenderLimitError } from './errors.ts';

/** The characters of a template's or a condition's source. */
export const MAX_SOURCE = 64 * 1024;
/** The UTF-8 bytes that a template may render. */
export const MAX_OUTPUT = 256 * 1024;
/** The UTF-16 units of any text. */
const MAX_TEXT = 256 * 1024;
/** The elements of any list or mapping. `range` has the same bound in Jinja's sandbox. */
const MAX_ELEMENTS = 100_000;
/** The nesting of evaluated nodes, including the calls of macros. */
const MAX_DEPTH = 400;
/** The nesting of data that is shown, compared or written as JSON. */
export const MAX_DATA_DEPTH = 200;
const MAX_STEPS = 100_000;

/** The cost of evaluating one node, in units. Copying a character costs one unit. */
export const STEP = 64;
/** The cost of examining or transforming one character. */
export const SCAN = 4;
/** The cost of each character that escaping adds. */
const ESCAPE = 8;
/** The cost of copying one element of a list. */
export const ELEMENT = 8;
/** The cost of examining, comparing or transforming one element. */
export const VISIT = 32;

/**
 * Counts the work of one rendering. Each node costs a step, and data costs by its size *before* it is created, so that one
 * limit bounds both time and memory: a step is about 100 ns or 64 characters.
 */
export class StepMeter {
  #left = MAX_STEPS * STEP;
  #depth = 0;

  /** Pay for work. @throws RenderLimitError if fewer units are left */
  spend(units: number): void {
    this.#left -= units;
    // Negated so that NaN is rejected too.
    if (!(this.#left >= 0)) throw new RenderLimitError(`takes more than ${MAX_STEPS} steps`);
  }

  /** The steps spent so far. Work that was refused has not been done. */
  get spent(): number {
    return this.#left >= 0 ? MAX_STEPS - this.#left / STEP : MAX_STEPS;
  }

  /** Pay for a text before it is created. */
  text(length: number): void {
    this.room(length);
    this.spend(length);
  }

  /** Check the length to which a text grows whose parts are paid for separately. */
  room(length: number): void {
    if (!(length <= MAX_TEXT)) throw new RenderLimitError(`makes a text of more than ${MAX_TEXT} characters`);
  }

  /** Pay for a list or a mapping before it is created. */
  elements(count: number): void {
    this.slots(count);
    this.spend(count * ELEMENT);
  }

  /** Check the size to which a list or a mapping grows whose elements are paid for separately. */
  slots(count: number): void {
    if (!(count <= MAX_ELEMENTS))
      throw new RenderLimitError(`makes a list of more than ${MAX_ELEMENTS} elements`);
  }

  /** Pay for characters that were escaped, each by a call of a function. */
  escaped(before: string, after: string): void {
    this.spend((after.length - before.length) * ESCAPE);
  }

  /** Pay for a search before it is made: an engine may compare each character of one text with each of the other. */
  search(length: number, pattern: number): void {
    this.spend(length * SCAN + (length * pattern) / 16);
  }

  /** Go a level deeper. Errors end a rendering, so {@link leave} need not run after one. */
  enter(): void {
    this.#left -= STEP;
    if (this.#left < 0) this.spend(0);
    if (++this.#depth > MAX_DEPTH) throw new RenderLimitError(`is nested more than ${MAX_DEPTH} deep`);
  }

  leave(): void {
    this.#depth--;
  }
}

/** Steps that several evaluations share. Once they are spent, no further evaluation begins. */
export class Allowance {
  readonly #steps: number;
  #spent = 0;

  constructor(steps: number) {
    this.#steps = steps;
  }

  get spent(): number {
    return this.#spent;
  }

  get isSpent(): boolean {
    return this.#spent >= this.#steps;
  }

  take(steps: number): void {
    this.#spent += steps;
  }
}
