import { countOf, textOf, toFloat, toInt } from './coerce.ts';
import { dictOf } from './dict-methods.ts';
import { TemplateError } from './errors.ts';
import { floatToInt, roundFloat, roundInt } from './numbers.ts';
import { add, compare, iterate, numberOf, signed, sizeOf, truth } from './operators.ts';
import { show } from './show.ts';
import { STEP, VISIT } from './step-meter.ts';
import {
  type Arguments,
  Callable,
  List,
  Namespace,
  or,
  type Runtime,
  Thing,
  typeName,
  type Value,
} from './values.ts';

type Function = (args: Arguments, runtime: Runtime) => Value;

export const callables = (functions: readonly (readonly [string, Function])[]): ReadonlyMap<string, Value> =>
  new Map(functions.map(([name, call]) => [name, new Callable(name, call)]));

/** The global functions of templates (Jinja's "List of Global Functions"). */
export const templateGlobals = callables([
  ['range', range],
  ['dict', (args, { meter }) => dictOf(args.positional[0], args.named, args, meter)],
  ['namespace', namespace],
  ['cycler', (args) => new Cycler(args)],
  ['joiner', (args) => new Joiner(args)],
]);

/** The global functions of conditions. Frappe has only `int`, `float`, `long` and `round`. */
export const conditionGlobals = callables([
  ['int', (args) => converted(args, 0n, toInt)],
  ['long', (args) => converted(args, 0n, toInt)],
  ['float', (args) => converted(args, 0, toFloat)],
  ['round', round],
  ['len', length],
  [
    'str',
    (args, { meter }) =>
      show(
        or(args.bind('object')[0], () => ''),
        meter,
      ),
  ],
  ['bool', (args) => truth(args.bind('object')[0] ?? false)],
  ['abs', absolute],
  ['min', (args, runtime) => extreme(args, runtime, -1)],
  ['max', (args, runtime) => extreme(args, runtime, 1)],
  ['sum', sum],
  ['any', (args, { meter }) => iterate(only(args), meter).some(truth)],
  ['all', (args, { meter }) => iterate(only(args), meter).every(truth)],
]);

const only = (args: Arguments): Value => args.require('value')[0] as Value;

/** Python's `range`, as a list: its count is checked and paid for. */
function range(args: Arguments, { meter }: Runtime): List {
  const [first, second, third = 1n] = args.bind('start', 'stop', 'step');
  const start = second === undefined ? 0 : countOf(first, 'start');
  const stop = countOf(second ?? first, 'stop');
  const step = countOf(third, 'step');
  if (step === 0) throw args.error('arg 3 must not be zero');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  meter.slots(count);
  meter.spend(count * VISIT);
  const items: Value[] = [];
  for (let at = 0; at < count; at++) items.push(BigInt(start + at * step));
  return new List(items);
}

function namespace(args: Arguments, { meter }: Runtime): Namespace {
  const entries = dictOf(args.positional[0], args.named, args, meter).entries;
  return new Namespace(new Map(Array.from(entries, ([key, value]) => [textOf(key, 'a name'), value])));
}

/** Jinja's `cycler('odd', 'even')` with `next()`, `current` and `reset()`. */
class Cycler extends Thing {
  readonly typeName = 'Cycler';
  readonly #items: readonly Value[];
  #at = 0;

  constructor(args: Arguments) {
    super();
    if (args.positional.length === 0) throw args.error('needs at least one item');
    this.#items = args.positional;
  }

  attribute(name: string): Value | undefined {
    if (name === 'current') return this.#current;
    if (name === 'reset') return new Callable(name, () => this.#reset());
    return name === 'next' ? new Callable(name, () => this.#next()) : undefined;
  }

  get #current(): Value {
    return this.#items[this.#at] as Value;
  }

  #next(): Value {
    const current = this.#current;
    this.#at = (this.#at + 1) % this.#items.length;
    return current;
  }

  #reset(): null {
    this.#at = 0;
    return null;
  }
}

/** Jinja's `joiner(', ')`, which returns an empty text on the first call and the separator on later ones. */
class Joiner extends Thing {
  readonly typeName = 'Joiner';
  readonly #separator: Value;
  #used = false;

  constructor(args: Arguments) {
    super();
    const [separator = ', '] = args.bind('sep');
    this.#separator = separator;
  }

  override call(): Value {
    const value = this.#used ? this.#separator : '';
    this.#used = true;
    return value;
  }

  attribute(): undefined {
    return undefined;
  }
}

function converted(args: Arguments, initial: Value, convert: (value: Value) => Value | undefined): Value {
  const [value = initial] = args.bind('value');
  const result = convert(value);
  if (result !== undefined) return result;
  throw args.error(`cannot convert ${typeof value === 'string' ? 'this text' : `'${typeName(value)}'`}`);
}

/** Python's `round`, which returns an int without a number of digits. */
function round(args: Arguments, { meter }: Runtime): Value {
  meter.spend(16 * STEP);
  const [value = null, digits = null] = args.bind('number', 'ndigits');
  const number = numberOf(value);
  if (number === undefined) throw args.error(`cannot round '${typeName(value)}'`);
  const places = digits === null ? 0 : countOf(digits, 'ndigits');
  if (typeof number === 'bigint') return roundInt(number, places);
  return digits === null ? floatToInt(roundFloat(number, 0)) : roundFloat(number, places);
}

function length(args: Arguments, { meter }: Runtime): Value {
  const size = sizeOf(only(args), meter);
  if (size === undefined) throw new TemplateError(`object of type '${typeName(only(args))}' has no len()`);
  return BigInt(size);
}

function absolute(args: Arguments): Value {
  const number = numberOf(only(args));
  if (number === undefined) throw args.error(`cannot take '${typeName(only(args))}'`);
  return number < 0 ? signed('-', number) : number;
}

/** Return the minimum or maximum of one list or of several arguments. */
function extreme(args: Arguments, { meter }: Runtime, sign: 1 | -1): Value {
  const [first = null] = args.positional;
  const items = args.positional.length === 1 ? iterate(first, meter) : args.positional;
  if (items.length === 0) throw args.error('gets nothing to choose from');
  return items.reduce((best, item) => (compare(item, best, '<', meter) * sign > 0 ? item : best));
}

function sum(args: Arguments, { meter }: Runtime): Value {
  const [items, start = 0n] = args.bind('iterable', 'start');
  const terms = iterate(items ?? null, meter);
  meter.spend(terms.length * VISIT);
  return terms.reduce((total, term) => add(total, term, meter), start);
}
