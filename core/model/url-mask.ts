import { MASK } from './header-mask.ts';

/** Scheme, authority and the rest. Like URL parsers, it takes backslashes for slashes. */
const PARTS = /^([a-z][a-z0-9+.-]*:[/\\]*|[/\\]{2})([^/\\?#]*)(.*)$/is;

/** At most five characters, or words with at most three digits after them: `v2`, `hook-12`, `incoming_webhook`. */
const PLAIN = /^(?:[\w.~-]{0,5}|[a-z]{1,20}(?:[-_.][a-z]{1,20})*[-_.]?\d{0,3})$/i;
/** Random letters are in none of these forms: words in camel case have three letters on average, and vowels. */
const HUMP = /[A-Z]?[a-z]+|[A-Z]+/g;
const LETTERS_PER_HUMP = 3;
const CONSONANTS = /[b-df-hj-np-tv-xz]{6}/i;
/** A segment after which a credential is likely, such as `/key/…`. */
const ANNOUNCES = /^(?:(?:api|access|auth)?[-_]?(?:key|token)|secret|auth|bot|sig|signature|password)s?$/i;

/**
 * Return a URL, or a template or the beginning of one, without what may be a credential: user information, the path from its
 * first segment that does not look like words, the query and the fragment.
 */
export const maskUrl = (url: string): string => split(url).shown;

/** Return the host of a URL or a template as it is written, with its port; empty if there is none. */
export function hostIn(url: string): string {
  const [, , authority = ''] = PARTS.exec(url) ?? [];
  return authority.slice(authority.lastIndexOf('@') + 1);
}

/** Return the parts of a URL that {@link maskUrl} hides. */
export const hiddenInUrl = (url: string): readonly string[] => split(url).hidden;

function split(url: string): { readonly shown: string; readonly hidden: readonly string[] } {
  const [, scheme, authority = '', rest = ''] = PARTS.exec(url) ?? [];
  if (scheme === undefined) return { shown: MASK, hidden: [url] };
  const at = authority.lastIndexOf('@');
  const plain = plainLength(rest);
  const hidden = [authority.slice(0, Math.max(at, 0)), rest.slice(plain)];
  const [userInfo, tail] = hidden.map((part) => (part === '' ? '' : MASK));
  const host = `${userInfo}${userInfo && '@'}${authority.slice(at + 1)}`;
  return {
    shown: `${scheme}${host}${rest.slice(0, plain)}${tail}`,
    hidden: hidden.filter((part) => part !== ''),
  };
}

/** Return how much of a path, query and fragment may be shown, the separator before what may not included. */
function plainLength(rest: string): number {
  let length = 0;
  let previous = '';
  for (const [whole, separator = '', segment = ''] of rest.matchAll(/([/\\?#])([^/\\?#]*)/g)) {
    const isPath = separator === '/' || separator === '\\';
    if (!isPath || ANNOUNCES.test(previous) || !isPlain(segment))
      return segment === '' && length + whole.length === rest.length
        ? rest.length
        : length + separator.length;
    length += whole.length;
    previous = segment;
  }
  return length;
}

function isPlain(segment: string): boolean {
  if (!PLAIN.test(segment) || CONSONANTS.test(segment)) return false;
  const humps = segment.match(HUMP) ?? [];
  return segment.length < 8 || humps.length * LETTERS_PER_HUMP <= humps.join('').length;
}
