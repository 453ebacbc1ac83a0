import { padded, type Side } from '../formats/pad.ts';
import { braceFormat } from '../formats/python-format.ts';
import { ELEMENT, SCAN, type StepMeter, VISIT } from '../step-meter.ts';
import { countOf, textOf, textsOf } from '../values/coerce.ts';
import { iterate, sliceIndices, truth } from '../values/operators.ts';
import {
  capitalize,
  lengthOf,
  countOf as occurrences,
  paidStrip,
  replaceIn,
  sliceOf,
  splitLines,
  splitSpaces,
  strip,
  titled,
} from '../values/text.ts';
import { type Arguments, Bytes, List, type Operation, type Runtime, type Value } from '../values/values.ts';

/** The methods of Python's str ("String Methods" in the library reference). */
export const stringMethods: ReadonlyMap<string, Operation<string>> = new Map<string, Operation<string>>([
  ['upper', changed((text) => text.toUpperCase(), 2)],
  ['lower', changed((text) => text.toLowerCase(), 2)],
  ['casefold', changed((text) => text.toLowerCase().replaceAll('ß', 'ss'), 2)],
  ['title', changed(titled, 6)],
  ['capitalize', changed(capitalize)],
  ['swapcase', changed(swapCase, 6)],
  ['strip', (text, args, { meter }) => stripped(text, args, meter, 'both')],
  ['lstrip', (text, args, { meter }) => stripped(text, args, meter, 'left')],
  ['rstrip', (text, args, { meter }) => stripped(text, args, meter, 'right')],
  ['startswith', (text, args, { meter }) => affixed(text, args, meter, 'startsWith')],
  ['endswith', (text, args, { meter }) => affixed(text, args, meter, 'endsWith')],
  ['removeprefix', (text, args, { meter }) => removeAffix(text, args, meter, 'startsWith')],
  ['removesuffix', (text, args, { meter }) => removeAffix(text, args, meter, 'endsWith')],
  ['split', (text, args, { meter }) => split(text, args, meter)],
  ['rsplit', (text, args, { meter }) => splitRight(text, args, meter)],
  ['splitlines', (text, args, { meter }) => lines(text, args, meter)],
  ['partition', (text, args, { meter }) => partition(text, args, meter, 'indexOf')],
  ['rpartition', (text, args, { meter }) => partition(text, args, meter, 'lastIndexOf')],
  ['join', (text, args, { meter }) => join(text, args, meter)],
  ['replace', (text, args, { meter }) => replace(text, args, meter)],
  ['find', (text, args, { meter }) => BigInt(find(text, args, meter, 'indexOf'))],
  ['rfind', (text, args, { meter }) => BigInt(find(text, args, meter, 'lastIndexOf'))],
  ['index', (text, args, { meter }) => BigInt(found(find(text, args, meter, 'indexOf'), args))],
  ['count', (text, args, { meter }) => BigInt(count(text, args, meter))],
  ['format', (text, args, runtime) => braceFormat(text, args, runtime)],
  ['zfill', (text, args, { meter }) => zeroFill(text, args, meter)],
  ['ljust', (text, args, runtime) => justify(text, args, runtime, 'left')],
  ['rjust', (text, args, runtime) => justify(text, args, runtime, 'right')],
  ['center', (text, args, runtime) => justify(text, args, runtime, 'both')],
  ['isdigit', asks(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]+$/u)],
  ['isnumeric', asks(/^\p{N}+$/u)],
  ['isdecimal', asks(/^\p{Nd}+$/u)],
  ['isalpha', asks(/^\p{L}+$/u)],
  ['isalnum', asks(/^[\p{L}\p{N}]+$/u)],
  [
    'isspace',
    (text, args, { meter }) => text !== '' && strip(bare(text, args, meter), undefined, 'left') === '',
  ],
  ['rindex', (text, args, { meter }) => BigInt(found(find(text, args, meter, 'lastIndexOf'), args))],
  ['expandtabs', (text, args, { meter }) => expandTabs(text, args, meter)],
  ['encode', (text, args, { meter }) => encode(text, args, meter)],
  ['isascii', (text, args, { meter }) => /^[\0-\x7f]*$/.test(bare(text, args, meter))],
  ['isidentifier', asks(/^[\p{ID_Start}_]\p{ID_Continue}*$/u)],
  [
    'isprintable',
    (text, args, { meter }) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(bare(text, args, meter)),
  ],
  ['istitle', isTitled],
  ['isupper', (text, args, { meter }) => isUpper(bare(text, args, meter))],
  ['islower', (text, args, { meter }) => isLower(bare(text, args, meter))],
]);

/** The methods of Python's bytes. */
export const bytesMethods: ReadonlyMap<string, Operation<Bytes>> = new Map<string, Operation<Bytes>>([
  ['hex', ({ data }, args, { meter }) => args.bind() && hexOf(data, meter)],
  ['decode', ({ data }, args, { meter }) => decode(data, args, meter)],
]);

const UTF8 = /^utf[-_]?8$/i;

