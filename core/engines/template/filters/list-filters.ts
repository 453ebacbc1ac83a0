import { TemplateError } from '../errors.ts';
import { path } from '../members/members.ts';
import { joinTexts } from '../members/string-methods.ts';
import { STEP, VISIT } from '../step-meter.ts';
import { countOf, textOf } from '../values/coerce.ts';
import { KeySet } from '../values/keys.ts';
import { add, compare, equals, iterate, keyOf, truth } from '../values/operators.ts';
import { show } from '../values/show.ts';
import {
  Arguments,
  Dict,
  Group,
  List,
  NO_ARGUMENTS,
  type Operation,
  or,
  plain,
  type Runtime,
  Undefined,
  type Value,
} from '../values/values.ts';

/** Filters on lists. They return lists where Jinja returns generators. */
export const listFilters: readonly (readonly [string, Operation])[] = [
  ['first', plain((value, { meter }) => or(iterate(value, meter)[0], () => empty('first')))],
  ['last', plain((value, { meter }) => or(iterate(value, meter).at(-1), () => empty('last')))],
  ['join', join],
  ['sum', sum],
  ['min', (value, args, runtime) => extreme(value, args, runtime, -1)],
  ['max', (value, args, runtime) => extreme(value, args, runtime, 1)],
  ['sort', sort],
  ['unique', unique],
  ['reverse', plain(reverse)],
  ['map', map],
  ['select', (value, args, runtime) => select(value, args, runtime, true)],
  ['reject', (value, args, runtime) => select(value, args, runtime, false)],
  ['selectattr', (value, args, runtime) => selectAttribute(value, args, runtime, true)],
  ['rejectattr', (value, args, runtime) => selectAttribute(value, args, runtime, false)],
  ['groupby', groupBy],
  ['dictsort', dictSort],
  ['batch', batch],
  ['slice', slice],
];

const empty = (which: string) => Undefined.because(`No ${which} item, sequence was empty.`);

function listOf(items: Value[], { meter }: Runtime): List {
  meter.elements(items.length);
  return new List(items);
}

function join(value: Value, args: Arguments, runtime: Runtime): string {
  const { meter } = runtime;
  const [between = '', attribute = null] = args.bind('d', 'attribute');
  const elements = iterate(value, meter);
  meter.spend(elements.length * VISIT);
  const items = elements.map((item) =>
    show(attribute === null ? item : path(item, attribute, runtime), meter),
  );
  return joinTexts(items, show(between, meter), meter);
}

function sum(value: Value, args: Arguments, runtime: Runtime): Value {
  const [attribute = null, start = 0n] = args.bind('attribute', 'start');
  let total = start;
  for (const item of iterate(value, runtime.meter)) {
    // Each addition allocates an int.
    runtime.meter.spend(STEP);
    const term = attribute === null ? item : path(item, attribute, runtime);
    if (typeof term === 'string') throw new TemplateError("sum() can't sum strings");
    total = add(total, term, runtime.meter);
  }
  return total;
}

/** Return the key by which an element is compared: the element or one of its members, with texts lower-cased by default. */
function keyOfItem(item: Value, attribute: Value, caseSensitive: boolean, runtime: Runtime): Value {
  runtime.meter.spend(VISIT);
  const value = attribute === null ? item : path(item, attribute, runtime);
  if (caseSensitive || typeof value !== 'string') return value;
  runtime.meter.spend(value.length);
  return value.toLowerCase();
}

function extreme(value: Value, args: Arguments, runtime: Runtime, sign: 1 | -1): Value {
  const [caseSensitive = false, attribute = null] = args.bind('case_sensitive', 'attribute');
  let best: { item: Value; key: Value } | undefined;
  for (const item of iterate(value, runtime.meter)) {
    const key = keyOfItem(item, attribute, truth(caseSensitive), runtime);
    if (best === undefined || compare(key, best.key, '<', runtime.meter) * sign > 0) best = { item, key };
  }
  return best === undefined ? Undefined.because('No aggregated item, sequence was empty.') : best.item;
}

