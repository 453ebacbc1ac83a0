import { TemplateError } from '../errors.ts';
import type { StepMeter } from '../step-meter.ts';
import type { CalendarDate, DateTime, TimeDelta, TimeOfDay } from './dates.ts';
import { KeyMap, type KeySet } from './keys.ts';

/**
 * The values of expressions, with Python's types: a bigint is an int and a number is a float, so that 50000.0 stays a float and
 * 12345678901234567890 stays exact. No look-up leads from a value to a JavaScript object outside of it.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | List
  | Dict
  | SetValue
  | Bytes
  | Markup
  | Namespace
  | Undefined
  | Callable
  | Thing
  | CalendarDate
  | DateTime
  | TimeOfDay
  | TimeDelta;

/** A list or a tuple. Published data cannot be changed, because the same event is rendered for other subscriptions too. */
export class List {
  readonly items: Value[];
  readonly tuple: boolean;
  readonly published: boolean;

  constructor(items: Value[], { tuple = false, published = false } = {}) {
    this.items = items;
    this.tuple = tuple;
    this.published = published;
  }
}

/** Python's `range`. */
export class Range extends List {
  readonly shown: string;

  constructor(items: Value[], shown: string) {
    super(items);
    this.shown = shown;
  }
}

/** What the methods `keys`, `values` and `items` of a mapping return: a list here, with the text of Python's view. */
export class View extends List {
  readonly view: string;

  constructor(items: Value[], view: 'dict_keys' | 'dict_values' | 'dict_items') {
    super(items);
    this.view = view;
  }
}

/** Python's named tuple: a tuple whose elements have names. */
export class NamedTuple extends List {
  readonly names: readonly string[];
  /** What it shows before its elements; undefined if it is shown like any tuple. */
  readonly shownName: string | undefined;

  constructor(elements: Readonly<Record<string, Value>>, shownName?: string) {
    super(Object.values(elements), { tuple: true });
    this.names = Object.keys(elements);
    this.shownName = shownName;
  }
}

/** A group of the filter `groupby`. */
export class Group extends NamedTuple {
  constructor(grouper: Value, list: List) {
    super({ grouper, list });
  }
}

/** A mapping that keeps its keys in insertion order. */
export class Dict {
  readonly entries: KeyMap<Value>;
  /** Published data cannot be changed. */
  readonly published: boolean;
  /** Whether a missing field is None, as in Frappe's documents. In a template's own mapping it is undefined. */
  readonly lenient: boolean;

  constructor(entries = new KeyMap<Value>(), published = false, lenient = published) {
    this.entries = entries;
    this.published = published;
    this.lenient = lenient;
  }
}

/** What an event tells about a document besides its fields. */
export interface DocumentFacts {
  /** The fields that changed, each with its value `from` before; undefined if that is unknown. */
  readonly changes: Dict | undefined;
  readonly isNew: boolean;
}

/** The document of an event. */
export class Document extends Dict {
  readonly facts: DocumentFacts;

  constructor({ entries, published, lenient }: Dict, facts: DocumentFacts) {
    super(entries, published, lenient);
    this.facts = facts;
  }
}

/** Python's set. Here it keeps the order in which its elements were added. */
export class SetValue {
  readonly items: KeySet;

  constructor(items: KeySet) {
    this.items = items;
  }
}

/** Python's bytes. */
export class Bytes {
  readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    this.data = data;
  }
}

/** A text that the filters `escape`, `safe` and `tojson` have marked as HTML: it is not escaped again. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The result of `namespace()`: the only value whose attributes a template can set. */
export class Namespace {
  readonly entries: Map<string, Value>;

  constructor(entries: Map<string, Value>) {
    this.entries = entries;
  }
}

/** A value with computed attributes, such as `loop` and `utils`. */
export abstract class Thing {
  abstract readonly typeName: string;
  abstract attribute(name: string, runtime: Runtime): Value | undefined;

  /** What `{{ value }}` shows between angle brackets. */
  get shown(): string {
    return this.typeName;
  }

  /** @throws TemplateError unless a subclass can be called */
  call(_args: Arguments, _runtime: Runtime): Value {
    throw new TemplateError(`'${this.typeName}' object is not callable`);
  }
}

/** A missing value. Like Jinja's DebugUndefined, it renders as the expression that asked for it. */
export class Undefined {
  readonly shown: string;
  /** Why using it is an error. */
  readonly reason: string;

  private constructor(shown: string, reason: string) {
    this.shown = shown;
    this.reason = reason;
  }

  static name(name: string): Undefined {
    return new Undefined(name, `'${name}' is undefined`);
  }

