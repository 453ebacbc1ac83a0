import { decodeHTML } from 'entities/decode';
import { TemplateError } from '../errors.ts';
import { padded } from '../formats/pad.ts';
import { formatArguments, percentFormat } from '../formats/python-format.ts';
import { SCAN, type StepMeter, VISIT } from '../step-meter.ts';
import { countOf, textOf } from '../values/coerce.ts';
import { iterate, sizeOf, truth } from '../values/operators.ts';
import { show } from '../values/show.ts';
import {
  capitalize,
  escapeHtml,
  isSpace,
  lengthOf,
  paidStrip,
  replaceIn,
  sliceOf,
  splitLines,
  splitSpaces,
} from '../values/text.ts';
import {
  type Arguments,
  Dict,
  List,
  Markup,
  type Operation,
  plain,
  type Runtime,
  typeName,
  Undefined,
  type Value,
} from '../values/values.ts';
import { wordWrap } from './wordwrap.ts';

/** Filters from text to text. Any other value is converted to text first. */
export const textFilters: readonly (readonly [string, Operation])[] = [
  ['upper', changing((text) => text.toUpperCase(), 2)],
  ['lower', changing((text) => text.toLowerCase(), 2)],
  ['capitalize', changing(capitalize)],
  ['title', changing(title, 5)],
  ['escape', changing(escapeHtml, 3)],
  ['e', changing(escapeHtml, 3)],
  ['forceescape', changing(escapeHtml, 3)],
  ['striptags', changing(stripTags, 8)],
  ['trim', trim],
  ['replace', replace],
  ['truncate', truncate],
  ['indent', indent],
  ['center', center],
  [
    'wordwrap',
    (value, args, runtime) =>
      wordWrap(
        strictly(value, `'${typeName(value)}' object has no attribute 'splitlines'`, runtime.meter),
        args,
        runtime,
      ),
  ],
  ['format', format],
  ['wordcount', plain((value, { meter }) => BigInt(words(paid(show(value, meter), meter, 2))))],
  ['urlencode', plain(urlEncode)],
];

function paid(text: string, meter: StepMeter, scans = 1): string {
  meter.spend(text.length * SCAN * scans);
  return text;
}

/** @param scans how many times the filter examines each character, for its cost */
function changing(change: (text: string) => string, scans = 1): Operation {
  return plain((value, { meter }) => {
    const changed = change(paid(show(value, meter), meter, scans));
    meter.text(changed.length);
    return changed;
  });
}

/** Jinja's `title`, in which words begin after white space, hyphens and opening brackets. */
function title(text: string): string {
  let result = '';
  let begins = true;
  for (const char of text) {
    result += begins ? char.toUpperCase() : char.toLowerCase();
    begins = '-({[<'.includes(char) || isSpace(char.charCodeAt(0));
  }
  return result;
}

function words(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}_]+/gu)) count++;
  return count;
}

/** Drop comments and tags, collapse white space and decode entities, in this order: a no-break space stays. */
function stripTags(text: string): string {
  return decodeHTML(splitSpaces(withoutTags(text), Number.POSITIVE_INFINITY).join(' '));
}

/** Drop comments and tags in linear time: a regular expression would search up to the end of the text for each `<`. */
export function withoutTags(text: string): string {
  const closed = text.lastIndexOf('>');
  const commentsEnd = text.lastIndexOf('-->');
  let result = '';
  let from = 0;
  for (let at = text.indexOf('<'); at >= 0 && at < closed; at = text.indexOf('<', from)) {
    const comment = text.startsWith('<!--', at) && at + 4 <= commentsEnd;
    result += text.slice(from, at);
    from = comment ? text.indexOf('-->', at + 4) + 3 : text.indexOf('>', at) + 1;
  }
  return result + text.slice(from);
}

function trim(value: Value, args: Arguments, { meter }: Runtime): string {
  const [chars = null] = args.bind('chars');
  return paidStrip(show(value, meter), chars === null ? undefined : textOf(chars, 'chars'), 'both', meter);
}

function replace(value: Value, args: Arguments, { meter }: Runtime): string {
  const [old, by, count = null] = args.bind('old', 'new', 'count');
  if (old === undefined || by === undefined) throw args.error("needs the arguments 'old' and 'new'");
  const most = count === null ? -1 : countOf(count, 'count');
  return replaceIn(show(value, meter), show(old, meter), show(by, meter), most, meter);
}

/** Return a text. Unlike most filters, some do not convert other values. @throws TemplateError with Python's message */
function strictly(value: Value, otherwise: string, meter: StepMeter): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return show(value, meter);
  throw new TemplateError(value instanceof Undefined ? value.reason : otherwise);
}

