import { TemplateError } from '../errors.ts';
import { equals } from '../values/operators.ts';
import {
  type Arguments,
  Callable,
  or,
  type Runtime,
  Thing,
  Undefined,
  type Value,
} from '../values/values.ts';

/** The `loop` variable of a `for` (the table of special variables in Jinja's "For"). */
export class Loop extends Thing {
  readonly typeName = 'LoopContext';
  readonly #items: readonly Value[];
  readonly #depth: number;
  #at = -1;
  #lastChanged: readonly Value[] | undefined;
  readonly #recurse: ((items: Value) => string) | undefined;

  /** @param recurse renders the loop's body for other items; only in a recursive loop */
  constructor(items: readonly Value[], depth: number, recurse: ((items: Value) => string) | undefined) {
    super();
    this.#items = items;
    this.#depth = depth;
    this.#recurse = recurse;
  }

  override get shown(): string {
    return `LoopContext ${this.#at + 1}/${this.#items.length}`;
  }

  override call(args: Arguments): Value {
    if (this.#recurse === undefined)
      throw new TemplateError("The loop must have the 'recursive' marker to be called recursively.");
    return this.#recurse(args.require('iterable')[0] as Value);
  }

  advance(): void {
    this.#at++;
  }

  attribute(name: string): Value | undefined {
    const count = this.#items.length;
    switch (name) {
      case 'index':
        return BigInt(this.#at + 1);
      case 'index0':
        return BigInt(this.#at);
      case 'revindex':
        return BigInt(count - this.#at);
      case 'revindex0':
        return BigInt(count - this.#at - 1);
      case 'first':
        return this.#at === 0;
      case 'last':
        return this.#at === count - 1;
      case 'length':
        return BigInt(count);
      case 'depth':
        return BigInt(this.#depth);
      case 'depth0':
        return BigInt(this.#depth - 1);
      case 'previtem':
        return or(this.#items[this.#at - 1], () => Undefined.because('there is no previous item'));
      case 'nextitem':
        return or(this.#items[this.#at + 1], () => Undefined.because('there is no next item'));
      case 'cycle':
        return new Callable(name, (args) => this.#cycle(args));
      case 'changed':
        return new Callable(name, (args, runtime) => this.#changed(args.positional, runtime));
      default:
        return undefined;
    }
  }

  #cycle(args: Arguments): Value {
    const value = args.positional[this.#at % args.positional.length];
    if (value === undefined) throw args.error('needs at least one item');
    return value;
  }

  /** Return whether the values differ from those of the last call. */
  #changed(values: readonly Value[], { meter }: Runtime): boolean {
    const last = this.#lastChanged;
    this.#lastChanged = values;
    if (last === undefined || last.length !== values.length) return true;
    return !values.every((value, at) => equals(value, last[at] as Value, meter));
  }
}
