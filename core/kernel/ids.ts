import { createHash } from 'node:crypto';
import { ulid } from 'ulid';

/** Prefix and ULID: sorts by the time of its making, to the millisecond. */
export function newId(prefix: 'sub' | 'evt' | 'key' | 'rpl' | 'job' | 'lot', now: number): string {
  return `${prefix}_${ulid(now)}`;
}

/** SHA-256, base64url, shortened to 132 bits: a stable name for what has no safe one. */
export function shortHash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
