import type { CalendarDate, DateTime, TimeDelta } from './dates.ts';
import { TemplateError } from './errors.ts';
import type { StepMeter } from './step-meter.ts';

/**
 * What expressions are about, with Python's types: a bigint is an int and a number is a float, so that 50000.0 stays
 * a float and 12345678901234567890 exact. None of these is an object of the host's that a lookup could leave.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | List
  | Dict
  | Namespace
  | Undefined
  | Callable
  | Thing
  | CalendarDate
  | DateTime
  | TimeDelta;

/** A list or a tuple. Published data cannot be changed: the same event may be rendered for others. */
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

/** An element of what `groupby` gives: a tuple whose two elements have names. */
export class Group extends List {
  constructor(grouper: Value, list: List) {
    super([grouper, list], { tuple: true });
  }
}

export type Key = string | bigint | number | boolean | null;

/** A mapping with only own keys, in the order in which they were set. */
export class Dict {
  readonly entries: Map<Key, Value>;
  /** Of published data a field that is missing is None, as of Frappe's documents; of a template's own it is undefined. */
  readonly published: boolean;

  constructor(entries: Map<Key, Value> = new Map(), published = false) {
    this.entries = entries;
    this.published = published;
  }
}

/** What `namespace()` makes: the one thing whose attributes a template can set. */
export class Namespace {
  readonly entries: Map<string, Value>;

  constructor(entries: Map<string, Value>) {
    this.entries = entries;
  }
}

/** Something with attributes of its own making, such as `loop` and `utils`. */
export abstract class Thing {
  abstract readonly typeName: string;
  abstract attribute(name: string, runtime: Runtime): Value | undefined;

  /** @throws TemplateError unless it is something that can be called */
  call(_args: Arguments, _runtime: Runtime): Value {
    throw new TemplateError(`'${this.typeName}' object is not callable`);
  }
}

/** A value that is not there. It renders as Jinja's DebugUndefined does: as the expression that asked for it. */
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

  /** That of `{{ value if condition }}`, which renders nothing. */
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

  constructor(name: string, call: (args: Arguments, runtime: Runtime) => Value) {
    this.name = name;
    this.call = call;
  }
}

/** A filter, or a method: what is done to a value. */
export type Operation<T = Value> = (value: T, args: Arguments, runtime: Runtime) => Value;
export type Test = (value: Value, args: Arguments, runtime: Runtime) => boolean;

/** What one rendering carries along. */
export interface Runtime {
  readonly meter: StepMeter;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly filters: ReadonlyMap<string, Operation>;
  readonly tests: ReadonlyMap<string, Test>;
  /** Python's way, for conditions: a member that is not there is an error at once. */
  readonly strict: boolean;
}

/** What a call passes. */
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
   * What these parameters get, in their order; undefined where nothing was passed.
   *
   * @throws TemplateError for an argument too many, of no such name, or given twice
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

  /** As {@link bind}, of parameters that must all be given. */
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

/** As `??`, but None, which is null, is a value. */
export function or<T extends Value | undefined>(value: Value | undefined, otherwise: () => T): Value | T {
  return value === undefined ? otherwise() : value;
}

/** An operation that takes no arguments. */
export function plain<T>(run: (value: T, runtime: Runtime) => Value): Operation<T> {
  return (value, args, runtime) => {
    args.bind();
    return run(value, runtime);
  };
}

/** As in Python's messages, e.g. `NoneType`. */
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
  if (value instanceof List) return value.tuple ? 'tuple' : 'list';
  if (value instanceof Dict) return 'dict';
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Namespace) return 'Namespace';
  if (value instanceof Callable) return 'function';
  return value.typeName;
}
