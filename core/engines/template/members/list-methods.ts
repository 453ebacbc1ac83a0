import { TemplateError } from '../errors.ts';
import { STEP, type StepMeter } from '../step-meter.ts';
import { countOf } from '../values/coerce.ts';
import { equals, iterate } from '../values/operators.ts';
import { sortedBy } from '../values/sorting.ts';
import { type Arguments, List, type Operation, type Runtime, type Value } from '../values/values.ts';

/** The methods of Python's list. The mutating ones fail on tuples and published data. */
export const listMethods: ReadonlyMap<string, Operation<List>> = new Map<string, Operation<List>>([
  ['count', (list, args, { meter }) => count(list, args, meter)],
  ['index', (list, args, { meter }) => BigInt(indexOf(list, args, meter))],
  ['copy', (list, args, { meter }) => copyOf(list, args, meter)],
  ['append', (list, args, { meter }) => append(list, args.require('item'), meter)],
  ['extend', (list, args, { meter }) => extend(list, args, meter)],
  ['insert', (list, args, { meter }) => insert(list, args, meter)],
  ['pop', (list, args, { meter }) => pop(list, args, meter)],
  ['remove', (list, args, { meter }) => remove(list, args, meter)],
  ['reverse', (list, args, { meter }) => reverse(list, args, meter)],
  ['clear', (list, args) => clear(list, args)],
  ['sort', (list, args, runtime) => sort(list, args, runtime)],
]);

function count(list: List, args: Arguments, meter: StepMeter): bigint {
  const [value] = args.require('value') as [Value];
  return BigInt(list.items.filter((item) => equals(item, value, meter)).length);
}

function indexOf(list: List, args: Arguments, meter: StepMeter): number {
  const [value] = args.require('value') as [Value];
  const at = list.items.findIndex((item) => equals(item, value, meter));
  if (at < 0) throw args.error('finds no such value');
  return at;
}

function copyOf(list: List, args: Arguments, meter: StepMeter): List {
  args.bind();
  meter.elements(list.items.length);
  return new List([...list.items]);
}

function append(list: List, items: readonly Value[], meter: StepMeter): null {
  const target = changeable(list);
  meter.slots(target.length + items.length);
  meter.elements(items.length);
  // One by one, because a call takes a limited number of arguments.
  for (const item of items) target.push(item);
  return null;
}

function extend(list: List, args: Arguments, meter: StepMeter): null {
  const [more] = args.require('items') as [Value];
  // A copy, in case the list is extended by itself.
  return append(list, [...iterate(more, meter)], meter);
}

function insert(list: List, args: Arguments, meter: StepMeter): null {
  const [at, item] = args.require('index', 'item') as [Value, Value];
  meter.elements(list.items.length + 1);
  changeable(list).splice(countOf(at, 'index'), 0, item);
  return null;
}

function pop(list: List, args: Arguments, meter: StepMeter): Value {
  const [index = -1n] = args.bind('index');
  const at = countOf(index, 'index');
  const from = at < 0 ? at + list.items.length : at;
  if (from < 0 || from >= list.items.length) throw args.error('finds no such index');
  meter.spend(STEP + (list.items.length - from));
  return changeable(list).splice(from, 1)[0] as Value;
}

function remove(list: List, args: Arguments, meter: StepMeter): null {
  const at = indexOf(list, args, meter);
  meter.spend(list.items.length - at);
  changeable(list).splice(at, 1);
  return null;
}

function reverse(list: List, args: Arguments, meter: StepMeter): null {
  args.bind();
  meter.elements(list.items.length);
  changeable(list).reverse();
  return null;
}

function clear(list: List, args: Arguments): null {
  args.bind();
  changeable(list).length = 0;
  return null;
}

function sort(list: List, args: Arguments, runtime: Runtime): null {
  if (args.positional.length > 0) throw args.error('takes no positional arguments');
  const sorted = sortedBy(list.items, args, runtime);
  const items = changeable(list);
  for (const [at, item] of sorted.entries()) items[at] = item;
  return null;
}

function changeable(list: List): Value[] {
  if (list.tuple) throw new TemplateError('a tuple cannot be changed');
  if (list.published) throw new TemplateError('published data cannot be changed; copy it first');
  return list.items;
}
