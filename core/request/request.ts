import { conditionHolds, renderTemplate } from '../customer-code/customer-code.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { RenderError } from '../kernel/errors.ts';
import { VERSION } from '../kernel/version.ts';
import { type Event, webhookId } from '../model/event.ts';
import type { OutgoingRequest } from '../model/outgoing-request.ts';
import type { Project } from '../model/project.ts';
import { lowerCased } from '../model/request-headers.ts';
import { type Subscription, validSecrets } from '../model/subscription.ts';
import type { Format, Formats } from './formats.ts';
import { frappeHeaders, standardHeaders } from './signatures.ts';

export const USER_AGENT = `Ancrage/${VERSION}`;

interface KnownOfEvent {
  /** If there is one already: its values need not be read again. */
  readonly scope?: EventScope | undefined;
  /** Of a format that needs none it may be left out. */
  readonly project?: Project | null;
}

/**
 * The request that a subscription gets for an event at this time (milliseconds since the epoch).
 *
 * @throws RenderError if none can be made of it, or its condition cannot be evaluated
 */
export function outgoingRequest(
  subscription: Subscription,
  event: Event,
  formats: Formats,
  now: number,
  { scope = new EventScope(event, now), project = null }: KnownOfEvent = {},
): OutgoingRequest {
  const format = formats[subscription.format];
  if (format === undefined) throw new RenderError(`There is no format "${subscription.format}".`);
  conditionHolds(subscription.condition, scope);
  const { body, contentType } = render(format, event, subscription, scope, project);
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

function render(
  format: Format,
  event: Event,
  subscription: Subscription,
  scope: EventScope,
  project: Project | null,
) {
  if (!format.needsProject) return format.render(event, subscription, scope);
  if (project === null) throw new RenderError(`There is no project "${event.project}".`);
  return format.render(event, subscription, scope, project);
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
