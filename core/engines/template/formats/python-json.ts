import type { JsonText } from '../../../kernel/json-text.ts';
import { RenderLimitError, TemplateError } from '../errors.ts';
import { MAX_DATA_DEPTH, SCAN, type StepMeter, VISIT } from '../step-meter.ts';
import { CalendarDate, dateText, pad, SECOND, TimeDelta, TimeOfDay } from '../values/dates.ts';
import { floatText, MAX_DIGITS } from '../values/numbers.ts';
import { intText } from '../values/show.ts';
import { orderOfTexts } from '../values/text.ts';
import {
  Dict,
  List,
  Markup,
  Range,
  SetValue,
  Thing,
  typeName,
  Undefined,
  type Value,
  View,
} from '../values/values.ts';
import { loads } from './json-loads.ts';
import { numberValue, readJson } from './json-value.ts';

/**
 * Rewrite JSON as Python's `json.dumps` does by default: with the separators `", "` and `": "`, keys in order (a duplicate key
 * has the last value at the first position), and `\uXXXX` for anything but ASCII. Number literals are kept: `50000.0`, where
 * JavaScript would write 50000.
 *
 * @param maxLength how long the text may become, which indents can multiply
 * @throws TemplateError for data that is nested more than 200 deep, and for a longer text
 */
export function pythonJson(
  text: JsonText,
  style: JsonStyle = {},
  maxLength = Number.POSITIVE_INFINITY,
): string {
  const room = (length: number) => {
    if (length > maxLength) throw new RenderLimitError(`makes a text of more than ${maxLength} characters`);
  };
  return new JsonWriter({ ...UNMETERED, room }, style).write(
    readJson(text, (literal) => new Literal(literal)),
  );
}

/**
 * Python's `json.dumps(json.loads(text))`, as which Frappe sends what a template rendered: `1440.00` becomes `1440.0`.
 *
 * @throws JsonTextError if the text is not JSON to Python, which accepts NaN and Infinity
 */
export function reserialised(text: string): string {
  return new JsonWriter(UNMETERED, {}).write(loads(text, UNMETERED, exactNumber));
}

/** Python refuses to read longer ints: https://docs.python.org/3/library/stdtypes.html#int-max-str-digits */
const MAX_INT_DIGITS = 4300;

/** Read a number literal. An int that expressions could not compute with is kept as it is written. */
function exactNumber(literal: string): Value {
  if (literal.length <= MAX_DIGITS || !/^-?\d+$/.test(literal)) return numberValue(literal);
  const digits = literal.replace('-', '').length;
  if (digits > MAX_INT_DIGITS)
    throw new TemplateError(
      `Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion: value has ${digits} digits`,
    );
  return new Literal(literal);
}

class Literal extends Thing {
  readonly typeName = 'number';
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  attribute(): undefined {
    return undefined;
  }
}

export interface JsonStyle {
  readonly sortKeys?: boolean;
  /** Spaces per level; undefined for a single line. */
  readonly indent?: number | undefined;
  /** What stands between elements, and between a key and its value; `, ` and `: ` by default. */
  readonly separators?: readonly [string, string] | undefined;
  /** Whether characters other than ASCII are escaped, which they are by default. */
  readonly ensureAscii?: boolean;
  /** Whether dates are written like `str()`; by default they are. Python has no JSON for them. */
  readonly datesAsText?: boolean;
  /** Whether all that can be iterated over is written as a list, and a time span in hours, as by Frappe's serialiser. */
  readonly anyIterable?: boolean;
}

/**
 * Python's `json.dumps(value, sort_keys, indent)`.
 *
 * @throws TemplateError for values that JSON does not have, such as an undefined one
 */
export function dumps(value: Value, style: JsonStyle, meter: StepMeter, datesAsText = true): string {
  return new JsonWriter(meter, { ...style, datesAsText }).write(value);
}

const UNMETERED: Pick<StepMeter, 'spend' | 'room' | 'escaped'> = {
  spend: () => {},
  room: () => {},
  escaped: () => {},
};

class JsonWriter {
  readonly #meter: Pick<StepMeter, 'spend' | 'room' | 'escaped'>;
  readonly #style: JsonStyle;
  readonly #parts: string[] = [];
  #length = 0;

  constructor(meter: Pick<StepMeter, 'spend' | 'room' | 'escaped'>, style: JsonStyle) {
    this.#meter = meter;
    this.#style = style;
  }

  write(value: Value): string {
    this.#value(value, 0);
    return this.#parts.join('');
  }