function truncate(value: Value, args: Arguments, { meter }: Runtime): Value {
  const [length = 255n, killwords = false, end = '...', leeway = null] = args.bind(
    'length',
    'killwords',
    'end',
    'leeway',
  );
  const most = countOf(length, 'length');
  const ending = textOf(end, 'end');
  const slack = leeway === null ? 5 : countOf(leeway, 'leeway');
  const kept = most - lengthOf(ending, meter);
  if (kept < 0) throw args.error(`needs a length of at least ${ending.length}`);
  if (value instanceof Undefined) return value;
  // A short list stays as it is, and a long one cannot be truncated.
  if ((value instanceof List || value instanceof Dict) && (sizeOf(value, meter) ?? 0) <= most + slack)
    return value;
  const text = strictly(value, `object of type '${typeName(value)}' cannot be truncated`, meter);
  if (lengthOf(text, meter) <= most + slack) return text;
  const cut = sliceOf(text, 0, kept, meter);
  const space = truth(killwords) ? -1 : cut.lastIndexOf(' ');
  return (space < 0 ? cut : cut.slice(0, space)) + ending;
}

function indent(value: Value, args: Arguments, { meter }: Runtime): string {
  const [width = 4n, first = false, blank = false] = args.bind('width', 'first', 'blank');
  if (typeof width !== 'string') meter.room(countOf(width, 'width'));
  const by = typeof width === 'string' ? width : ' '.repeat(Math.max(0, countOf(width, 'width')));
  const text = strictly(value, `unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`, meter);
  // Like Jinja, so that a trailing line break is kept.
  const lines = splitLines(`${paid(text, meter)}\n`);
  meter.spend(lines.length * VISIT);
  meter.room(lines.length * by.length);
  const indented = lines.map((line, at) => {
    const skipped = at === 0 ? !truth(first) : line === '' && !truth(blank);
    return skipped ? line : by + line;
  });
  meter.text(indented.reduce((sum, line) => sum + line.length + 1, 0));
  return indented.join('\n');
}

function center(value: Value, args: Arguments, { meter }: Runtime): string {
  const [width = 80n] = args.bind('width');
  return padded(show(value, meter), countOf(width, 'width'), ' ', 'both', meter);
}

function format(value: Value, args: Arguments, runtime: Runtime): string {
  return percentFormat(show(value, runtime.meter), formatArguments(args), runtime);
}

/** Jinja's `urlencode`: encode a text for a path, keeping `/`, or a mapping or pairs for a query. */
function urlEncode(value: Value, { meter }: Runtime): string {
  if (value instanceof Undefined) return '';
  if (!(value instanceof Dict) && !(value instanceof List)) return quote(show(value, meter), '/', meter);
  const pairs = value instanceof Dict ? [...value.entries] : iterate(value, meter).map(pairOf);
  meter.spend(pairs.length * VISIT * 2);
  const text = pairs
    .map((pair) => pair.map((part) => quote(show(part, meter), '', meter).replaceAll('%20', '+')).join('='))
    .join('&');
  meter.text(text.length);
  return text;
}

function pairOf(pair: Value): readonly [Value, Value] {
  if (!(pair instanceof List) || pair.items.length !== 2)
    throw new TemplateError(`urlencode needs pairs, not '${typeName(pair)}'`);
  return [pair.items[0] as Value, pair.items[1] as Value];
}

/** Jinja's `xmlattr`: write a mapping as attributes of an HTML tag, without those that are None or undefined. */
export function xmlAttributes(value: Value, args: Arguments, { meter }: Runtime): string {
  const [space = true] = args.bind('autospace');
  if (!(value instanceof Dict)) throw new TemplateError(`xmlattr needs a mapping, not '${typeName(value)}'`);
  const texts = Array.from(value.entries).flatMap(([key, each]) => {
    if (each === null || each instanceof Undefined) return [];
    const name = show(key, meter);
    if (/[\s/>=]/.test(paid(name, meter)))
      throw new TemplateError(`Invalid character in attribute name: ${name}`);
    return [`${escapeHtml(name)}="${escapeHtml(paid(show(each, meter), meter, 3))}"`];
  });
  meter.text(texts.reduce((sum, text) => sum + text.length + 1, 1));
  const text = texts.join(' ');
  return truth(space) && text !== '' ? ` ${text}` : text;
}

/** Python's `urllib.parse.quote`. */
function quote(text: string, safe: string, meter: StepMeter): string {
  meter.spend(text.length * SCAN * 3);
  const encoded = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  meter.room(encoded.length);
  return safe === '/' ? encoded.replaceAll('%2F', '/') : encoded;
}
