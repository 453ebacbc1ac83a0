import { STEP, VISIT } from '../step-meter.ts';
import { compare, truth } from './operators.ts';
import { Arguments, Callable, type Runtime, type Value } from './values.ts';

/**
 * Return the arguments `key` and `reverse` of Python's `sorted`, `list.sort`, `min` and `max`, applied to each item.
 *
 * @param items must not be a list that the key function could change
 */
export function keysBy(items: readonly Value[], key: Value | undefined, runtime: Runtime): readonly Value[] {
  if (key === undefined || key === null) return items;
  if (!(key instanceof Callable)) throw new Arguments('key').error('must be a function');
  return items.map((item) => {
    runtime.meter.spend(STEP);
    return key.call(new Arguments(key.name, [item]), runtime);
  });
}

/** Python's `sorted(items, key=None, reverse=False)`, which keeps the order of equal items. */
export function sortedBy(given: readonly Value[], args: Arguments, runtime: Runtime): Value[] {
  const { meter } = runtime;
  const items = [...given];
  const reverse = args.named.get('reverse') ?? false;
  for (const name of args.named.keys())
    if (name !== 'key' && name !== 'reverse') throw args.error(`takes no argument '${name}'`);
  const keys = keysBy(items, args.named.get('key'), runtime);
  meter.elements(items.length * 2);
  meter.spend(items.length * VISIT);
  const sign = truth(reverse) ? -1 : 1;
  const order = items.map((_, at) => at);
  order.sort((a, b) => sign * compare(keys[a] as Value, keys[b] as Value, '<', meter));
  return order.map((at) => items[at] as Value);
}
