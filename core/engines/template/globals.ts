import { TemplateError } from './errors.ts';
import { loads } from './formats/json-loads.ts';
import { dumps, type JsonStyle } from './formats/python-json.ts';
import { dictOf } from './members/dict-methods.ts';
import { setOf } from './members/set-methods.ts';
import { ELEMENT, SCAN, STEP, type StepMeter, VISIT } from './step-meter.ts';
import { countOf, cstr, payNumber, textOf, toFloat, toInt } from './values/coerce.ts';
import { absoluteDelta, TimeDelta } from './values/dates.ts';
import { floatToInt, roundFloat, roundInt } from './values/numbers.ts';
import { add, compare, iterate, numberOf, signed, sizeOf, truth } from './values/operators.ts';
import { show } from './values/show.ts';
import { keysBy, sortedBy } from './values/sorting.ts';
import {
  Arguments,
  Callable,
  Dict,
  List,
  Namespace,
  or,
  Range,
  type Runtime,
  Thing,
  typeName,
  type Value,
} from './values/values.ts';

type Function = (args: Arguments, runtime: Runtime) => Value;

/** A value that is only there for its members. */
export class Members extends Thing {
  readonly typeName: string;
  readonly #members: ReadonlyMap<string, Value>;

  constructor(typeName: string, members: ReadonlyMap<string, Value>) {
    super();
    this.typeName = typeName;
    this.#members = members;
  }

  attribute(name: string): Value | undefined {
    return this.#members.get(name);
  }
}

const types = (functions: readonly (readonly [string, Function])[]): readonly (readonly [string, Value])[] =>
  functions.map(([name, call]) => [name, new Callable(name, call, true)]);

export const callables = (functions: readonly (readonly [string, Function])[]): ReadonlyMap<string, Value> =>
  new Map(functions.map(([name, call]) => [name, new Callable(name, call)]));

/** The global functions of templates: Jinja's "List of Global Functions", and what Frappe adds (`get_python_builtins`). */
export const templateGlobals: ReadonlyMap<string, Value> = new Map([
  ...callables([
    ['range', range],
    ['namespace', namespace],
    ['cycler', (args) => new Cycler(args)],
    ['joiner', (args) => new Joiner(args)],
    ['abs', absolute],
    ['all', (args, { meter }) => visited(args, meter).every(truth)],
    ['any', (args, { meter }) => visited(args, meter).some(truth)],
    ['enumerate', enumerate],
    ['isinstance', isInstance],
    ['max', (args, runtime) => extreme(args, runtime, 1)],
    ['min', (args, runtime) => extreme(args, runtime, -1)],
    ['sorted', sorted],
    ['sum', sum],
    ['as_json', asJson],
    ['_', translated],
    ['scrub', scrub],
    [
      '_dict',
      (args, { meter }) => new Dict(dictOf(args.positional[0], args.named, args, meter).entries, false, true),
    ],
  ]),
  ...types([
    ['bool', (args) => truth(args.bind('object')[0] ?? false)],
    ['dict', (args, { meter }) => dictOf(args.positional[0], args.named, args, meter)],
    ['list', (args, { meter }) => new List(copied(args, meter))],
    [
      'set',
      (args, { meter }) =>
        setOf(
          or(args.bind('iterable')[0], () => new List([])),
          meter,
        ),
    ],
    ['tuple', (args, { meter }) => new List(copied(args, meter), { tuple: true })],
  ]),
  [
    'json',
    new Members(
      'json',
      callables([
        ['loads', loadsOf],
        ['dumps', dumpsOf],
      ]),
    ),
  ],
  ['self', new Members('TemplateReference None', new Map())],
]);

/** The global functions of conditions. Frappe has only `int`, `float`, `long` and `round`. */
export const conditionGlobals = callables([
  ['int', (args, runtime) => converted(args, runtime, 0n, toInt)],
  ['long', (args, runtime) => converted(args, runtime, 0n, toInt)],
  ['float', (args, runtime) => converted(args, runtime, 0, toFloat)],
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
  ['any', (args, { meter }) => visited(args, meter).some(truth)],
  ['all', (args, { meter }) => visited(args, meter).every(truth)],
]);

const only = (args: Arguments): Value => args.require('value')[0] as Value;

/** Pay for a look at each element of the only argument, and return them. */
function visited(args: Arguments, meter: StepMeter): readonly Value[] {
  const items = iterate(only(args), meter);
  meter.spend(items.length * ELEMENT);
  return items;
}

function copied(args: Arguments, meter: StepMeter): Value[] {
  const [items] = args.bind('iterable');
  if (items === undefined) return [];
  const elements = iterate(items, meter);
  meter.elements(elements.length);
  return [...elements];
}

function enumerate(args: Arguments, { meter }: Runtime): List {
  const [iterable, start = 0n] = args.bind('iterable', 'start');
  if (iterable === undefined) throw args.error("needs the argument 'iterable'");
  const first = countOf(start, 'start');
  const items = iterate(iterable, meter);
  meter.elements(items.length);
  meter.spend(items.length * STEP);
  return new List(items.map((item, at) => new List([BigInt(first + at), item], { tuple: true })));
}