function encode(text: string, args: Arguments, meter: StepMeter): Bytes {
  const [encoding = 'utf-8'] = args.bind('encoding', 'errors');
  if (!UTF8.test(textOf(encoding, 'encoding'))) throw args.error('knows utf-8 only');
  meter.text(text.length);
  meter.spend(text.length * SCAN);
  return new Bytes(Buffer.from(text));
}

function hexOf(data: Uint8Array, meter: StepMeter): string {
  meter.text(data.length * 2);
  return Buffer.from(data).toString('hex');
}

function decode(data: Uint8Array, args: Arguments, meter: StepMeter): string {
  const [encoding = 'utf-8'] = args.bind('encoding', 'errors');
  if (!UTF8.test(textOf(encoding, 'encoding'))) throw args.error('knows utf-8 only');
  meter.text(data.length);
  return Buffer.from(data).toString();
}

function expandTabs(text: string, args: Arguments, meter: StepMeter): string {
  const [size = 8n] = args.bind('tabsize');
  const width = Math.max(0, countOf(size, 'tabsize'));
  meter.spend(text.length * SCAN * 6);
  const tabs = occurrences(text, '\t');
  meter.text(text.length + tabs * width);
  let column = 0;
  return text.replace(/[^\t\n\r]+|[\t\n\r]/g, (run) => {
    if (run === '\n' || run === '\r') column = 0;
    else if (run !== '\t') column += lengthOf(run, meter);
    else {
      const spaces = width === 0 ? 0 : width - (column % width);
      column += spaces;
      return ' '.repeat(spaces);
    }
    return run;
  });
}

/** Pay for the text of a method without arguments, and return it. */
function bare(text: string, args: Arguments, meter: StepMeter): string {
  args.bind();
  meter.spend(text.length * SCAN);
  return text;
}

/** @param scans how many times the method examines each character, for its cost */
function changed(change: (text: string) => string, scans = 1): Operation<string> {
  return (text, args, { meter }) => {
    meter.spend(text.length * SCAN * (scans - 1));
    const result = change(bare(text, args, meter));
    meter.text(result.length);
    return result;
  };
}

function isTitled(text: string, args: Arguments, { meter }: Runtime): boolean {
  meter.spend(text.length * SCAN * 6);
  return titled(bare(text, args, meter)) === text && /\p{Cased}/u.test(text);
}

function asks(pattern: RegExp): Operation<string> {
  return (text, args, { meter }) => pattern.test(bare(text, args, meter));
}

/** Python's `str.isupper` and `islower`: there are letters with a case, and all have this one. */
export const isUpper = (text: string): boolean =>
  /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
export const isLower = (text: string): boolean =>
  /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);

function swapCase(text: string): string {
  return text.replace(/\p{Cased}/gu, (char) => {
    const upper = char.toUpperCase();
    return char === upper ? char.toLowerCase() : upper;
  });
}

function stripped(text: string, args: Arguments, meter: StepMeter, side: 'left' | 'right' | 'both'): string {
  const [set = null] = args.bind('chars');
  return paidStrip(text, set === null ? undefined : textOf(set, 'chars'), side, meter);
}

function affixed(text: string, args: Arguments, meter: StepMeter, where: 'startsWith' | 'endsWith'): boolean {
  const [affix, start = null, end = null] = args.bind('affix', 'start', 'end');
  const affixes = textsOf(affix, `${args.callee} first arg`);
  const part = start === null && end === null ? text : within(text, start, end, meter);
  for (const each of affixes) meter.spend(each.length + VISIT);
  return affixes.some((each) => part[where](each));
}

/** Return the part of a text that the optional arguments `start` and `end` of Python's methods select. */
function within(text: string, start: Value, end: Value, meter: StepMeter): string {
  const indices = sliceIndices(lengthOf(text, meter), start, end, null);
  return sliceOf(text, indices.start, indices.start + indices.count, meter);
}

function removeAffix(
  text: string,
  args: Arguments,
  meter: StepMeter,
  where: 'startsWith' | 'endsWith',
): string {
  const affix = textOf(args.require('affix')[0], 'affix');
  meter.spend(affix.length);
  if (affix === '' || !text[where](affix)) return text;
  return where === 'startsWith' ? text.slice(affix.length) : text.slice(0, -affix.length);
}

function listOf(parts: readonly string[], meter: StepMeter): List {
  meter.elements(parts.length);
  meter.spend(parts.length * VISIT);
  return new List([...parts]);
}

function splitArguments(args: Arguments): { by: string | null; maxSplits: number } {
  const [separator = null, maxsplit = -1n] = args.bind('sep', 'maxsplit');
  if (separator === '') throw args.error('gets an empty separator');
  const limit = countOf(maxsplit, 'maxsplit');
  return {
    by: separator === null ? null : textOf(separator, 'sep'),
    maxSplits: limit < 0 ? Number.POSITIVE_INFINITY : limit,
  };
}

