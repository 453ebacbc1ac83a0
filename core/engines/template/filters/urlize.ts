import { SCAN } from '../step-meter.ts';
import { countOf, textOf } from '../values/coerce.ts';
import { truth } from '../values/operators.ts';
import { show } from '../values/show.ts';
import { escapeHtml, countOf as occurrences } from '../values/text.ts';
import type { Arguments, Runtime, Value } from '../values/values.ts';

/** Longer words are no addresses. Patterns that repeat take long on them. */
const MAX_WORD = 2048;

const URL_WORD =
  /^(?:(?:https?:\/\/|www\.)(?:[\p{L}\p{N}_%-]+\.)*(?:[a-z]{2,63}|xn--[\p{L}\p{N}_%]{2,59})|(?:[\p{L}\p{N}_%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)|https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$/iu;
const EMAIL = /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u;
const PAIRS = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

interface Style {
  /** The most characters of an address that are shown. */
  readonly limit: number;
  readonly attributes: string;
}

/** Jinja's `urlize`: make links of the addresses in a text. */
export function urlize(value: Value, args: Arguments, { meter }: Runtime): string {
  const [limit = null, nofollow = false, target = null, rel = null] = args.bind(
    'trim_url_limit',
    'nofollow',
    'target',
    'rel',
  );
  const relations = new Set([
    ...(rel === null ? [] : textOf(rel, 'rel').split(/\s+/)),
    ...(truth(nofollow) ? ['nofollow'] : []),
    'noopener',
  ]);
  const frame = truth(target) ? ` target="${escapeHtml(textOf(target, 'target'))}"` : '';
  const style = {
    limit: limit === null ? Number.POSITIVE_INFINITY : countOf(limit, 'trim_url_limit'),
    attributes: ` rel="${escapeHtml([...relations].sort().join(' '))}"${frame}`,
  };
  const text = show(value, meter);
  meter.spend(text.length * SCAN * 3);
  meter.text(text.length * 2);
  const escaped = escapeHtml(text);
  meter.spend(escaped.length * SCAN * 13);
  const words = escaped.split(/(\s+)/);
  meter.elements(words.length);
  let result = '';
  for (const word of words) {
    result += word.length > MAX_WORD ? word : linked(word, style);
    meter.room(result.length);
  }
  meter.text(result.length);
  return result;
}

function linked(word: string, style: Style): string {
  const [head] = /^(?:[(<]|&lt;)*/.exec(word) as RegExpExecArray;
  let middle = word.slice(head.length);
  const [tail] = /(?:[)>.,\n]|&gt;)*$/.exec(middle) as RegExpExecArray;
  middle = middle.slice(0, middle.length - tail.length);
  let rest = tail;
  // Brackets that an address opens belong to it.
  for (const [open, close] of PAIRS) {
    const missing = occurrences(middle, open) - occurrences(middle, close);
    if (missing <= 0) continue;
    for (let taken = Math.min(occurrences(middle, open), occurrences(rest, close)); taken > 0; taken--) {
      const end = rest.indexOf(close) + close.length;
      middle += rest.slice(0, end);
      rest = rest.slice(end);
    }
  }
  return head + link(middle, style) + rest;
}

function link(word: string, { limit, attributes }: Style): string {
  if (URL_WORD.test(word)) {
    const shown = word.length > limit ? `${word.slice(0, limit)}...` : word;
    const href = /^https?:\/\//.test(word) ? word : `https://${word}`;
    return `<a href="${href}"${attributes}>${shown}</a>`;
  }
  if (word.startsWith('mailto:') && EMAIL.test(word.slice(7)))
    return `<a href="${word}">${word.slice(7)}</a>`;
  const isEmail = word.includes('@') && !word.startsWith('www.') && !word.includes(':') && EMAIL.test(word);
  return isEmail ? `<a href="mailto:${word}">${word}</a>` : word;
}
