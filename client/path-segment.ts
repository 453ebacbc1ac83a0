/**
 * How a name is written in a path. An HTTP API decodes a path before it looks for the route, so percent-encoding does not
 * protect a name: `a%2Fb` is two segments, `a%3Fb` ends at the question mark, and `50%25` may be refused. Such a name is
 * written as `~` and the base64url of its UTF-8, without padding: `order/1042` as `~b3JkZXIvMTA0Mg`. A name may always be
 * written so; one of `[A-Za-z0-9._:@-]` alone is also its own segment.
 */

const PLAIN = /^[A-Za-z0-9._:@-]+$/;
/** Clients and proxies remove these segments from a path, percent-encoded or not. */
const DOTS = ['.', '..'];

/** Return the segment of a name, which needs no percent-encoding. */
export const toPathSegment = (name: string): string =>
  PLAIN.test(name) && !DOTS.includes(name) ? name : encoded(name);

/**
 * Return the name in a decoded segment: the text behind `~`, or the segment itself if it begins otherwise.
 *
 * @returns null if what follows `~` is not the canonical base64url of a text: padded, with other characters, not UTF-8, empty
 */
export function fromPathSegment(segment: string): string | null {
  if (!segment.startsWith('~')) return segment;
  try {
    const bytes = atob(segment.slice(1).replaceAll('-', '+').replaceAll('_', '/'));
    // A byte order mark is part of the name.
    const name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
    );
    return name !== '' && encoded(name) === segment ? name : null;
  } catch {
    return null;
  }
}

function encoded(name: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(name));
  return `~${btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
