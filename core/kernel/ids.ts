import { createHash } from 'node:crypto';
import { ulid } from 'ulid';

/** Return a prefixed ULID, which sorts by creation time. */
export function newId(
  prefix: 'sub' | 'evt' | 'key' | 'rpl' | 'job' | 'era' | 'lot' | 'pump',
  now: number,
): string {
  return `${prefix}_${ulid(now)}`;
}

/** Return 132 bits of a SHA-256 in base64url: a stable, safe name for arbitrary text. */
export function shortHash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