  #put(text: string): void {
    this.#length += text.length;
    this.#meter.room(this.#length);
    this.#meter.spend(text.length + VISIT);
    this.#parts.push(text);
  }

  #value(value: Value, depth: number): void {
    if (depth > MAX_DATA_DEPTH)
      throw new RenderLimitError(`writes data that is nested more than ${MAX_DATA_DEPTH} deep`);
    if (value instanceof Markup) this.#put(this.#quoted(value.text));
    else if (value instanceof List && !(value instanceof Range || value instanceof View))
      this.#list(value.items, depth);
    else if (this.#style.anyIterable && value instanceof List) this.#list(value.items, depth);
    else if (this.#style.anyIterable && value instanceof SetValue) this.#list([...value.items], depth);
    else if (this.#style.anyIterable && value instanceof Undefined) this.#list([], depth);
    else if (this.#style.anyIterable && value instanceof TimeDelta) this.#put(this.#quoted(hoursText(value)));
    else if (value instanceof Dict)
      this.#container('{', '}', this.#entries(value), depth, ([key, item]) => {
        this.#put(this.#quoted(key) + (this.#style.separators?.[1] ?? ': '));
        this.#value(item, depth + 1);
      });
    else this.#put(this.#scalar(value));
  }

  #list(items: readonly Value[], depth: number): void {
    this.#container('[', ']', items, depth, (item) => this.#value(item, depth + 1));
  }

  #container<T>(open: string, close: string, items: readonly T[], depth: number, each: (item: T) => void) {
    const { indent, separators } = this.#style;
    const between = separators?.[0] ?? (indent === undefined ? ', ' : ',');
    const newline = (level: number) => {
      if (indent === undefined) return '';
      this.#meter.room(this.#length + indent * level);
      return `\n${' '.repeat(indent * level)}`;
    };
    if (items.length === 0) {
      this.#put(open + close);
      return;
    }
    this.#put(open);
    for (const [at, item] of items.entries()) {
      this.#put((at === 0 ? '' : between) + newline(depth + 1));
      each(item);
    }
    this.#put(newline(depth) + close);
  }

  #entries(value: Dict): [string, Value][] {
    const entries = [...value.entries].map(([key, item]): [string, Value] => [
      typeof key === 'string' ? key : this.#scalar(key),
      item,
    ]);
    if (!this.#style.sortKeys) return entries;
    this.#meter.spend(entries.length * VISIT * 4);
    return entries.sort(([a], [b]) => orderOfTexts(a, b));
  }

  #quoted(text: string): string {
    this.#meter.spend(text.length * SCAN);
    const written = quoted(text, this.#style.ensureAscii ?? true);
    this.#meter.escaped(text, written);
    return written;
  }

  #scalar(value: Value): string {
    if (value === null) return 'null';
    switch (typeof value) {
      case 'boolean':
        return value ? 'true' : 'false';
      case 'bigint':
        return intText(value, this.#meter);
      case 'number':
        if (Number.isNaN(value)) return 'NaN';
        return Number.isFinite(value) ? floatText(value) : value > 0 ? 'Infinity' : '-Infinity';
      case 'string':
        return this.#quoted(value);
      default:
    }
    if (value instanceof Literal) return value.text;
    if (
      (this.#style.datesAsText ?? true) &&
      (value instanceof CalendarDate || value instanceof TimeOfDay || value instanceof TimeDelta)
    )
      return this.#quoted(dateText(value));
    throw new TemplateError(`Object of type ${typeName(value)} is not JSON serializable`);
  }
}

/** Frappe's `format_timedelta`: `25:00:00` for a day and an hour. */
function hoursText(span: TimeDelta): string {
  const seconds = span.totalSeconds;
  const rest = seconds - Math.floor(seconds / 60) * 60;
  const written = Number.isInteger(rest) ? String(rest) : String(Math.round(rest * SECOND) / SECOND);
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) - Math.floor(seconds / 3600) * 60)}:${written.padStart(2, '0')}`;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\f', '\\f'],
  ['\b', '\\b'],
]);

/** A table of each byte's two hex digits, because a text may have 200,000 escapes. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const escapeOf = (unit: number) => `\\u${HEX[unit >> 8]}${HEX[unit & 0xff]}`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are always escaped
const CONTROLS = /[\\"\u0000-\u001f]/g;

/** Quote a text. As in Python, UTF-16 units are escaped, so a character beyond U+FFFF becomes two escapes. */
function quoted(text: string, ensureAscii: boolean): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  const escaped = text.replace(
    ensureAscii ? /[\\"]|[^ -~]/g : CONTROLS,
    (char) => SHORT.get(char) ?? escapeOf(char.charCodeAt(0)),
  );
  return `"${escaped}"`;
}
