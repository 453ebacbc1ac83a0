import { MAX_DATA_DEPTH, STEP, type StepMeter } from './step-meter.ts';
import { KeyMap } from './values/keys.ts';
import { Dict, Document, List, type Value } from './values/values.ts';

/**
 * Copy published data for a template that may change it: the same event is rendered for other subscriptions too. Values that
 * are named twice stay the same value. What is nested more than 200 deep stays unchangeable.
 */
export function changeableCopies(
  values: Iterable<readonly [string, Value]>,
  meter: StepMeter,
): [string, Value][] {
  const copies = new Map<Value, Value>();
  const copy = (value: Value, depth: number): Value => {
    const isPublished = (value instanceof Dict || value instanceof List) && value.published;
    if (!isPublished || depth > MAX_DATA_DEPTH) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    meter.spend(STEP);
    const made = value instanceof List ? new List([]) : emptied(value);
    copies.set(value, made);
    if (value instanceof List && made instanceof List) {
      meter.elements(value.items.length);
      for (const item of value.items) made.items.push(copy(item, depth + 1));
    } else if (value instanceof Dict && made instanceof Dict) {
      meter.elements(2 * value.entries.size);
      for (const [key, item] of value.entries) made.entries.set(key, copy(item, depth + 1));
    }
    return made;
  };
  return Array.from(values, ([name, value]) => [name, copy(value, 0)]);
}

function emptied(value: Dict): Dict {
  const empty = new Dict(new KeyMap(), false, value.lenient);
  return value instanceof Document ? new Document(empty, value.facts) : empty;
}
