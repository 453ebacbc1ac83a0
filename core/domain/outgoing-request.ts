import { conditionHolds, renderTemplate } from './customization.ts';
import { RenderError } from './errors.ts';
import { type Event, webhookId } from './event.ts';
import type { OutgoingRequest } from './exchange.ts';
import type { Formats } from './format.ts';
import { lowerCased } from './request-headers.ts';
import { frappeHeaders, standardHeaders } from './signature.ts';
import { type Subscription, validSecrets } from './subscription.ts';
import { EventScope } from './template/event-scope.ts';
import { VERSION } from './version.ts';

export const USER_AGENT = `Ancrage/${VERSION}`;

/**
 * The request that a subscription gets for an event at this time (milliseconds since the epoch). `scope`: of the event,
 * if there is one already, whose values need not be read again.
 *
 * @throws RenderError if none can be made of it, or its condition cannot be evaluated
 */
export function outgoingRequest(
  subscription: Subscription,
  event: Event,
  formats: Formats,
  now: number,
  scope = new EventScope(event, now),
): OutgoingRequest {
  const format = formats[subscription.format];
  if (format === undefined) throw new RenderError(`There is no format "${subscription.format}".`);
  conditionHolds(subscription.condition, scope);
  const { body, contentType } = format.render(event, subscription, scope);
  const own = {
    ...(subscription.contentType === 'format' && { 'content-type': contentType }),
    'user-agent': USER_AGENT,
    ...signature(subscription, event, body, now),
  };
  return {
    method: subscription.method,
    url: subscription.dynamicUrl ? renderTemplate(subscription.url, scope).trim() : subscription.url,
    headers: { ...own, ...lowerCased(subscription.headers) },
    body,
    timeoutMs: subscription.timeoutSeconds * 1000,
  };
}

function signature(
  subscription: Subscription,
  event: Event,
  body: string,
  now: number,
): Record<string, string> {
  const secrets = validSecrets(subscription, now);
  switch (subscription.signature) {
    case 'standard':
      return standardHeaders(secrets, webhookId(event), Math.floor(now / 1000), body);
    case 'frappe':
      return frappeHeaders(secrets[0] ?? '', body);
    case 'none':
      return {};
  }
}