function split(text: string, args: Arguments, meter: StepMeter): List {
  const { by, maxSplits } = splitArguments(args);
  meter.search(text.length, by?.length ?? 1);
  meter.spend(by === null ? text.length * SCAN : 0);
  if (by === null) return listOf(splitSpaces(text, maxSplits), meter);
  const parts = text.split(by);
  if (parts.length <= maxSplits + 1) return listOf(parts, meter);
  return listOf([...parts.slice(0, maxSplits), parts.slice(maxSplits).join(by)], meter);
}

function splitRight(text: string, args: Arguments, meter: StepMeter): List {
  const { by, maxSplits } = splitArguments(args);
  meter.search(text.length, by?.length ?? 1);
  if (by === null) {
    meter.spend(text.length * SCAN);
    const mirrored = splitSpaces(mirror(text, meter), maxSplits).reverse();
    return listOf(
      mirrored.map((word) => mirror(word, meter)),
      meter,
    );
  }
  const parts = splitFromRight(text, by, maxSplits);
  return listOf(parts, meter);
}

/** Split from the right: in `aaa`, the separator `aa` matches the last two characters. */
function splitFromRight(text: string, by: string, maxSplits: number): string[] {
  const parts: string[] = [];
  let end = text.length;
  while (parts.length < maxSplits) {
    const at = end < by.length ? -1 : text.lastIndexOf(by, end - by.length);
    if (at < 0) break;
    parts.push(text.slice(at + by.length, end));
    end = at;
  }
  parts.push(text.slice(0, end));
  return parts.reverse();
}

function mirror(text: string, meter: StepMeter): string {
  meter.spend(text.length * ELEMENT);
  return Array.from(text).reverse().join('');
}

function lines(text: string, args: Arguments, meter: StepMeter): List {
  const [keepEnds = false] = args.bind('keepends');
  meter.spend(text.length * SCAN);
  const parts = splitLines(text);
  if (!truth(keepEnds)) return listOf(parts, meter);
  let at = 0;
  const whole = parts.map((line) => {
    const end = at + line.length;
    const start = at;
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    return text.slice(start, at);
  });
  return listOf(whole, meter);
}

function partition(text: string, args: Arguments, meter: StepMeter, where: 'indexOf' | 'lastIndexOf'): List {
  const by = textOf(args.require('sep')[0], 'sep');
  if (by === '') throw args.error('gets an empty separator');
  meter.search(text.length, by.length);
  const at = text[where](by);
  if (at < 0) return new List(where === 'indexOf' ? [text, '', ''] : ['', '', text], { tuple: true });
  return new List([text.slice(0, at), by, text.slice(at + by.length)], { tuple: true });
}

function join(text: string, args: Arguments, meter: StepMeter): string {
  const [items] = args.require('iterable') as [Value];
  return joinTexts(
    iterate(items, meter).map((item, at) => textOf(item, `sequence item ${at}`)),
    text,
    meter,
  );
}

export function joinTexts(texts: readonly string[], between: string, meter: StepMeter): string {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  meter.spend(texts.length * VISIT);
  meter.text(length + Math.max(0, texts.length - 1) * between.length);
  return texts.join(between);
}

function replace(text: string, args: Arguments, meter: StepMeter): string {
  const [old, by, most = -1n] = args.bind('old', 'new', 'count');
  return replaceIn(text, textOf(old, 'old'), textOf(by, 'new'), countOf(most, 'count'), meter);
}

/** Return an index in code points, or -1. */
function find(text: string, args: Arguments, meter: StepMeter, where: 'indexOf' | 'lastIndexOf'): number {
  const [sub, start = null, end = null] = args.bind('sub', 'start', 'end');
  const sought = textOf(sub, 'sub');
  const indices = sliceIndices(lengthOf(text, meter), start, end, null);
  const part = sliceOf(text, indices.start, indices.start + indices.count, meter);
  meter.search(part.length, sought.length);
  const at = part[where](sought);
  return at < 0 ? -1 : indices.start + lengthOf(part.slice(0, at), meter);
}

function found(at: number, args: Arguments): number {
  if (at < 0) throw args.error('finds no such text');
  return at;
}

function count(text: string, args: Arguments, meter: StepMeter): number {
  const [sub, start = null, end = null] = args.bind('sub', 'start', 'end');
  const sought = textOf(sub, 'sub');
  meter.search(text.length, sought.length);
  const found = occurrences(within(text, start, end, meter), sought);
  meter.spend(found * ELEMENT);
  return found;
}

function zeroFill(text: string, args: Arguments, meter: StepMeter): string {
  const width = countOf(args.require('width')[0], 'width');
  const missing = Math.max(0, width - lengthOf(text, meter));
  meter.text(text.length + missing);
  const sign = /^[-+]/.test(text) ? text.slice(0, 1) : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function justify(text: string, args: Arguments, { meter }: Runtime, side: Side): string {
  const [width, fill = ' '] = args.bind('width', 'fillchar');
  return padded(text, countOf(width, 'width'), textOf(fill, 'fillchar'), side, meter);
}
