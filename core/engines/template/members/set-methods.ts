import { TemplateError } from '../errors.ts';
import { STEP, type StepMeter } from '../step-meter.ts';
import { KeySet } from '../values/keys.ts';
import { iterate, keyOf } from '../values/operators.ts';
import { type Arguments, type Operation, SetValue, type Value } from '../values/values.ts';

/** Create a set of the elements of a list. */
export function setOf(value: Value, meter: StepMeter): SetValue {
  const items = iterate(value, meter);
  meter.elements(2 * items.length);
  return new SetValue(new KeySet(items.map((item) => keyOf(item, meter))));
}

/** The methods of Python's set. */
export const setMethods: ReadonlyMap<string, Operation<SetValue>> = new Map<string, Operation<SetValue>>([
  ['union', (set, args, { meter }) => merged(set, args, meter, (a, b) => a.union(b))],
  ['intersection', (set, args, { meter }) => merged(set, args, meter, (a, b) => a.intersection(b))],
  ['difference', (set, args, { meter }) => merged(set, args, meter, (a, b) => a.difference(b))],
  ['issubset', (set, args, { meter }) => set.items.isSubsetOf(other(args, meter))],
  ['issuperset', (set, args, { meter }) => other(args, meter).isSubsetOf(set.items)],
  ['isdisjoint', (set, args, { meter }) => set.items.isDisjointFrom(other(args, meter))],
  ['copy', (set, args, { meter }) => args.bind() && setOf(set, meter)],
  ['add', (set, args, { meter }) => add(set, args.require('elem'), meter)],
  ['update', (set, args, { meter }) => add(set, [...other(args, meter)], meter)],
  ['discard', (set, args, { meter }) => remove(set, args, meter, false)],
  ['remove', (set, args, { meter }) => remove(set, args, meter, true)],
]);

const other = (args: Arguments, meter: StepMeter) => setOf(args.require('other')[0] as Value, meter).items;

function merged(
  set: SetValue,
  args: Arguments,
  meter: StepMeter,
  merge: (a: KeySet, b: KeySet) => KeySet,
): SetValue {
  meter.elements(set.items.size);
  return new SetValue(merge(set.items, other(args, meter)));
}

function add(set: SetValue, items: readonly Value[], meter: StepMeter): null {
  meter.slots(set.items.size + items.length);
  meter.spend(items.length * STEP);
  for (const item of items) set.items.add(keyOf(item, meter));
  return null;
}

function remove(set: SetValue, args: Arguments, meter: StepMeter, isRequired: boolean): null {
  const key = keyOf(args.require('elem')[0] as Value, meter);
  if (!set.items.delete(key) && isRequired) throw new TemplateError('the set has no such element');
  return null;
}
