import { isSecretHeader, MASK } from './header-mask.ts';
import { keyOf } from './signing-secret.ts';
import type { Subscription } from './subscription.ts';

/** Shorter secrets are not sought: they would be found in words. */
const MIN_SECRET = 8;
/** From this length on, the beginning of a secret is hidden at the end of a text, where the text may have been cut. */
const MIN_CUT = 4;

/** Return a text with `***` in place of secrets. */
export type Redact = (text: string) => string;

/** Half-open, of UTF-16 code units. */
type Range = readonly [start: number, end: number];

/** Return what finds the secrets of a subscription: the values of its headers, and all of its signing secrets. */
export const redactorOf = ({ headers, secrets }: Pick<Subscription, 'headers' | 'secrets'>): Redact =>
  redactor([
    ...Object.entries(headers).flatMap(([name, value]) => (isSecretHeader(name) ? credentialsIn(value) : [])),
    ...secrets.flatMap(({ secret }) => [secret, ...(secret.startsWith('whsec_') ? keyTexts(secret) : [])]),
  ]);

/** A pair such as `session=…` in a value, and what its name stands for. */
const PAIRS = /[\w-]+="?([^";,\s]+)/g;

/**
 * Return a header's value and the parts that a receiver may echo alone: what follows the scheme of `Authorization`, what
 * Basic encodes (RFC 7617), what follows a user or key id, and the values of cookies and parameters.
 */
function credentialsIn(value: string): string[] {
  const [, scheme = '', credentials = ''] = /^([\w-]+) +(\S+)$/.exec(value) ?? [];
  const isBasic = scheme.toLowerCase() === 'basic';
  const userAndPassword = isBasic ? Buffer.from(credentials, 'base64').toString() : credentials;
  const pairs = [...value.matchAll(PAIRS)].map(([, part = '']) => part);
  return [value, credentials, userAndPassword, userAndPassword.replace(/^[^:]*:/, ''), ...pairs];
}

function keyTexts(secret: string): string[] {
  const key = keyOf(secret);
  return [key.toString('base64').replaceAll('=', ''), key.toString('hex')];
}

/**
 * Return what finds secrets in the text that a receiver echoes: as they are, escaped for JSON, URLs or HTML, even several
 * times, as hex, as base64 or base64url, alone or within more text, and their beginning at the end of the text.
 */
export function redactor(secrets: readonly string[]): Redact {
  const long = secrets.filter((secret) => secret.length >= MIN_SECRET);
  const spelled = new Set(
    long.flatMap((secret) => [...spellings(secret), ...bytesOf(secret).flatMap(encodings)]),
  );
  const needles = [...spelled]
    .map((text) => folded(unescaped(text).text))
    .filter((needle) => needle.length >= MIN_SECRET);
  return (source) => {
    if (source.length < MIN_SECRET || needles.length === 0) return source;
    const { text: unfolded, rangeOf } = unescaped(source, INCOMPLETE);
    const text = folded(unfolded);
    const found = needles.flatMap((needle) => [...occurrences(text, needle), ...cutOccurrence(text, needle)]);
    return found.length === 0 ? source : masked(source, found.map(rangeOf));
  };
}

const CONTROLS: Readonly<Record<string, string>> = { '\t': 't', '\n': 'n', '\r': 'r', '\b': 'b', '\f': 'f' };

/**
 * {@link unescaped} drops backslashes, so of JSON's `\t` it leaves the `t`. Headers are sent as Latin-1, which a receiver may
 * send back as it is, and URLs escape the bytes of UTF-8.
 */
const spellings = (secret: string): string[] => [
  secret,
  secret.replaceAll(/[\t\n\r\f\b]/g, (control) => CONTROLS[control] ?? ''),
  Buffer.from(secret).toString('latin1'),
  Buffer.from(secret, 'latin1').toString(),
];

/** Header values are sent as Latin-1, and receivers may have decoded and encoded them again. */
const bytesOf = (secret: string): Buffer[] => [Buffer.from(secret), Buffer.from(secret, 'latin1')];

const encodings = (bytes: Buffer): string[] => [
  bytes.toString('hex'),
  bytes.toString('hex').toUpperCase(),
  ...[0, 1, 2].map((before) => base64Within(bytes, before)),
];

const BITS_PER_DIGIT = 6;

/** Return the base64 digits that depend on these bytes alone if so many others are before them. */
function base64Within(bytes: Buffer, before: number): string {
  const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const from = Math.ceil((before * 8) / BITS_PER_DIGIT);
  return digits.slice(from, Math.floor(((before + bytes.length) * 8) / BITS_PER_DIGIT));
}

/** Make base64url the same as base64, and the `+` of forms the same as a space. */
const folded = (text: string): string => text.replaceAll(/[- ]/g, '+').replaceAll('_', '/');

/** The escapes of JSON, URLs and HTML, even of what was escaped before. A backslash is dropped. */
const ESCAPES =
  String.raw`\\+u(?<unit>[0-9a-f]{4})|%(?:25)*(?<byte>[0-9a-f]{2})|&(?:amp;)*(?:#x(?<hex>[0-9a-f]{1,4});|` +
  String.raw`#(?<decimal>\d{1,5});|(?<entity>amp|lt|gt|quot|apos);)|\\+`;
const COMPLETE = new RegExp(ESCAPES, 'gi');
/** The same, and an escape that was cut. */
const INCOMPLETE = new RegExp(
  String.raw`(?:%(?:25)*[0-9a-f]?|\\+(?:u[0-9a-f]{0,3})?|&(?:amp;)*[#\w]{0,6})$|${ESCAPES}`,
  'gi',
);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

interface Unescaped {
  readonly text: string;
  /** Return the range of the source that a range of the text comes from. */
  readonly rangeOf: (range: Range) => Range;
}

function unescaped(source: string, escapes = COMPLETE): Unescaped {
  if (!/[\\%&]/.test(source)) return { text: source, rangeOf: (range) => range };
  const starts: number[] = [];
  let text = '';
  let from = 0;
  const append = (piece: string, at: number, step: number) => {
    for (let i = 0; i < piece.length; i++) starts.push(at + i * step);
    text += piece;
  };
  for (const match of source.matchAll(escapes)) {
    append(source.slice(from, match.index), from, 1);
    const char = charOf(match.groups ?? {});
    if (char !== '\\') append(char, match.index, 0);
    from = match.index + match[0].length;
  }
  append(source.slice(from), from, 1);
  return { text, rangeOf: ([start, end]) => [starts[start] ?? 0, starts[end] ?? source.length] };
}

function charOf({ unit, byte, hex, decimal, entity }: Partial<Record<string, string>>): string {
  const code = unit ?? byte ?? hex;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  return entity === undefined ? '' : (ENTITIES[entity.toLowerCase()] ?? '');
}

function occurrences(text: string, needle: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length))
    found.push([at, at + needle.length]);
  return found;
}

/** Find the beginning of a needle where the text ends. */
function cutOccurrence(text: string, needle: string): Range[] {
  const head = needle.slice(0, MIN_CUT);
  const first = Math.max(0, text.length - needle.length + 1);
  for (let at = text.indexOf(head, first); at !== -1; at = text.indexOf(head, at + 1))
    if (needle.startsWith(text.slice(at))) return [[at, text.length]];
  return [];
}

function masked(source: string, ranges: readonly Range[]): string {
  let text = '';
  let from = 0;
  for (const [start, end] of ranges.toSorted(([a], [b]) => a - b)) {
    if (start >= from) text += source.slice(from, start) + MASK;
    from = Math.max(from, end);
  }
  return text + source.slice(from);
}