function sorted(
  items: readonly Value[],
  keyOfEach: (item: Value) => Value,
  reverse: boolean,
  { meter }: Runtime,
): Value[] {
  meter.elements(items.length);
  meter.spend(items.length * STEP);
  const sign = reverse ? -1 : 1;
  return items
    .map((item) => ({ item, key: keyOfEach(item) }))
    .sort((a, b) => compare(a.key, b.key, '<', meter) * sign || 0)
    .map(({ item }) => item);
}

function sort(value: Value, args: Arguments, runtime: Runtime): List {
  const [reverse = false, caseSensitive = false, attribute = null] = args.bind(
    'reverse',
    'case_sensitive',
    'attribute',
  );
  if (typeof attribute === 'string') runtime.meter.spend(attribute.length * VISIT);
  const attributes: Value[] = typeof attribute === 'string' ? attribute.split(',') : [attribute];
  // The keys are lists, whose elements need no order if they are equal: missing ones, or None.
  const keysOf = (item: Value) =>
    new List(
      attributes.map((each) => keyOfItem(item, each, truth(caseSensitive), { ...runtime, strict: false })),
    );
  return new List(sorted(iterate(value, runtime.meter), keysOf, truth(reverse), runtime));
}

function unique(value: Value, args: Arguments, runtime: Runtime): List {
  const [caseSensitive = false, attribute = null] = args.bind('case_sensitive', 'attribute');
  const seen = new KeySet();
  const others: Value[] = [];
  const isNew = (key: Value): boolean => {
    runtime.meter.spend(STEP);
    if (key === null || typeof key !== 'object') {
      const size = seen.size;
      seen.add(typeof key === 'boolean' ? BigInt(key) : keyOf(key, runtime.meter));
      return seen.size > size;
    }
    if (others.some((other) => equals(other, key, runtime.meter))) return false;
    others.push(key);
    return true;
  };
  const kept = iterate(value, runtime.meter).filter((item) =>
    isNew(keyOfItem(item, attribute, truth(caseSensitive), runtime)),
  );
  return listOf(kept, runtime);
}

function reverse(value: Value, runtime: Runtime): Value {
  const items = [...iterate(value, runtime.meter)].reverse();
  return typeof value === 'string' ? items.join('') : listOf(items, runtime);
}

/** Pay for a filter or a test of each element. As in Jinja, None, which a missing table of a document is, has none. */
function elementsOf(value: Value, { meter }: Runtime): readonly Value[] {
  const items = truth(value) ? iterate(value, meter) : [];
  meter.spend(items.length * STEP);
  return items;
}

/** Jinja's `map('upper')`, `map('replace', 'a', 'b')` or `map(attribute='name', default='')`. */
function map(value: Value, args: Arguments, runtime: Runtime): List {
  const each =
    args.positional.length === 0 && args.named.has('attribute')
      ? attributeMapper(args, runtime)
      : filterMapper(args, runtime);
  return listOf(elementsOf(value, runtime).map(each), runtime);
}

function attributeMapper(args: Arguments, runtime: Runtime): (item: Value) => Value {
  const [attribute = null, initial] = args.bind('attribute', 'default');
  return (item) => {
    const value = path(item, attribute, { ...runtime, strict: false });
    return value instanceof Undefined && initial !== undefined ? initial : value;
  };
}

function filterMapper(args: Arguments, runtime: Runtime): (item: Value) => Value {
  const [name, ...rest] = args.positional;
  const filter = runtime.filters.get(textOf(name, 'the filter of map'));
  if (filter === undefined) throw new TemplateError(`No filter named '${name}'.`);
  const passed = new Arguments(String(name), rest, args.named);
  return (item) => filter(item, passed, runtime);
}

/** Return the test that the arguments name, or truth if they name none. */
function predicate(args: Arguments, from: number, runtime: Runtime): (value: Value) => boolean {
  const [name, ...rest] = args.positional.slice(from);
  if (name === undefined) return truth;
  const test = runtime.tests.get(textOf(name, `the test of ${args.callee}`));
  if (test === undefined) throw new TemplateError(`No test named '${name}'.`);
  const passed = rest.length > 0 ? new Arguments(String(name), rest, args.named) : NO_ARGUMENTS;
  return (value) => test(value, passed, runtime);
}

