import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { firstBytesKept, LOGGED_BODY_BYTES } from '../../model/attempt.ts';
import type { HookResponse } from '../../model/send-result.ts';
import { decodeBody } from './content-coding.ts';

/** The part of a response's body that is read. The status is known by then, and more would only cost. */
export const MAX_BODY_BYTES = 64 * 1024;

/** Collects the part of a response that is kept while it is read, in bounded memory. */
export class ResponseCapture {
  readonly #message: IncomingMessage;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #readBytes = 0;

  constructor(message: IncomingMessage) {
    this.#message = message;
  }

  /** Add a chunk of the body. Return whether to continue reading. */
  take(chunk: Buffer): boolean {
    if (this.#keptBytes < LOGGED_BODY_BYTES) {
      const part = chunk.subarray(0, LOGGED_BODY_BYTES - this.#keptBytes);
      this.#kept.push(part);
      this.#keptBytes += part.length;
    }
    this.#readBytes += chunk.length;
    return this.#readBytes < MAX_BODY_BYTES;
  }

  /**
   * Return the response, its body decoded.
   *
   * @param problem why the body did not end, null if it did
   */
  async response(problem: string | null): Promise<HookResponse> {
    const { statusCode = 0, rawHeaders, headers } = this.#message;
    const isCut = this.#readBytes > this.#keptBytes;
    const kept = {
      bytes: Buffer.concat(this.#kept, this.#keptBytes),
      isWhole: problem === null && !isCut,
    };
    const decoded = await decodeBody(kept, headers['content-encoding'] ?? '', LOGGED_BODY_BYTES);
    const truncated = [
      problem,
      isCut ? firstBytesKept(this.#keptBytes, this.#readBytes) : null,
      decoded.bytes.length > LOGGED_BODY_BYTES
        ? `${LOGGED_BODY_BYTES} bytes of the decoded body are kept`
        : null,
      decoded.problem,
    ].filter((reason) => reason !== null);
    return {
      status: statusCode,
      headers: joined(rawHeaders),
      body: textOf(decoded.bytes, isCut),
      ...(truncated.length > 0 && { truncated: truncated.join('; ') }),
    };
  }
}

function textOf(bytes: Buffer, isCut: boolean): string {
  if (bytes.length === 0) return '';
  const decoder = new StringDecoder('utf8');
  const text = decoder.write(bytes.subarray(0, LOGGED_BODY_BYTES));
  // `write` holds back an incomplete character. It is dropped if the body was cut here, and shown if the server sent it so.
  return isCut || bytes.length > LOGGED_BODY_BYTES ? text : text + decoder.end();
}

/**
 * Read raw headers (name, value, name, value, …) with lower-case names, joining repeated ones (RFC 9110, 5.3). The head of a
 * response is limited to 16 KB.
 */
function joined(raw: readonly string[]): Record<string, string> {
  const values = new Map<string, string>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i]?.toLowerCase() ?? '';
    const value = raw[i + 1] ?? '';
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return Object.fromEntries(values);
}
