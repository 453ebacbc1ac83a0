/**
 * SQL's LIKE without regard to case: `%` is any text, `_` any character, `\` takes the next one as it is. Looked at from
 * the last `%` on only, so that no pattern takes long.
 */
export function isLike(text: string, pattern: string): boolean {
  const chars = [...text.toLowerCase()];
  const wanted = tokensOf(pattern.toLowerCase());
  let [at, next, restartAt, restartNext] = [0, 0, 0, -1];
  while (at < chars.length) {
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
    } else return false;
  }
  return wanted.slice(next).every((token) => token === ANY_TEXT);
}

const ANY_TEXT = Symbol('%');
const ANY_CHARACTER = Symbol('_');

function tokensOf(pattern: string): (string | symbol)[] {
  return [...pattern.matchAll(/\\(.)|(.)/gsu)].map(([, escaped, plain]) => {
    if (plain === '%') return ANY_TEXT;
    return plain === '_' ? ANY_CHARACTER : (escaped ?? plain ?? '');
  });
}