function select(value: Value, args: Arguments, runtime: Runtime, kept: boolean): List {
  const holds = predicate(args, 0, runtime);
  return listOf(
    elementsOf(value, runtime).filter((item) => holds(item) === kept),
    runtime,
  );
}

function selectAttribute(value: Value, args: Arguments, runtime: Runtime, kept: boolean): List {
  const [attribute] = args.positional;
  if (attribute === undefined) throw args.error('needs the name of an attribute');
  const holds = predicate(args, 1, runtime);
  return listOf(
    elementsOf(value, runtime).filter(
      (item) => holds(path(item, attribute, { ...runtime, strict: false })) === kept,
    ),
    runtime,
  );
}

function groupBy(value: Value, args: Arguments, runtime: Runtime): List {
  const [attribute, initial, caseSensitive = false] = args.bind('attribute', 'default', 'case_sensitive');
  if (attribute === undefined) throw args.error("needs the argument 'attribute'");
  const grouper = (item: Value) => {
    const found = path(item, attribute, { ...runtime, strict: false });
    return found instanceof Undefined && initial !== undefined ? initial : found;
  };
  const keyOfGroup = (item: Value) => keyOfItem(grouper(item), null, truth(caseSensitive), runtime);
  const items = sorted(iterate(value, runtime.meter), keyOfGroup, false, runtime);
  runtime.meter.spend(items.length * STEP);
  const groups: Group[] = [];
  let last: Value | undefined;
  for (const item of items) {
    const key = keyOfGroup(item);
    const group = groups.at(-1);
    if (group !== undefined && last !== undefined && equals(key, last, runtime.meter))
      (group.items[1] as List).items.push(item);
    else groups.push(new Group(grouper(item), new List([item])));
    last = key;
  }
  return listOf(groups, runtime);
}

function dictSort(value: Value, args: Arguments, runtime: Runtime): List {
  const [caseSensitive = false, by = 'key', reverse = false] = args.bind('case_sensitive', 'by', 'reverse');
  if (!(value instanceof Dict)) throw new TemplateError('dictsort needs a mapping');
  if (by !== 'key' && by !== 'value') throw new TemplateError('You can only sort by either "key" or "value"');
  const at = by === 'key' ? 0 : 1;
  runtime.meter.elements(value.entries.size * 2);
  const pairs = Array.from(value.entries, (entry) => new List(entry, { tuple: true }));
  const keyOfPair = (pair: Value) =>
    keyOfItem((pair as List).items[at] as Value, null, truth(caseSensitive), runtime);
  return new List(sorted(pairs, keyOfPair, truth(reverse), runtime));
}

/** Jinja's `batch`: split a list into rows of `linecount` elements. */
function batch(value: Value, args: Arguments, runtime: Runtime): List {
  const [size, fill = null] = args.bind('linecount', 'fill_with');
  const width = countOf(size, 'linecount');
  if (width < 1) throw args.error('needs rows of at least one element');
  const items = iterate(value, runtime.meter);
  runtime.meter.elements(items.length * 2);
  const rows: List[] = [];
  for (let at = 0; at < items.length; at += width) rows.push(new List(items.slice(at, at + width)));
  const last = rows.at(-1);
  if (fill !== null && last !== undefined) {
    runtime.meter.elements(width - last.items.length);
    while (last.items.length < width) last.items.push(fill);
  }
  return new List(rows);
}

/** Jinja's `slice`: split a list into `slices` columns of nearly equal length. */
function slice(value: Value, args: Arguments, runtime: Runtime): List {
  const [size, fill = null] = args.bind('slices', 'fill_with');
  const count = countOf(size, 'slices');
  if (count < 1) throw args.error('needs at least one slice');
  const items = iterate(value, runtime.meter);
  runtime.meter.elements(count * 4 + items.length);
  const short = Math.floor(items.length / count);
  const long = items.length % count;
  const columns: List[] = [];
  for (let at = 0, from = 0; at < count; at++) {
    const to = from + short + (at < long ? 1 : 0);
    const column = items.slice(from, to);
    if (fill !== null && at >= long) column.push(fill);
    columns.push(new List(column));
    from = to;
  }
  return new List(columns);
}
