import { type Event, webhookId } from './event.ts';
import type { OutgoingRequest } from './exchange.ts';
import type { Formats } from './format.ts';
import { standardHeaders } from './signature.ts';
import { type Subscription, validSecrets } from './subscription.ts';
import { VERSION } from './version.ts';

export const USER_AGENT = `Ancrage/${VERSION}`;

/** A body that cannot be made from this event: the delivery fails and is not tried again. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
}

/**
 * The request that a subscription gets for an event at this time (milliseconds since the epoch).
 *
 * @throws RenderError
 */
export function outgoingRequest(
  subscription: Subscription,
  event: Event,
  formats: Formats,
  now: number,
): OutgoingRequest {
  const format = formats[subscription.format];
  if (format === undefined) throw new RenderError(`There is no format "${subscription.format}".`);
  const { body, contentType } = format.render(event);
  const signed =
    subscription.signature === 'standard'
      ? standardHeaders(validSecrets(subscription, now), webhookId(event), Math.floor(now / 1000), body)
      : {};
  const own = { 'content-type': contentType, 'user-agent': USER_AGENT, ...signed };
  return {
    method: subscription.method,
    url: subscription.url,
    headers: { ...own, ...lowerCased(subscription.headers) },
    body,
    timeoutMs: subscription.timeoutSeconds * 1000,
  };
}

const lowerCased = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
