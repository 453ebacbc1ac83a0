import type { IncomingMessage } from 'node:http';

/** Maximum size of a request to an HTTP API. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
}

/**
 * Time during which the rest of an oversized body is read and dropped. If the connection were closed at once, a client
 * that is still sending would often not get the response.
 */
const DRAIN_MS = 1_000;

/**
 * Read the body of a request.
 *
 * @throws BodyTooLargeError
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const refuse = () => {
      clearTimeout(timer);
      reject(new BodyTooLargeError());
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      timer ??= setTimeout(refuse, DRAIN_MS);
    });
    request.once('end', () => (size <= MAX_BODY_BYTES ? resolve(Buffer.concat(chunks)) : refuse()));
    request.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

const TEXT =
  /^(?:text\/.*|application\/(?:.*\+)?(?:json|xml)|application\/javascript|application\/x-www-form-urlencoded)$/;

/** Whether a body with this content type is text in an event; other bodies are base64. */
export function isText(contentType: string | undefined): boolean {
  const [type = ''] = (contentType ?? '').split(';');
  return type.trim() === '' || TEXT.test(type.trim().toLowerCase());
}
