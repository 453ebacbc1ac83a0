import { SCAN, STEP, type StepMeter } from '../step-meter.ts';
import { type Key, KeyMap } from '../values/keys.ts';
import { repr } from '../values/show.ts';
import { orderOfTexts } from '../values/text.ts';
import { Dict, List, type Value } from '../values/values.ts';

const WIDTH = 80;

/** Python's `pprint.pformat`: what is longer than a line has an element in each, and mappings are sorted. */
export const pprint = (value: Value, meter: StepMeter): string =>
  pretty(sorted(value, meter), 0, 0, 1, meter);

/** Sort mappings by their keys, as `pprint` does at every level. */
function sorted(value: Value, meter: StepMeter): Value {
  meter.enter();
  const result = sortedWithin(value, meter);
  meter.leave();
  return result;
}

function sortedWithin(value: Value, meter: StepMeter): Value {
  if (value instanceof List) {
    meter.elements(value.items.length);
    return new List(
      value.items.map((item) => sorted(item, meter)),
      { tuple: value.tuple },
    );
  }
  if (!(value instanceof Dict)) return value;
  meter.elements(value.entries.size * 2);
  meter.spend(value.entries.size * STEP);
  const entries = [...value.entries].sort(([a], [b]) => orderOfKeys(a, b));
  return new Dict(new KeyMap(entries.map(([key, item]): [Key, Value] => [key, sorted(item, meter)])));
}

function orderOfKeys(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return orderOfTexts(a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : 1;
  return orderOfTexts(typeof a, typeof b);
}

/**
 * @param indent the column at which the value begins
 * @param allowance how many characters follow it in its last line
 */
function pretty(value: Value, indent: number, allowance: number, level: number, meter: StepMeter): string {
  const line = repr(value, meter);
  if (line.length <= WIDTH - indent - allowance) return line;
  const inner = indent + 1;
  const between = `,\n${' '.repeat(inner)}`;
  const joined = (parts: readonly string[]) => {
    meter.text(parts.reduce((sum, part) => sum + part.length + between.length, 0));
    return parts.join(between);
  };
  const allowed = (at: number, count: number) => (at === count - 1 ? allowance + 1 : 1);
  if (value instanceof Dict) {
    const { size } = value.entries;
    const parts = [...value.entries].map(([key, item], at) => {
      const name = repr(key, meter);
      return `${name}: ${pretty(item, inner + name.length + 2, allowed(at, size), level + 1, meter)}`;
    });
    return `{${joined(parts)}}`;
  }
  if (value instanceof List && value.items.length > 0) {
    const parts = value.items.map((item, at) =>
      pretty(item, inner, allowed(at, value.items.length), level + 1, meter),
    );
    if (!value.tuple) return `[${joined(parts)}]`;
    return `(${joined(parts)}${parts.length === 1 ? ',' : ''})`;
  }
  return typeof value === 'string' ? wrapped(value, indent, allowance, level, meter) : line;
}

/** Break a text between words, into literals that follow each other. */
function wrapped(text: string, indent: number, allowance: number, level: number, meter: StepMeter): string {
  meter.spend(text.length * SCAN * 4);
  const outer = level === 1 ? 1 : 0;
  const column = indent + outer;
  const width = WIDTH - column;
  const literals: string[] = [];
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  for (const [at, line] of lines.entries()) {
    const isLast = at === lines.length - 1;
    const whole = repr(line, meter);
    if (whole.length <= width - (isLast ? allowance + outer : 0)) {
      literals.push(whole);
      continue;
    }
    let current = '';
    const words = line.match(/\S+\s*|\s+/g) ?? [];
    for (const [index, word] of words.entries()) {
      const room = width - (isLast && index === words.length - 1 ? allowance + outer : 0);
      if (repr(current + word, meter).length > room) {
        if (current !== '') literals.push(repr(current, meter));
        current = word;
      } else current += word;
    }
    if (current !== '') literals.push(repr(current, meter));
  }
  meter.text(literals.reduce((sum, literal) => sum + literal.length + column + 1, 0));
  const body = literals.join(`\n${' '.repeat(column)}`);
  return level === 1 && literals.length > 1 ? `(${body})` : body;
}
