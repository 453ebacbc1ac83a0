import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidCursorError } from './errors.ts';

/** The list that a cursor belongs to, such as its route, project and filters, as JSON values. */
export type ListIdentity = readonly unknown[];

/** 128 bits suffice: a cursor grants no access, because each list reads only its own partition. */
const TAG_BYTES = 16;

/**
 * Seal and open the cursors that callers see: a position in a list, with an HMAC over both. A cursor that was altered, or
 * that belongs to another list, does not open.
 */
export function cursorSeal(key: string) {
  // JSON delimits itself, so an identity and a position cannot run together into another pair.
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
      // Decoding skips characters that are not base64url; only a round trip shows them.
      const isWhole = tag.length === TAG_BYTES && bytes.toString('base64url') === cursor;
      if (!isWhole || !timingSafeEqual(tag, tagOf(list, position))) throw new InvalidCursorError();
      return position.toString();
    },
  };
}
