import { refusal } from './errors.ts';

/** Of characters, by all patterns of a list together: a second or two. */
const MOST_COMPARISONS = 20_000_000;

/** The patterns of one list. What they may take together is bounded, whatever there is to be looked through. */
export class Likes {
  #left = MOST_COMPARISONS;

  /** Whether texts fit this pattern. @throws FrappeError once the patterns of the list have taken too much */
  of(pattern: string): (text: string) => boolean {
    const wanted = tokensOf(pattern.toLowerCase());
    return (text) => {
      const { fits, comparisons } = compare([...text.toLowerCase()], wanted, this.#left);
      this.#left -= comparisons;
      if (this.#left < 0) throw refusal('Too much would be compared: "like" with less, or on shorter fields');
      return fits;
    };
  }
}

type Token = string | symbol;

/**
 * SQL's LIKE without regard to case: `%` is any text, `_` any character, `\` takes the next one as it is. Looked at from
 * the last `%` on only, so that no pattern takes longer than its length times the text's.
 */
function compare(chars: readonly string[], wanted: readonly Token[], most: number) {
  let [at, next, restartAt, restartNext] = [0, 0, 0, -1];
  // A text is taken apart, however soon it is told from the pattern.
  let comparisons = chars.length;
  while (at < chars.length && comparisons <= most) {
    comparisons++;
    const token = wanted[next];
    if (token === ANY_TEXT) {
      next++;
      [restartAt, restartNext] = [at, next];
    } else if (token !== undefined && (token === ANY_CHARACTER || token === chars[at])) {
      at++;
      next++;
    } else if (restartNext >= 0) {
      restartAt++;
      [at, next] = [restartAt, restartNext];
    } else return { fits: false, comparisons };
  }
  return { fits: wanted.slice(next).every((token) => token === ANY_TEXT), comparisons };
}

const ANY_TEXT = Symbol('%');
const ANY_CHARACTER = Symbol('_');

function tokensOf(pattern: string): Token[] {
  return [...pattern.matchAll(/\\(.)|(.)/gsu)].map(([, escaped, plain]) => {
    if (plain === '%') return ANY_TEXT;
    return plain === '_' ? ANY_CHARACTER : (escaped ?? plain ?? '');
  });
}
