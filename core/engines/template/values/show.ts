import { RenderLimitError } from '../errors.ts';
import { ELEMENT, MAX_DATA_DEPTH, SCAN, STEP, type StepMeter, VISIT } from '../step-meter.ts';
import { CalendarDate, dateRepr, dateText, TimeDelta, TimeOfDay } from './dates.ts';
import { floatText, isLarge } from './numbers.ts';
import { textRepr } from './text.ts';
import {
  Bytes,
  Callable,
  Dict,
  List,
  Markup,
  NamedTuple,
  Namespace,
  Range,
  SetValue,
  Thing,
  typeName,
  Undefined,
  type Value,
  View,
} from './values.ts';

/** Python's `str(value)`, which `{{ value }}` renders. */
export function show(value: Value, meter: StepMeter): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return value.text;
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
  if (value instanceof Range) put(value.shown);
  else if (value instanceof SetValue) {
    put(value.items.size === 0 ? 'set(' : '{');
    let first = true;
    for (const item of value.items) {
      if (!first) put(', ');
      first = false;
      inner(item);
    }
    put(value.items.size === 0 ? ')' : '}');
  } else if (value instanceof View) {
    put(`${value.view}(`);
    inner(new List(value.items));
    put(')');
  } else if (value instanceof NamedTuple && value.shownName !== undefined) {
    put(`${value.shownName}(`);
    for (const [at, item] of value.items.entries()) {
      put(`${at > 0 ? ', ' : ''}${value.names[at]}=`);
      inner(item);
    }
    put(')');
  } else if (value instanceof List) {
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

function scalarRepr(value: Exclude<Value, List | Dict | Namespace | SetValue>, meter: StepMeter): string {
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
  if (value instanceof CalendarDate || value instanceof TimeOfDay || value instanceof TimeDelta)
    return dateRepr(value);
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Bytes) return bytesRepr(value.data, meter);
  if (value instanceof Markup) return `Markup(${paidRepr(value.text, meter)})`;
  if (value instanceof Callable) return value.isType ? `<class '${value.name}'>` : `<function ${value.name}>`;
  if (value instanceof Thing) return `<${value.shown}>`;
  return `<${typeName(value)}>`;
}

/** Python's `repr` of a text of any length, paid for. */
export function paidRepr(text: string, meter: StepMeter): string {
  meter.spend(text.length * SCAN);
  const shown = textRepr(text);
  meter.escaped(text, shown);
  return shown;
}

/** Python's `repr` of bytes. */
function bytesRepr(data: Uint8Array, meter: StepMeter): string {
  meter.text(data.length * 4);
  meter.spend(data.length * ELEMENT);
  const quote = data.includes(0x27) && !data.includes(0x22) ? '"' : "'";
  const text = Array.from(data, (byte) => {
    const char = String.fromCharCode(byte);
    if (char === '\\' || char === quote) return `\\${char}`;
    if (byte === 9 || byte === 10 || byte === 13) return textRepr(char).slice(1, -1);
    return byte >= 0x20 && byte < 0x7f ? char : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `b${quote}${text.join('')}${quote}`;
}

export function intText(value: bigint, meter: Pick<StepMeter, 'spend'>): string {
  if (isLarge(value)) meter.spend(16 * STEP);
  return value.toString();
}
