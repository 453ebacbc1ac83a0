import type { Fault } from '../../kernel/errors.ts';

/** A compiled schema: what must hold of a value. `docs/adr/0009-json-schema.md` says why we interpret it ourselves. */
export interface Schema {
  readonly checks: Check[];
  /** Of what no check has looked at (`unevaluatedProperties`, `unevaluatedItems`), so after the others. */
  readonly lastChecks: Check[];
}

/** Whether it holds. Where it does not, the run is told why. */
export type Check = (value: unknown, run: Run, seen: Seen | null) => boolean;

/** Which members and elements of a value a schema has looked at; null where no schema asks. */
export class Seen {
  readonly keys = new Set<string>();
  readonly indexes = new Set<number>();

  add({ keys, indexes }: Seen): void {
    for (const key of keys) this.keys.add(key);
    for (const index of indexes) this.indexes.add(index);
  }
}

/** The work is over its bound. */
export class TooMuchWorkError extends Error {
  override readonly name = 'TooMuchWorkError';
}

/** Bounds the work of checking: a step is about the work of one check of a short value. */
export class ValidationBudget {
  readonly #most: number;
  #left: number;

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  /** @throws TooMuchWorkError */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0)
      throw new TooMuchWorkError(`takes more than ${this.#most} steps to check against its schema`);
  }
}

/** Schemas within one another, while they are checked. The stack has room for several times as many. */
const MAX_LEVELS = 500;
/** Of one value: a body with a hundred faults is not mended one by one, and the answer must stay small. */
const MAX_FAULTS = 100;
/** Remembering what has been looked at costs more than looking. */
const STEPS_PER_SEEN = 8;
const MAX_SEGMENT = 64;
const MAX_PATH = 512;

/** One value being checked. */
export class Run {
  readonly faults: Fault[] = [];
  readonly budget: ValidationBudget;
  readonly #path: (string | number)[];
  readonly #tracking: boolean;
  #reporting = true;
  #levels = 0;

  /** `tracking`: the schema asks what has been looked at. */
  constructor(budget: ValidationBudget, path: string, tracking: boolean) {
    this.budget = budget;
    this.#path = [path];
    this.#tracking = tracking;
  }

  /** Whether to go on after a fault, to find the others. */
  get isReporting(): boolean {
    return this.#reporting;
  }

  newSeen(): Seen | null {
    return this.#tracking ? new Seen() : null;
  }

  fault(message: string, key?: string): false {
    if (this.#reporting) {
      this.faults.push({ path: pathText(key === undefined ? this.#path : [...this.#path, key]), message });
      if (this.faults.length >= MAX_FAULTS) this.#reporting = false;
    }
    return false;
  }

  /** Checks without telling faults: what does not hold may be what is wanted. */
  quietly(check: () => boolean): boolean {
    const reporting = this.#reporting;
    this.#reporting = false;
    const holds = check();
    this.#reporting = reporting;
    return holds;
  }

  /** @throws TooMuchWorkError */
  fits(schema: Schema, value: unknown, seen: Seen | null): boolean {
    this.budget.spend(1 + schema.checks.length);
    this.#levels++;
    if (this.#levels > MAX_LEVELS) throw new TooMuchWorkError('is nested too deeply for its schema');
    const holds = this.#all(schema.checks, value, seen) && this.#all(schema.lastChecks, value, seen);
    this.#levels--;
    return holds;
  }

  /** Checks a member or an element. */
  fitsAt(key: string | number, schema: Schema, part: unknown): boolean {
    this.#path.push(key);
    const holds = this.fits(schema, part, this.newSeen());
    this.#path.pop();
    return holds;
  }

  /** Checks the same value by another schema; what that has looked at counts only if it fits. */
  fitsToo(schema: Schema, value: unknown, seen: Seen | null): boolean {
    const theirs = this.newSeen();
    if (!this.fits(schema, value, theirs)) return false;
    if (theirs) {
      this.budget.spend(STEPS_PER_SEEN * (theirs.keys.size + theirs.indexes.size));
      seen?.add(theirs);
    }
    return true;
  }

  #all(checks: readonly Check[], value: unknown, seen: Seen | null): boolean {
    let holds = true;
    for (const check of checks) {
      if (check(value, this, seen)) continue;
      holds = false;
      if (!this.#reporting) break;
    }
    return holds;
  }
}

function pathText(path: readonly (string | number)[]): string {
  return shorten(path.map((key) => shorten(String(key), MAX_SEGMENT)).join('.'), MAX_PATH);
}

/** A text that was cut ends with "…". */
export const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}…`;
