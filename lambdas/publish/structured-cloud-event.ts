import type { MiddlewareObj } from '@middy/core';
import { type JsonText, toJsonText } from '../../core/kernel/json-text.ts';
import { decodeUtf8, NotUtf8Error } from '../../core/kernel/utf8.ts';
import { binaryCloudEvent, isBinaryMode } from '../../core/model/binary-cloud-event.ts';
import { isJsonMediaType, isTextMediaType } from '../../core/model/media-type.ts';
import type { ApiEvent } from '../middleware/request.ts';

/** Rewrites a CloudEvent in binary mode whose body is not JSON as one in structured mode, because only JSON is read after it. */
export const structuredCloudEvent: MiddlewareObj<ApiEvent> = {
  before: ({ event }) => {
    const { headers, body, isBase64Encoded } = event;
    if (!isBinaryMode(headers)) return;
    const contentType = headers['content-type'] ?? '';
    const bytes = Buffer.from(typeof body === 'string' ? body : '', isBase64Encoded ? 'base64' : 'utf8');
    if (bytes.length > 0 && isJsonMediaType(contentType)) return;
    event.body = binaryCloudEvent(headers, bytes.length === 0 ? {} : dataOf(bytes, contentType));
    event.isBase64Encoded = false;
    event.headers = { ...headers, 'content-type': 'application/cloudevents+json' };
  },
};

/** Return the member with data that is not JSON: text if its type says so and it is UTF-8. */
function dataOf(
  bytes: Buffer,
  contentType: string,
): { readonly data: JsonText } | { readonly data_base64: JsonText } {
  if (isTextMediaType(contentType)) {
    try {
      return { data: toJsonText(decodeUtf8(bytes, 'The body')) };
    } catch (error) {
      if (!(error instanceof NotUtf8Error)) throw error;
    }
  }
  return { data_base64: toJsonText(bytes.toString('base64')) };
}