  static member(owner: Value, key: string, shownKey: string): Undefined {
    const name = owner === null ? 'None' : `${typeName(owner)} object`;
    return new Undefined(`no such element: ${name}[${shownKey}]`, `'${name}' has no attribute '${key}'`);
  }

  /** Return the missing value of `{{ value if condition }}`, which renders as an empty text. */
  static silent(reason: string): Undefined {
    return new Undefined('', reason);
  }

  static because(reason: string): Undefined {
    return new Undefined(`undefined value printed: ${reason}`, reason);
  }
}

/** A function, a macro or a method of some value. */
export class Callable {
  readonly name: string;
  readonly call: (args: Arguments, runtime: Runtime) => Value;
  /** Whether it is a type: then `isinstance` knows it. */
  readonly isType: boolean;

  constructor(name: string, call: (args: Arguments, runtime: Runtime) => Value, isType = false) {
    this.name = name;
    this.call = call;
    this.isType = isType;
  }
}

/** A filter or a method. */
export type Operation<T = Value> = (value: T, args: Arguments, runtime: Runtime) => Value;
export type Test = (value: Value, args: Arguments, runtime: Runtime) => boolean;

/** The context of one rendering. */
export interface Runtime {
  readonly meter: StepMeter;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The address with which links begin; undefined if there is none. */
  readonly siteUrl: string | undefined;
  readonly filters: ReadonlyMap<string, Operation>;
  readonly tests: ReadonlyMap<string, Test>;
  /** Whether reading a missing member is an error, as in Python. Conditions are strict. */
  readonly strict: boolean;
  readonly mark?: Mark | undefined;
}

/**
 * Is given each piece of the rendered text, in their order, and returns what is rendered for it. Pieces of a text that is captured
 * are not marked.
 */
export type Mark = (text: string, piece: Piece) => string;

interface Piece {
  /** Whether a tag rendered it; otherwise it is the template's own text. */
  readonly isValue: boolean;
  /** The line of the template at which it begins. */
  readonly line: number;
}

/** The arguments of a call. */
export class Arguments {
  readonly callee: string;
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;

  constructor(
    callee: string,
    positional: readonly Value[] = [],
    named: ReadonlyMap<string, Value> = NO_NAMED,
  ) {
    this.callee = callee;
    this.positional = positional;
    this.named = named;
  }

  /**
   * Return the argument of each parameter, in order; undefined if it was not passed.
   *
   * @throws TemplateError for too many, unknown or duplicate arguments
   */
  bind(...parameters: readonly string[]): (Value | undefined)[] {
    if (this.positional.length > parameters.length)
      throw this.error(`takes at most ${parameters.length} arguments`);
    const bound: (Value | undefined)[] = [...this.positional];
    for (const [name, value] of this.named) {
      const at = parameters.indexOf(name);
      if (at < 0) throw this.error(`takes no argument '${name}'`);
      if (bound[at] !== undefined) throw this.error(`gets '${name}' twice`);
      bound[at] = value;
    }
    return bound;
  }

  /** Return the argument of each parameter, like {@link bind}. @throws TemplateError if one is missing */
  require(...parameters: readonly string[]): Value[] {
    const bound = this.bind(...parameters);
    return parameters.map((name, at) => {
      const value = bound[at];
      if (value === undefined) throw this.error(`needs the argument '${name}'`);
      return value;
    });
  }

  error(what: string): TemplateError {
    return new TemplateError(`${this.callee}() ${what}`);
  }
}

const NO_NAMED: ReadonlyMap<string, Value> = new Map();
export const NO_ARGUMENTS = new Arguments('filter');

/** `??` for undefined only: null is Python's None. */
export function or<T extends Value | undefined>(value: Value | undefined, otherwise: () => T): Value | T {
  return value === undefined ? otherwise() : value;
}

/** Create an operation without arguments. */
export function plain<T>(run: (value: T, runtime: Runtime) => Value): Operation<T> {
  return (value, args, runtime) => {
    args.bind();
    return run(value, runtime);
  };
}

/** Return the name of a value's type in Python, such as `NoneType`. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'string':
      return 'str';
    default:
  }
  if (value instanceof Range) return 'range';
  if (value instanceof View) return value.view;
  if (value instanceof List) return value.tuple ? 'tuple' : 'list';
  if (value instanceof Dict) return 'dict';
  if (value instanceof SetValue) return 'set';
  if (value instanceof Bytes) return 'bytes';
  if (value instanceof Markup) return 'Markup';
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Namespace) return 'Namespace';
  if (value instanceof Callable) return 'function';
  return value.typeName;
}
