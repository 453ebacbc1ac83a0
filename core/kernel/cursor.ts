import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidCursorError } from './errors.ts';

/** Which list a cursor belongs to: its route, whose it is, its filters. Anything that JSON can say. */
export type ListIdentity = readonly unknown[];

/** 128 bits: a cursor grants nothing, since every list reads its own partition whatever the cursor says. */
const TAG_BYTES = 16;

/**
 * Cursors as callers see them: a position in one list, with an HMAC over both. One that was altered, or that another
 * list gave, opens nothing.
 */
export function cursorSeal(key: string) {
  // The identity's JSON ends where it ends, so no identity and position run together into another's.
  const tagOf = (list: ListIdentity, position: Buffer): Buffer =>
    createHmac('sha256', key)
      .update(`cursor${JSON.stringify(list)}`)
      .update(position)
      .digest()
      .subarray(0, TAG_BYTES);

  return {
    seal(list: ListIdentity, position: string): string {
      const bytes = Buffer.from(position);
      return Buffer.concat([tagOf(list, bytes), bytes]).toString('base64url');
    },

    /** @throws InvalidCursorError */
    open(list: ListIdentity, cursor: string): string {
      const bytes = Buffer.from(cursor, 'base64url');
      const [tag, position] = [bytes.subarray(0, TAG_BYTES), bytes.subarray(TAG_BYTES)];
      // Decoding skips what is not base64url; only a round trip tells that nothing was added.
      const isWhole = tag.length === TAG_BYTES && bytes.toString('base64url') === cursor;
      if (!isWhole || !timingSafeEqual(tag, tagOf(list, position))) throw new InvalidCursorError();
      return position.toString();
    },
  };
}
