import type { IncomingMessage } from 'node:http';

/** The largest request that an HTTP API takes. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
}

/**
 * How long the rest of a body that is too large may still come in, to be dropped. Closing the connection at once would
 * often take the answer from a client that is still sending.
 */
const DRAIN_MS = 1_000;

/**
 * Reads a request's body.
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

/** Whether a body of this content type goes into an event as it is; any other goes in base64. */
export function isText(contentType: string | undefined): boolean {
  const [type = ''] = (contentType ?? '').split(';');
  return type.trim() === '' || TEXT.test(type.trim().toLowerCase());
}
