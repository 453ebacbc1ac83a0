import { refusal } from './errors.ts';

/** Characters that all patterns of a list may compare together: a second or two. */
const MAX_COMPARISONS = 20_000_000;

/** The patterns of one list, with a common budget. */
export class Likes {
  #left = MAX_COMPARISONS;

  /** Return a function that matches texts with the pattern. It throws a FrappeError once the budget is spent. */
  of(pattern: string): (text: string) => boolean {
    const wanted = tokensOf(pattern.toLowerCase());
    return (text) => {
      const { fits, comparisons } = compare([...text.toLowerCase()], wanted, this.#left);
      this.#left -= comparisons;
      if (this.#left < 0)
        throw refusal('Too much text would be compared: use shorter "like" patterns, or shorter fields');
      return fits;
    };
  }
}

type Token = string | symbol;

/**
 * Compare as SQL's LIKE does, without regard to case: `%` is any text, `_` any character, `\` escapes the next one. It goes
 * back to the last `%` only, so the time is at most the pattern's length times the text's.
 */
function compare(chars: readonly string[], wanted: readonly Token[], most: number) {
  let [at, next, restartAt, restartNext] = [0, 0, 0, -1];
  // Splitting the text takes time, too, even if the first character differs.
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
