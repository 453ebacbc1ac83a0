const PLACEHOLDER = /\{([a-z]+)(\d*)\}/;
/** Numbers as reasons write them, such as `1,000`, `-0.5`, `1e+20` and `inf`. */
const NUMBER = /^-?(?:[\d.,]+(?:e[+-]?\d+)?|inf|nan)$/;
/** What a placeholder may stand for, by its kind; any other stands for whatever a caller wrote. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  n: NUMBER,
  json: /^(?:["[{\d-]|true|false|null)/,
  call: /^\S+$/,
};
const GROUPED = /^\d{1,3}(?:,\d{3})+$/;
const NARROW_NO_BREAK_SPACE = '\u202f';
/** The end of a text that was cut. */
const CUT = '…';

/** Returns what stands for a part of a reason. */
type Part = (kind: string, value: string) => string;

/** A text with placeholders. */
export interface Phrase {
  /** How many characters are fixed: the more, the more specific. */
  readonly weight: number;
  /** Return the values of the placeholders by their names, or null if a text is another. */
  match(text: string): ReadonlyMap<string, string> | null;
  /** Return the translated text. */
  fill(part: Part, values: ReadonlyMap<string, string>): string;
}

interface Piece {
  readonly name: string;
  /** The name without its number: `n` of `{n2}`. */
  readonly kind: string;
  /** The fixed text behind the placeholder. */
  readonly then: string;
}

/**
 * Return a phrase; null if the English has no placeholders. Matching searches for each fixed text once, from where the last
 * one ended, so it takes time linear in the text, whatever a caller wrote into it.
 */
export function phraseOf(
  english: string,
  translated: string,
  typeset: (text: string) => string,
): Phrase | null {
  const source = piecesOf(english);
  if (source.pieces.length === 0) return null;
  const target = piecesOf(typeset(translated));
  return {
    weight: [source.begin, ...source.pieces.map(({ then }) => then)].join('').length,
    match: (text) => match(source, text),
    fill: (part, values) =>
      target.pieces.reduce(
        (text, { name, kind, then }) => text + localised(kind, part(kind, values.get(name) ?? CUT)) + then,
        target.begin,
      ),
  };
}

interface Pieces {
  readonly begin: string;
  readonly pieces: readonly Piece[];
}

function piecesOf(text: string): Pieces {
  const [begin = '', ...rest] = text.split(new RegExp(PLACEHOLDER, 'g'));
  const pieces: Piece[] = [];
  for (let at = 0; at < rest.length; at += 3) {
    const [kind = '', number = '', then = ''] = rest.slice(at, at + 3);
    pieces.push({ kind, name: kind + number, then });
  }
  return { begin, pieces };
}

function match({ begin, pieces }: Pieces, text: string): ReadonlyMap<string, string> | null {
  if (!text.startsWith(begin)) return null;
  const values = new Map<string, string>();
  let from = begin.length;
  for (const [index, { name, kind, then }] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    const found =
      isLast && text.length - then.length >= from && text.endsWith(then) ? text.length - then.length : -1;
    const end = isLast ? found : text.indexOf(then, from);
    if (end < 0) return text.endsWith(CUT) && index > 0 ? values.set(name, text.slice(from)) : null;
    const value = text.slice(from, end);
    if (SHAPES[kind]?.test(value) === false) return null;
    values.set(name, value);
    from = end + then.length;
  }
  return values;
}

/** Thousands are separated by commas in English. */
const localised = (kind: string, value: string): string =>
  kind === 'n' && GROUPED.test(value) ? value.replaceAll(',', NARROW_NO_BREAK_SPACE) : value;
