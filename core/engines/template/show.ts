import { CalendarDate, dateRepr, dateText, TimeDelta, TimeOfDay } from './dates.ts';
import { RenderLimitError } from './errors.ts';
import { floatText, isLarge } from './numbers.ts';
import { MAX_DATA_DEPTH, SCAN, STEP, type StepMeter, VISIT } from './step-meter.ts';
import { textRepr } from './text.ts';
import { Callable, Dict, List, Namespace, typeName, Undefined, type Value } from './values.ts';

/** Python's `str(value)`, which `{{ value }}` renders. */
export function show(value: Value, meter: StepMeter): string {
  if (typeof value === 'string') return value;
  if (value instanceof Undefined) return value.shown === '' ? '' : `{{ ${value.shown} }}`;
  if (value instanceof CalendarDate || value instanceof TimeOfDay || value instanceof TimeDelta) {
    meter.spend(4 * STEP);
    return dateText(value);
  }
  return repr(value, meter);
}

/** Python's `repr(value)`, which shows the elements of a list. */
export function repr(value: Value, meter: StepMeter): string {
  const parts: string[] = [];
  let length = 0;
  const put = (text: string) => {
    length += text.length;
    meter.room(length);
    meter.spend(text.length + 2 * VISIT);
    parts.push(text);
  };
  write(value, put, meter, 0);
  return parts.join('');
}

function write(value: Value, put: (text: string) => void, meter: StepMeter, depth: number): void {
  if (depth > MAX_DATA_DEPTH)
    throw new RenderLimitError(`shows data that is nested more than ${MAX_DATA_DEPTH} deep`);
  const inner = (each: Value) => write(each, put, meter, depth + 1);
  if (value instanceof List) {
    put(value.tuple ? '(' : '[');
    for (const [at, item] of value.items.entries()) {
      if (at > 0) put(', ');
      inner(item);
    }
    put(value.tuple ? (value.items.length === 1 ? ',)' : ')') : ']');
  } else if (value instanceof Dict || value instanceof Namespace) {
    put(value instanceof Dict ? '{' : '<Namespace {');
    let first = true;
    for (const [key, item] of value.entries) {
      if (!first) put(', ');
      first = false;
      inner(key);
      put(': ');
      inner(item);
    }
    put(value instanceof Dict ? '}' : '}>');
  } else put(scalarRepr(value, meter));
}

function scalarRepr(value: Exclude<Value, List | Dict | Namespace>, meter: StepMeter): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return intText(value, meter);
    case 'number':
      meter.spend(4 * STEP);
      return floatText(value);
    case 'string':
      return paidRepr(value, meter);
    default:
  }
  if (value instanceof CalendarDate || value instanceof TimeOfDay || value instanceof TimeDelta) return dateRepr(value);
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Callable) return `<function ${value.name}>`;
  return `<${typeName(value)}>`;
}

/** Python's `repr` of a text of any length, paid for. */
export function paidRepr(text: string, meter: StepMeter): string {
  meter.spend(text.length * SCAN);
  const shown = textRepr(text);
  meter.escaped(text, shown);
  return shown;
}

export function intText(value: bigint, meter: Pick<StepMeter, 'spend'>): string {
  if (isLarge(value)) meter.spend(16 * STEP);
  return value.toString();
}
