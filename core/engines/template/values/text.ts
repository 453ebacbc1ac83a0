import { ELEMENT, SCAN, STEP, type StepMeter } from '../step-meter.ts';

/** Python counts code points, JavaScript UTF-16 units. They differ only for texts with surrogates, which are rare. */
const SURROGATE = /[\ud800-\udfff]/;

export function charactersOf(text: string, meter: StepMeter): string[] {
  meter.elements(text.length);
  return SURROGATE.test(text) ? Array.from(text) : text.split('');
}

export function lengthOf(text: string, meter: StepMeter): number {
  meter.spend(text.length / 2);
  if (!SURROGATE.test(text)) return text.length;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    if (isPairAt(text, at)) at++;
    length++;
  }
  return length;
}

const isPairAt = (text: string, at: number) => (text.codePointAt(at) ?? 0) > 0xffff;

/** Return the code points from `start` until before `stop`, both within the text. */
export function sliceOf(text: string, start: number, stop: number, meter: StepMeter): string {
  meter.spend(text.length / 2);
  if (!SURROGATE.test(text)) return text.slice(start, stop);
  meter.spend(text.length * ELEMENT * 2);
  return Array.from(text).slice(start, stop).join('');
}

/** Compare texts by code points like Python, not by UTF-16 units like JavaScript. */
export function compareTexts(left: string, right: string, meter: StepMeter): number {
  meter.spend(Math.min(left.length, right.length));
  return orderOfTexts(left, right);
}

/** Do the same as {@link compareTexts}, for texts that are paid for. */
export function orderOfTexts(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const order = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Rank surrogates after all other units. */
const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** The characters for which Python's `str.isspace` holds. */
const SPACES = new Set(
  [
    0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f,
    0x205f, 0x3000,
  ].concat(Array.from({ length: 11 }, (_, at) => 0x2000 + at)),
);

export const isSpace = (code: number): boolean => (code > 0x20 && code < 0x80 ? false : SPACES.has(code));

type Ends = 'left' | 'right' | 'both';

/** The cost of putting one character into a set. */
const MEMBER = 2 * STEP;

/** Pay for the text and the set, and do the same as {@link strip}. */
export function paidStrip(text: string, set: string | undefined, side: Ends, meter: StepMeter): string {
  meter.spend(text.length * SCAN + (set?.length ?? 0) * MEMBER);
  return strip(text, set, side);
}

/** Remove the characters of a set from the ends of a text, or white space if the set is undefined. */
export function strip(text: string, set: string | undefined, side: Ends): string {
  const members = set === undefined ? undefined : new Set(Array.from(set, (char) => char.codePointAt(0)));
  const dropped = (code: number) => (members === undefined ? isSpace(code) : members.has(code));
  let start = 0;
  let end = text.length;
  if (side !== 'right') {
    while (start < end && dropped(text.codePointAt(start) ?? 0)) start += isPairAt(text, start) ? 2 : 1;
  }
  if (side !== 'left') {
    while (end > start) {
      const last = end - (end - 2 >= start && isPairAt(text, end - 2) ? 2 : 1);
      if (!dropped(text.codePointAt(last) ?? 0)) break;
      end = last;
    }
  }
  return text.slice(start, end);
}

/** Python's `str.split()`: split at runs of white space, from the left and at most `maxSplits` times. */
export function splitSpaces(text: string, maxSplits: number): string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    if (at >= text.length) return words;
    if (words.length >= maxSplits) {
      words.push(text.slice(at));
      return words;
    }
    const start = at;
    while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
    words.push(text.slice(start, at));
  }
}

/** Python's `str.splitlines()`, without an empty line after a trailing line break. */
export function splitLines(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at these too
  const lines = text.split(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Count the occurrences of a text in another, without overlaps. */
export function countOf(text: string, part: string): number {
  if (part === '') return Array.from(text).length + 1;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

/** Python's `str.replace(old, new, count)`. A count below zero replaces all. */
export function replaceIn(text: string, old: string, by: string, max: number, meter: StepMeter): string {
  meter.search(text.length, old.length);
  const found = countOf(text, old);
  meter.spend(found * ELEMENT);
  const count = max < 0 ? found : Math.min(max, found);
  meter.text(text.length + count * (by.length - old.length));
  meter.elements(count);
  if (count === 0) return text;
  if (old === '') {
    const chars = Array.from(text);
    const changed = chars.slice(0, count).map((char) => by + char);
    return changed.join('') + (count > chars.length ? by : chars.slice(count).join(''));
  }
  const parts: string[] = [];
  let from = 0;
  for (let done = 0; done < count; done++) {
    const at = text.indexOf(old, from);
    parts.push(text.slice(from, at), by);
    from = at + old.length;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** The letters of two letters that are neither upper nor lower case. */
const DIGRAPHS: ReadonlyMap<string, string> = new Map([
  ['Ǆ', 'ǅ'],
  ['Ǉ', 'ǈ'],
  ['Ǌ', 'ǋ'],
  ['Ǳ', 'ǲ'],
]);

/** Return a character as the first of a word: `ß` becomes `Ss`. */
function titleCase(char: string): string {
  const upper = char.toUpperCase();
  const [first = '', ...rest] = upper;
  return DIGRAPHS.get(upper) ?? first + rest.join('').toLowerCase();
}

/** Python's `str.capitalize`. */
export function capitalize(text: string): string {
  const first = String.fromCodePoint(...(text === '' ? [] : [text.codePointAt(0) ?? 0]));
  return titleCase(first) + text.slice(first.length).toLowerCase();
}

/** Python's `str.title`, in which a word is a run of letters. */
export function titled(text: string): string {
  return text.replace(/(\p{Cased})(\p{Cased}*)/gu, (_, first, rest) => titleCase(first) + rest.toLowerCase());
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Python's `repr` of a text. */
export function textRepr(text: string): string {
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu, (char) => {
    if (char === ' ') return char;
    if (char === "'" || char === '"') return char === quote ? `\\${char}` : char;
    const known = ESCAPES.get(char);
    if (known !== undefined) return known;
    const code = char.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return quote + escaped + quote;
}

/** MarkupSafe's `escape`. */
export function escapeHtml(text: string): string {
  if (!/[&<>'"]/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&#39;')
    .replaceAll('"', '&#34;');
}
