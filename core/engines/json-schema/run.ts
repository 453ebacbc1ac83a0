import type { Fault } from '../../kernel/errors.ts';

/** The checks of a compiled schema. `docs/adr/0009-json-schema.md` explains why Ancrage interprets schemas itself. */
export interface Schema {
  readonly checks: Check[];
  /** The checks of `unevaluatedProperties` and `unevaluatedItems`, which must run after the others. */
  readonly lastChecks: Check[];
}

/** Returns whether a value passes. If not, the check has reported a fault to the run. */
export type Check = (value: unknown, run: Run, seen: Seen | null) => boolean;

/** The members and items of a value that a schema has evaluated. Null stands in for it if no schema needs to know. */
export class Seen {
  readonly keys = new Set<string>();
  readonly indexes = new Set<number>();

  add({ keys, indexes }: Seen): void {
    for (const key of keys) this.keys.add(key);
    for (const index of indexes) this.indexes.add(index);
  }
}

/** Checking a value takes more work than is allowed. */
export class TooMuchWorkError extends Error {
  override readonly name = 'TooMuchWorkError';
}

/** Bounds the work of checking. A step is about one check of a short value. */
export class ValidationBudget {
  readonly #total: number;
  #left: number;

  constructor(total: number) {
    this.#total = total;
    this.#left = total;
  }

  /** Whether something has been refused. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** @throws TooMuchWorkError */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0)
      throw new TooMuchWorkError(`takes more than ${this.#total} steps to check against its schema`);
  }
}

/** The nesting of schemas while they are checked. The stack has room for several times as many. */
const MAX_LEVELS = 500;
/** The faults of one value. More would only make the response large. */
const MAX_FAULTS = 100;
/** Tracking an evaluated member costs more than checking it. */
const STEPS_PER_SEEN = 8;
const MAX_SEGMENT = 64;
const MAX_PATH = 512;

/** The check of one value. */
export class Run {
  readonly faults: Fault[] = [];
  readonly budget: ValidationBudget;
  readonly #path: (string | number)[];
  readonly #tracking: boolean;
  #reporting = true;
  #levels = 0;

  /** @param tracking whether to track evaluated members and items */
  constructor(budget: ValidationBudget, path: string, tracking: boolean) {
    this.budget = budget;
    this.#path = [path];
    this.#tracking = tracking;
  }

  /** Whether faults are reported, so that checking continues after the first. */
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

  /** Check without reporting faults, for keywords such as `not`. */
  quietly(check: () => boolean): boolean {
    const reporting = this.#reporting;
    this.#reporting = false;
    const holds = check();
    this.#reporting = reporting;
    return holds;
  }

  /** Check a value by a schema. @throws TooMuchWorkError */
  fits(schema: Schema, value: unknown, seen: Seen | null): boolean {
    this.budget.spend(1 + schema.checks.length);
    this.#levels++;
    if (this.#levels > MAX_LEVELS) throw new TooMuchWorkError('is nested too deeply for its schema');
    const holds = this.#all(schema.checks, value, seen) && this.#all(schema.lastChecks, value, seen);
    this.#levels--;
    return holds;
  }

  /** Check a member or an item. */
  fitsAt(key: string | number, schema: Schema, part: unknown): boolean {
    this.#path.push(key);
    const holds = this.fits(schema, part, this.newSeen());
    this.#path.pop();
    return holds;
  }

  /** Check the same value by another schema, whose evaluated members count only if the value fits. */
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

/** Cut a text that is too long, and end it with "…". */
export const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}…`;
