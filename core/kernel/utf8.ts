import { isUtf8 } from 'node:buffer';
import { requestError } from './errors.ts';

export class NotUtf8Error extends requestError('NotUtf8Error', 400, 'Not UTF-8') {}

/** Return a header's value, which is read byte by byte as Latin-1, as the text that its sender most likely meant. */
export function utf8InLatin1(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return bytes.toString('latin1') === value && isUtf8(bytes) ? bytes.toString() : value;
}

/** Decode UTF-8, without a byte order mark. @throws NotUtf8Error instead of replacing what is not UTF-8 */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new NotUtf8Error(`${what} is not UTF-8.`);
  }
}
