import { RenderLimitError } from './errors.ts';

/** Characters of a template's or a condition's source. */
export const MAX_SOURCE = 64 * 1024;
/** Bytes of what a template renders, in UTF-8. */
export const MAX_OUTPUT = 256 * 1024;
/** UTF-16 units of any text while it is being made. */
const MAX_TEXT = 256 * 1024;
/** Elements of any list or mapping while it is being made; `range` of Jinja's sandbox has the same bound. */
const MAX_ELEMENTS = 100_000;
/** Nodes of the syntax tree that evaluation may be inside of at once, macros' calls included. */
const MAX_DEPTH = 400;
/** Levels of nesting that data may have to be shown, compared or written as JSON. */
export const MAX_DATA_DEPTH = 200;
const MAX_STEPS = 100_000;

/** What evaluating one node costs, in units; making one character costs one unit. */
export const STEP = 64;
/** Looking at one character, or making it anew, where copying costs a unit. */
export const SCAN = 4;
/** Each character that escaping adds. */
const ESCAPE = 8;
/** Copying one element of a list. */
export const ELEMENT = 8;
/** Looking at one element, comparing it, or making it anew. */
export const VISIT = 32;

/**
 * Counts the work of one rendering. Every node costs a step, and whatever grows costs by its size *before* it is made,
 * so that the one bound holds time and memory: a step stands for some 100 ns or for 64 characters.
 */
export class StepMeter {
  #left = MAX_STEPS * STEP;
  #depth = 0;

  /** @throws RenderLimitError when there are not that many units left */
  spend(units: number): void {
    this.#left -= units;
    // Written so that NaN, which no comparison holds for, is refused too.
    if (!(this.#left >= 0)) throw new RenderLimitError(`takes more than ${MAX_STEPS} steps`);
  }

  /** Steps so far. */
  get spent(): number {
    return MAX_STEPS - this.#left / STEP;
  }

  /** Before a text of this length is made. */
  text(length: number): void {
    this.room(length);
    this.spend(length);
  }

  /** Before a text grows to this length, where each part is paid for by itself. */
  room(length: number): void {
    if (!(length <= MAX_TEXT)) throw new RenderLimitError(`makes a text of more than ${MAX_TEXT} characters`);
  }

  /** Before a list or a mapping of this many elements is made. */
  elements(count: number): void {
    this.slots(count);
    this.spend(count * ELEMENT);
  }

  /** Before a list or a mapping grows to this many elements, where each is paid for by itself. */
  slots(count: number): void {
    if (!(count <= MAX_ELEMENTS))
      throw new RenderLimitError(`makes a list of more than ${MAX_ELEMENTS} elements`);
  }

  /** After characters were escaped: each that was is made by a function of its own. */
  escaped(before: string, after: string): void {
    this.spend((after.length - before.length) * ESCAPE);
  }

  /** Before a text is searched for another: engines may compare each character of one with each of the other. */
  search(length: number, pattern: number): void {
    this.spend(length * SCAN + (length * pattern) / 16);
  }

  /** A level deeper. Nothing catches errors inside a rendering, so {@link leave} need not run after one. */
  enter(): void {
    this.#left -= STEP;
    if (this.#left < 0) this.spend(0);
    if (++this.#depth > MAX_DEPTH) throw new RenderLimitError(`is nested more than ${MAX_DEPTH} deep`);
  }

  leave(): void {
    this.#depth--;
  }
}

/** Steps that several evaluations share: once they are spent, no other begins. */
export class Allowance {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  take(steps: number): void {
    this.#left -= steps;
  }
}
