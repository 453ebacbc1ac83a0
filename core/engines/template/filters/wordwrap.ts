import { SCAN, VISIT } from '../step-meter.ts';
import { countOf, textOf } from '../values/coerce.ts';
import { truth } from '../values/operators.ts';
import { isSpace, splitLines } from '../values/text.ts';
import type { Arguments, Runtime, Value } from '../values/values.ts';

/**
 * The parts at which Python's `textwrap` may break a line: white space, dashes between words, and words, which end behind a
 * hyphen between letters too.
 */
const PARTS =
  /[\t\n\v\f\r ]+|(?<=[\p{L}\p{N}_!"'&.,?])-{2,}(?=[\p{L}\p{N}_])|[^\t\n\v\f\r ]+?(?:-(?:(?<=[\p{L}_]{2}-)|(?<=[\p{L}_]-[\p{L}\p{N}_!"'&.,?]-))(?=[\p{L}_]-?[\p{L}_])|(?=[\t\n\v\f\r ]|$)|(?<=[\p{L}\p{N}_!"'&.,?])(?=-{2,}[\p{L}\p{N}_]))/gu;
const WORDS = /[\t\n\v\f\r ]+|[^\t\n\v\f\r ]+/g;

interface Style {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

/** Jinja's `wordwrap`: break the lines of a text that are longer than a width. */
export function wordWrap(text: string, args: Arguments, { meter }: Runtime): string {
  const [width = 79n, breakLongWords = true, wrapString = null, breakOnHyphens = true] = args.bind(
    'width',
    'break_long_words',
    'wrapstring',
    'break_on_hyphens',
  );
  const style = {
    width: countOf(width, 'width'),
    breakLongWords: truth(breakLongWords as Value),
    breakOnHyphens: truth(breakOnHyphens as Value),
  };
  if (style.width <= 0) throw args.error('needs a width above zero');
  const between = wrapString === null ? '\n' : textOf(wrapString, 'wrapstring');
  meter.spend(text.length * (SCAN * 4 + VISIT));
  const lines = splitLines(text).flatMap((line) => wrapped(line, style));
  const texts = lines.length === 0 ? [''] : lines;
  meter.text(texts.reduce((sum, line) => sum + line.length + between.length, 0));
  return texts.join(between);
}

/** A part of a line, of which the characters before `from` have been written. */
interface Part {
  readonly chars: readonly string[];
  readonly from: number;
}

const lengthOf = ({ chars, from }: Part) => chars.length - from;

function isBlank({ chars, from }: Part): boolean {
  let at = from;
  while (at < chars.length && isSpace(chars[at]?.charCodeAt(0) ?? 0)) at++;
  return at === chars.length;
}

/** Python's `textwrap.wrap`. An empty line stays. */
function wrapped(line: string, { width, breakLongWords, breakOnHyphens }: Style): string[] {
  const texts = line.match(breakOnHyphens ? PARTS : WORDS) ?? [];
  const parts = texts.map((text): Part => ({ chars: Array.from(text), from: 0 })).reverse();
  const lines: string[] = [];
  while (parts.length > 0) {
    const taken: Part[] = [];
    let room = width;
    if (lines.length > 0 && isBlank(parts.at(-1) as Part)) parts.pop();
    for (let next = parts.at(-1); next && lengthOf(next) <= room; next = parts.at(-1)) {
      taken.push(next);
      room -= lengthOf(next);
      parts.pop();
    }
    const long = parts.at(-1);
    if (long && lengthOf(long) > width && (breakLongWords || taken.length === 0)) {
      parts.pop();
      const end = breakLongWords ? endOfPiece(long, room, breakOnHyphens) : long.chars.length;
      taken.push({ chars: long.chars.slice(long.from, end), from: 0 });
      if (end < long.chars.length) parts.push({ chars: long.chars, from: end });
    }
    const last = taken.at(-1);
    if (last && isBlank(last)) taken.pop();
    if (taken.length > 0) lines.push(taken.flatMap(({ chars, from }) => chars.slice(from)).join(''));
  }
  return lines.length === 0 ? [''] : lines;
}

/** Return where a word that is longer than a line is broken: where the room ends, or behind the last hyphen before that. */
function endOfPiece({ chars, from }: Part, room: number, breakOnHyphens: boolean): number {
  const piece = breakOnHyphens ? chars.slice(from, from + room) : [];
  const hyphen = piece.lastIndexOf('-');
  return from + (piece.slice(0, Math.max(hyphen, 0)).some((char) => char !== '-') ? hyphen + 1 : room);
}
