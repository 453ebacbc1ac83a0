import { conditionHolds } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { RenderError } from '../kernel/errors.ts';
import { VERSION } from '../kernel/version.ts';
import { type Event, webhookId } from '../model/event.ts';
import { HOPS, hopsOf } from '../model/hops.ts';
import type { Project } from '../model/project.ts';
import { customHeaders, isHeaderValue, TEST_HEADER } from '../model/request-headers.ts';
import { requestUrl } from '../model/request-url.ts';
import type { OutgoingRequest } from '../model/send-result.ts';
import { validSecrets } from '../model/signing-secret.ts';
import type { Subscription } from '../model/subscription.ts';
import { TRACEPARENT, TRACESTATE, type TraceContext } from '../model/trace-context.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { renderUrl } from './dynamic-url.ts';
import { formats } from './formats.ts';
import { signatures } from './signatures.ts';

export const USER_AGENT = `Ancrage/${VERSION}`;

interface RequestContext {
  /** The event's scope if there is one already: its values are read only once. */
  readonly scope?: EventScope | undefined;
  /** The event's project, for formats that need it. */
  readonly project?: Project | null;
  /** The trace that the request continues. */
  readonly trace?: TraceContext | undefined;
  /** Whether somebody tries the subscription. */
  readonly isTest?: boolean;
}

/** Make the request of a delivery, and look the project up if the format needs it. @throws RenderError */
export async function makeRequest(
  projects: Pick<ProjectStore, 'get'>,
  subscription: Subscription,
  event: Event,
  now: number,
  context: Omit<RequestContext, 'project'> = {},
): Promise<OutgoingRequest> {
  const isNeeded = formats[subscription.format]?.needsProject?.(subscription) ?? false;
  const project = isNeeded ? await projects.get(event.project) : null;
  return outgoingRequest(subscription, event, now, { ...context, project });
}

/**
 * Return the request that a subscription gets for an event at this time (milliseconds since the epoch).
 *
 * @throws RenderError if the body or the URL cannot be rendered, a header cannot be sent, or the condition cannot be evaluated
 */
export function outgoingRequest(
  subscription: Subscription,
  event: Event,
  now: number,
  { scope = new EventScope(event, now), project = null, trace, isTest = false }: RequestContext = {},
): OutgoingRequest {
  const format = formats[subscription.format];
  if (format === undefined) throw new RenderError(`There is no format "${subscription.format}".`);
  const seen = scope.seenBy(subscription);
  conditionHolds(subscription.condition, seen);
  const { body, contentType } = format.render({ event: seen.event, subscription, scope: seen, project });
  const open = {
    ...(subscription.contentType === 'format' && { 'content-type': contentType }),
    'user-agent': USER_AGENT,
  };
  const own = {
    ...open,
    ...signatures[subscription.signature].headers({
      secrets: validSecrets(subscription.secrets, now),
      webhookId: webhookId(event),
      timestamp: Math.floor(now / 1000),
      body,
    }),
  };
  // What every request is told about its way here. It holds no secret, so another origin is told, too; the state may say more.
  const way = {
    [HOPS]: String(hopsOf(event) + 1),
    ...(isTest && { [TEST_HEADER]: 'true' }),
    ...(trace && { [TRACEPARENT]: trace.traceparent }),
  };
  const state = subscription.traceState &&
    trace?.tracestate !== undefined && { [TRACESTATE]: trace.tracestate };
  return {
    method: subscription.method,
    url: subscription.dynamicUrl ? renderUrl(subscription, seen) : requestUrl(subscription.url),
    // The way last: the request log keeps the first headers of an attempt that is too large for it.
    headers: { ...own, ...sendableHeaders(subscription), ...way, ...state },
    body,
    timeoutMs: subscription.timeoutSeconds * 1000,
    ...(subscription.redirects === 'follow' && {
      redirects: { style: subscription.requestStyle, headersElsewhere: { ...open, ...way } },
    }),
  };
}

/** Return a subscription's headers. @throws RenderError if the value of one has no bytes to be sent as */
function sendableHeaders({ headers }: Subscription): Record<string, string> {
  const custom = customHeaders(headers);
  for (const [name, value] of Object.entries(custom))
    if (!isHeaderValue(value))
      throw new RenderError(`The header "${name}" has characters that cannot be sent.`);
  return custom;
}
