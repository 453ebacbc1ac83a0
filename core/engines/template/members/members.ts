import { TemplateError } from '../errors.ts';
import { ELEMENT, SCAN } from '../step-meter.ts';
import { isDated } from '../values/coerce.ts';
import type { Key } from '../values/keys.ts';
import { numberOf } from '../values/operators.ts';
import { paidRepr, show } from '../values/show.ts';
import { charactersOf } from '../values/text.ts';
import {
  Bytes,
  Callable,
  Dict,
  Document,
  List,
  Markup,
  NamedTuple,
  Namespace,
  type Operation,
  or,
  type Runtime,
  SetValue,
  Thing,
  typeName,
  Undefined,
  type Value,
} from '../values/values.ts';
import { dateAttribute } from './date-members.ts';
import { dictMethods } from './dict-methods.ts';
import { documentMethods } from './document-methods.ts';
import { listMethods } from './list-methods.ts';
import { numberAttribute } from './number-members.ts';
import { setMethods } from './set-methods.ts';
import { bytesMethods, stringMethods } from './string-methods.ts';

/**
 * Members are looked up in a value's own entries and in the tables of methods, never on a JavaScript object: `constructor`,
 * `__proto__` and `__class__` are keys like any other.
 */

/**
 * Evaluate `owner.name`. The keys of a mapping precede its methods, so that a field `items` can be read. In a call, the methods
 * come first, because a field is never callable.
 */
export function attribute(owner: Value, name: string, called: boolean, runtime: Runtime): Value {
  runtime.meter.spend(ELEMENT + name.length);
  if (owner instanceof Undefined) throw new TemplateError(owner.reason);
  const found =
    owner instanceof Dict ? dictAttribute(owner, name, called) : otherAttribute(owner, name, runtime);
  return or(found, () => missing(owner, name, paidRepr(name, runtime.meter), runtime));
}

function dictAttribute(owner: Dict, name: string, called: boolean): Value | undefined {
  if (called && owner instanceof Document && documentMethods.has(name))
    return method(documentMethods, owner, name);
  if (called) return method(dictMethods, owner, name) ?? owner.entries.get(name);
  return or(owner.entries.get(name), () => (owner.lenient ? null : method(dictMethods, owner, name)));
}

function otherAttribute(owner: Value, name: string, runtime: Runtime): Value | undefined {
  if (typeof owner === 'string') return method(stringMethods, owner, name);
  if (owner instanceof List) return or(namedElement(owner, name), () => method(listMethods, owner, name));
  if (owner instanceof Markup) return method(stringMethods, owner.text, name);
  if (owner instanceof SetValue) return method(setMethods, owner, name);
  if (owner instanceof Bytes) return method(bytesMethods, owner, name);
  if (typeof owner === 'bigint' || typeof owner === 'number') return numberAttribute(owner, name);
  if (owner instanceof Namespace) return owner.entries.get(name);
  if (owner instanceof Thing) return owner.attribute(name, runtime);
  if (isDated(owner)) return dateAttribute(owner, name);
  return undefined;
}

const namedElement = (owner: List, name: string): Value | undefined =>
  owner instanceof NamedTuple ? owner.items[owner.names.indexOf(name)] : undefined;

function method<T extends Value>(
  methods: ReadonlyMap<string, Operation<T>>,
  owner: T,
  name: string,
): Callable | undefined {
  const operation = methods.get(name);
  return operation && new Callable(name, (args, runtime) => operation(owner, args, runtime));
}

/** Evaluate `owner[key]`. As in Jinja, a text that is not a key may name an attribute. */
export function item(owner: Value, key: Value, runtime: Runtime): Value {
  const { meter } = runtime;
  meter.spend(ELEMENT + (typeof key === 'string' ? key.length : 0));
  if (owner instanceof Undefined) throw new TemplateError(owner.reason);
  if (owner instanceof Dict && isKey(key)) {
    const found = owner.entries.get(hashed(key));
    if (found !== undefined) return found;
  }
  const index = numberOf(key);
  if (typeof index === 'bigint' && (typeof owner === 'string' || owner instanceof List)) {
    const items = typeof owner === 'string' ? charactersOf(owner, meter) : owner.items;
    const found = items.at(Number(index));
    if (found !== undefined) return found;
  }
  if (typeof key === 'string' && DUNDER.test(key) && !(owner instanceof Dict)) {
    const unsafe = `access to attribute '${key}' of '${typeName(owner)}' object is unsafe.`;
    if (runtime.strict) throw new TemplateError(unsafe);
    return Undefined.because(unsafe);
  }
  if (typeof key === 'string') return attribute(owner, key, false, runtime);
  return missing(owner, show(key, meter), show(key, meter), runtime);
}

/** The names of Python's own attributes, such as `__class__`. */
const DUNDER = /^__[a-z]+__$/;

const isKey = (value: Value): value is Key => value === null || typeof value !== 'object';
const hashed = (key: Key): Key => (typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : key);

/** Return what a missing member is. @throws TemplateError in conditions */
export function missing(owner: Value, key: string, shownKey: string, { strict }: Runtime): Undefined {
  const value = Undefined.member(owner, key, shownKey);
  if (strict) throw new TemplateError(value.reason);
  return value;
}

/** Follow a path of names and indexes such as `a.0.b`, as in `map(attribute='a.0.b')`. */
export function path(owner: Value, names: Value, runtime: Runtime): Value {
  if (typeof names !== 'string') return item(owner, names, runtime);
  runtime.meter.spend(names.length * SCAN);
  let value = owner;
  for (const name of names.split('.'))
    value = item(value, /^\d{1,9}$/.test(name) ? BigInt(name) : name, runtime);
  return value;
}