function isInstance(args: Arguments, { meter }: Runtime): boolean {
  const [value, type] = args.require('object', 'classinfo') as [Value, Value];
  const named = type instanceof List && type.tuple ? type.items : [type];
  meter.spend(named.length * ELEMENT);
  return named.some((each) => {
    if (!(each instanceof Callable && each.isType))
      throw args.error('arg 2 must be a type or tuple of types');
    return each.name === typeName(value);
  });
}

function sorted(args: Arguments, runtime: Runtime): List {
  const [iterable, ...others] = args.positional;
  if (iterable === undefined || others.length > 0) throw args.error('takes one positional argument');
  return new List(sortedBy(iterate(iterable, runtime.meter), args, runtime));
}

/** `frappe.as_json`. */
function asJson(args: Arguments, { meter }: Runtime): string {
  const [value = null, indent = 1n, separators = null, ascii = true] = args.bind(
    'obj',
    'indent',
    'separators',
    'ensure_ascii',
  );
  const style = { sortKeys: true, anyIterable: true };
  return dumps(value, { ...style, ...jsonStyle(indent, separators, ascii, [',', ': ']) }, meter);
}

function loadsOf(args: Arguments, { meter }: Runtime): Value {
  const [text] = args.require('s') as [Value];
  if (typeof text !== 'string')
    throw new TemplateError(`the JSON object must be str, bytes or bytearray, not ${typeName(text)}`);
  return loads(text, meter);
}

function dumpsOf(args: Arguments, { meter }: Runtime): string {
  const [value, ...others] = args.positional;
  if (others.length > 0) throw args.error('takes 1 positional argument');
  const named = new Arguments(args.callee, [], args.named);
  const [object, indent = null, ascii = true, sort = false, separators = null, standard] = named.bind(
    'obj',
    'indent',
    'ensure_ascii',
    'sort_keys',
    'separators',
    'default',
  );
  const style = { sortKeys: truth(sort), ...jsonStyle(indent, separators, ascii) };
  return dumps(
    or(value ?? object, () => null),
    style,
    meter,
    standard !== undefined,
  );
}

function jsonStyle(
  indent: Value,
  separators: Value,
  ascii: Value,
  standard?: readonly [string, string],
): Pick<JsonStyle, 'indent' | 'separators' | 'ensureAscii'> {
  const pair = separators instanceof List ? separators.items : undefined;
  return {
    indent: indent === null ? undefined : Math.max(0, countOf(indent, 'indent')),
    separators: pair === undefined ? standard : [textOf(pair[0], 'separator'), textOf(pair[1], 'separator')],
    ensureAscii: truth(ascii),
  };
}

/** Frappe's `_`: texts are in English. */
function translated(args: Arguments): Value {
  const [message = null] = args.bind('msg', 'lang', 'context');
  return message;
}

/** Frappe's `scrub`: the name of a DocType as a field has it. */
function scrub(args: Arguments, runtime: Runtime): string {
  const text = cstr(args.require('txt')[0] as Value, runtime);
  runtime.meter.spend(text.length * SCAN);
  runtime.meter.text(text.length * 2);
  return text.replaceAll(' ', '_').replaceAll('-', '_').toLowerCase();
}

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
  return new Range(items, `range(${start}, ${stop}${step === 1 ? '' : `, ${step}`})`);
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

function converted(
  args: Arguments,
  { meter }: Runtime,
  initial: Value,
  convert: (value: Value) => Value | undefined,
): Value {
  const [value = initial] = args.bind('value');
  payNumber(value, meter);
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
  const value = only(args);
  if (value instanceof TimeDelta) return absoluteDelta(value);
  const number = numberOf(value);
  if (number === undefined) throw args.error(`cannot take '${typeName(only(args))}'`);
  return number < 0 ? signed('-', number) : number;
}

/** Return the minimum or maximum of one list or of several arguments. */
function extreme(args: Arguments, runtime: Runtime, sign: 1 | -1): Value {
  const [first = null] = args.positional;
  const { key, default: standard, ...others } = Object.fromEntries(args.named);
  for (const name of Object.keys(others)) throw args.error(`takes no argument '${name}'`);
  const items = args.positional.length === 1 ? [...iterate(first, runtime.meter)] : args.positional;
  runtime.meter.elements(items.length);
  if (items.length === 0) {
    if (standard !== undefined) return standard;
    throw args.error('gets nothing to choose from');
  }
  const keys = keysBy(items, key, runtime);
  let best = 0;
  for (let at = 1; at < items.length; at++)
    if (compare(keys[at] as Value, keys[best] as Value, '<', runtime.meter) * sign > 0) best = at;
  return items[best] as Value;
}

function sum(args: Arguments, { meter }: Runtime): Value {
  const [items, start = 0n] = args.bind('iterable', 'start');
  const terms = iterate(items ?? null, meter);
  meter.spend(terms.length * VISIT);
  return terms.reduce((total, term) => add(total, term, meter), start);
}
