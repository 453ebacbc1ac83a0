import { TemplateError } from '../errors.ts';
import { STEP, type StepMeter, VISIT } from '../step-meter.ts';
import { type Key, KeyMap } from '../values/keys.ts';
import { iterate, keyOf } from '../values/operators.ts';
import { type Arguments, Dict, List, type Operation, or, type Value, View } from '../values/values.ts';

/** The methods of Python's dict. The mutating ones fail on published data. */
export const dictMethods: ReadonlyMap<string, Operation<Dict>> = new Map<string, Operation<Dict>>([
  ['get', (dict, args, { meter }) => read(dict, args, null, meter)],
  ['items', (dict, args, { meter }) => itemsOf(dict, args, meter)],
  ['keys', (dict, args, { meter }) => keysOf(dict, args, meter)],
  ['values', (dict, args, { meter }) => valuesOf(dict, args, meter)],
  ['copy', (dict, args, { meter }) => copyOf(dict, args, meter)],
  ['update', (dict, args, { meter }) => update(dict, args, meter)],
  ['setdefault', (dict, args, { meter }) => setDefault(dict, args, meter)],
  ['pop', (dict, args, { meter }) => pop(dict, args, meter)],
  ['popitem', (dict, args, { meter }) => popItem(dict, args, meter)],
  ['clear', (dict, args) => clear(dict, args)],
]);

function read(dict: Dict, args: Arguments, otherwise: Value | undefined, meter: StepMeter): Value {
  const [key, initial = otherwise] = args.bind('key', 'default');
  if (key === undefined) throw args.error("needs the argument 'key'");
  const found = or(dict.entries.get(keyOf(key, meter)), () => initial);
  if (found === undefined) throw args.error('finds no such key');
  return found;
}

export function itemsOf(dict: Dict, args: Arguments, meter: StepMeter): List {
  args.bind();
  meter.elements(dict.entries.size);
  meter.spend(STEP + (dict.entries.size * STEP) / 2);
  const items = Array.from(dict.entries, (entry) => new List(entry, { tuple: true }));
  return new View(items, 'dict_items');
}

function keysOf(dict: Dict, args: Arguments, meter: StepMeter): List {
  args.bind();
  return new View([...iterate(dict, meter)], 'dict_keys');
}

function valuesOf(dict: Dict, args: Arguments, meter: StepMeter): List {
  args.bind();
  meter.elements(dict.entries.size);
  return new View([...dict.entries.values()], 'dict_values');
}

/** Return a copy, which a template may change. */
function copyOf(dict: Dict, args: Arguments, meter: StepMeter): Dict {
  args.bind();
  return new Dict(dictOf(dict, new Map(), args, meter).entries, false, dict.lenient);
}

/** Python's `dict(source, name=value)`. */
export function dictOf(
  source: Value | undefined,
  named: ReadonlyMap<string, Value>,
  args: Arguments,
  meter: StepMeter,
): Dict {
  if (source instanceof Dict) meter.elements(2 * source.entries.size);
  const entries = new KeyMap(source instanceof Dict ? source.entries : pairsOf(source, args, meter));
  meter.elements(2 * named.size);
  entries.setAll(named);
  return new Dict(entries);
}

function pairsOf(source: Value | undefined, args: Arguments, meter: StepMeter): [Key, Value][] {
  if (source === undefined) return [];
  if (!(source instanceof List)) throw args.error('needs a mapping or a list of pairs');
  meter.elements(2 * source.items.length);
  meter.spend(source.items.length * VISIT);
  return source.items.map((pair) => {
    if (!(pair instanceof List) || pair.items.length !== 2) throw args.error('needs a list of pairs');
    return [keyOf(pair.items[0] as Value, meter), pair.items[1] as Value];
  });
}

function update(dict: Dict, args: Arguments, meter: StepMeter): null {
  const [source, ...more] = args.positional;
  if (more.length > 0) throw args.error('takes at most 1 argument');
  for (const [key, value] of dictOf(source, args.named, args, meter).entries) set(dict, key, value, meter);
  return null;
}

function setDefault(dict: Dict, args: Arguments, meter: StepMeter): Value {
  const [key = null, value = null] = args.bind('key', 'default');
  const name = keyOf(key, meter);
  const found = dict.entries.get(name);
  if (found !== undefined) return found;
  set(dict, name, value, meter);
  return value;
}

function pop(dict: Dict, args: Arguments, meter: StepMeter): Value {
  const value = read(dict, args, undefined, meter);
  changeable(dict).delete(keyOf(args.bind('key', 'default')[0] ?? null, meter));
  return value;
}

function popItem(dict: Dict, args: Arguments, meter: StepMeter): Value {
  args.bind();
  // A map is read from its first entry on.
  meter.elements(2 * dict.entries.size);
  const last = dict.entries.last();
  if (last === undefined) throw args.error('finds the dictionary empty');
  changeable(dict).delete(last[0]);
  return new List(last, { tuple: true });
}

function clear(dict: Dict, args: Arguments): null {
  args.bind();
  changeable(dict).clear();
  return null;
}

function set(dict: Dict, key: Key, value: Value, meter: StepMeter): void {
  meter.slots(dict.entries.size + 1);
  meter.spend(STEP);
  changeable(dict).set(key, value);
}

function changeable(dict: Dict): KeyMap<Value> {
  if (dict.published) throw new TemplateError('published data cannot be changed; copy it first');
  return dict.entries;
}
