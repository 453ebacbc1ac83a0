import type { Value } from '../values/values.ts';

/** The names that a source may use besides the engine's functions, and the time that these read. */
export interface Variables {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly values: Iterable<readonly [string, Value]>;
  /** The address with which links begin. */
  readonly siteUrl?: string | undefined;
}

/** The names bound in a block, and those of the enclosing blocks. */
export class Scope {
  readonly #values: Map<string, Value>;
  readonly #parent: Scope | undefined;

  constructor(parent?: Scope, values: Iterable<readonly [string, Value]> = []) {
    this.#parent = parent;
    this.#values = new Map(values);
  }

  lookup(name: string): Value | undefined {
    const value = this.#values.get(name);
    return value === undefined ? this.#parent?.lookup(name) : value;
  }

  /** Unbind all names, for the next iteration of a loop. */
  clear(): void {
    this.#values.clear();
  }

  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }
}
