import { shortHash } from '../kernel/ids.ts';
import { matches } from './event-pattern.ts';
import type { Flow } from './flow.ts';
import type { SigningSecret } from './signing-secret.ts';

/** A URL, the event patterns it subscribes to, and how its requests are made. */
export interface Subscription {
  readonly id: string;
  readonly project: string;
  readonly name: string | null;
  readonly url: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
  readonly disabledReason: 'gone' | 'failing' | 'manual' | null;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** A Python expression that must be true for an event; null matches every event. */
  readonly condition: string | null;
  /** The name of the body format, see `core/request/formats.ts`. */
  readonly format: string;
  /** The rows of the format `fields`. */
  readonly fields: readonly { readonly key: string; readonly fieldname: string }[] | null;
  readonly fieldsEncoding: 'json' | 'form';
  /** The Jinja of the format `template`, which renders JSON. */
  readonly template: string | null;
  /** Whether `url` is a Jinja template too. */
  readonly dynamicUrl: boolean;
  /** Whether the template of the URL may render its origin. */
  readonly dynamicOrigin: boolean;
  readonly signature: 'standard' | 'stripe' | 'github' | 'frappe' | 'none';
  readonly timeoutSeconds: number;
  readonly retry: 'standard' | 'none' | readonly number[];
  /** Whether a redirect is a failure, is followed, or with the status 302 or 303 means that the delivery was accepted. */
  readonly redirects: 'fail' | 'accept' | 'follow';
  readonly metadata: Readonly<Record<string, string>>;
  /** The current secret first, then those it replaced. A request carries a signature for each that has not expired. */
  readonly secrets: readonly SigningSecret[];
  /** Whether a 410 from the endpoint disables the subscription or removes it. */
  readonly onGone: 'disable' | 'remove';
  /** Whether requests have the `content-type` of their format, or none unless `headers` has one. */
  readonly contentType: 'format' | 'none';
  /** Whose way of making requests is followed where Ancrage's own is another: Python's `requests` is Frappe's client. */
  readonly requestStyle: 'ancrage' | 'python';
  /** A second name, unique in the project. */
  readonly alias: string | null;
  /** Data of the dialect that created the subscription, opaque to everything else. */
  readonly dialectPart: DialectPart | null;
  /** The most requests per second, 1 to 1000, and the most at once, 1 to 200; null for no limit of its own. */
  readonly rateLimit: { readonly perSecond: number } | null;
  readonly maxInFlight: number | null;
  /** Whether the events of an ordering key are sent one after the other, in their order. */
  readonly ordering: 'none' | 'strict';
  /** Set if its ordering was strict before a change: deliveries may still wait in the order of their keys. */
  readonly wasStrict?: true;
  /** Whether its requests have the `tracestate` of the publisher, which may say something about the publisher's systems. */
  readonly traceState: boolean;
  /** Whether the request log keeps successes in full, as it does failures. */
  readonly log: 'compact' | 'full';
  /** Whether its owner wants nothing to be sent for now. Whatever is due waits. */
  readonly paused: boolean;
  readonly flow: Flow;
  /** When it was last disabled. Events accepted until then are never delivered, even after it is enabled again. */
  readonly cancelledUntil: string | null;
  /** Incremented by each change. An update based on an older version is rejected. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DialectPart {
  /** The dialect's name. */
  readonly dialect: string;
  readonly [name: string]: unknown;
}

/** The defaults of the settings that limit how much is sent. */
export const limitDefaults = {
  rateLimit: null,
  maxInFlight: null,
  ordering: 'none',
  paused: false,
} as const;

/** The defaults of the API's optional settings. */
export const subscriptionDefaults = {
  ...limitDefaults,
  name: null,
  enabled: true,
  condition: null,
  method: 'POST',
  headers: {},
  format: 'standard',
  fields: null,
  fieldsEncoding: 'json',
  template: null,
  dynamicUrl: false,
  dynamicOrigin: false,
  signature: 'standard',
  timeoutSeconds: 10,
  retry: 'standard',
  redirects: 'fail',
  traceState: false,
  log: 'compact',
  metadata: {},
} as const;

/** The settings that only dialects can change, as the native API sets them. */
export const dialectDefaults = {
  onGone: 'disable',
  contentType: 'format',
  requestStyle: 'ancrage',
  alias: null,
  dialectPart: null,
} as const satisfies Partial<Subscription>;

export type DialectSettings = Pick<Subscription, keyof typeof dialectDefaults>;

/**
 * Return whether a subscription still wants a delivery, which may be long after its event was fanned out.
 *
 * @param requestedAt when the event was accepted, or its replay requested; requests from before the subscription was
 * disabled are cancelled
 */
export function isStillWanted(
  { enabled, events, cancelledUntil }: Pick<Subscription, 'enabled' | 'events' | 'cancelledUntil'>,
  { type, requestedAt }: { readonly type: string; readonly requestedAt: string },
): boolean {
  return enabled && matches(events, type) && (cancelledUntil === null || requestedAt > cancelledUntil);
}

/** Return a fingerprint of a condition. A binding has its subscription's, so fan-out notices a stale cached subscription. */
export const conditionMark = (condition: string | null): string | null =>
  condition === null ? null : shortHash(condition);

/** Return the changes that disable a subscription at this time. */
export function disabled(reason: NonNullable<Subscription['disabledReason']>, now: number) {
  return { enabled: false, disabledReason: reason, cancelledUntil: new Date(now).toISOString() } as const;
}

/**
 * How a subscription is doing, for those who look after it: `failing` if its endpoint fails or is slower than its deliveries,
 * `paused` if its owner or its endpoint's outage holds everything.
 */
export type SubscriptionState = 'healthy' | 'failing' | 'paused' | 'disabled';

export function stateOf({
  enabled,
  paused,
  flow,
}: Pick<Subscription, 'enabled' | 'paused' | 'flow'>): SubscriptionState {
  if (!enabled) return 'disabled';
  if (paused || flow.mode === 'paused') return 'paused';
  const isWell = flow.watchedSince === null && (flow.mode === 'direct' || flow.reason === 'new');
  return isWell ? 'healthy' : 'failing';
}

/**
 * Return whether workers attempt its deliveries as they arrive. Its own limits and an order can only be kept by one sender, the
 * pump.
 */
export const isDirect = ({ flow, rateLimit, maxInFlight, ordering, paused }: Subscription): boolean =>
  flow.mode === 'direct' && rateLimit === null && maxInFlight === null && ordering === 'none' && !paused;

/** Return whether deliveries of a subscription may wait in the order of their keys. That of a removed one is not known. */
export const mayHoldOrdered = (subscription: Pick<Subscription, 'ordering' | 'wasStrict'> | null): boolean =>
  subscription === null || subscription.ordering === 'strict' || subscription.wasStrict === true;

/** Return whether its requests take CPU time for code of its owner's. */
export const runsCode = ({ condition, format, dynamicUrl }: Subscription): boolean =>
  condition !== null || format === 'template' || dynamicUrl;

/** Return whether a change makes the endpoint an unknown one: the URL is another, or the subscription is enabled again. */
export function startsAnew(previous: Subscription, next: Subscription): boolean {
  return next.enabled && (!previous.enabled || next.url !== previous.url);
}

/** Return the next version of a subscription. */
export function revise(
  subscription: Subscription,
  changes: Partial<Subscription>,
  now: number,
): Subscription {
  return {
    ...subscription,
    ...(subscription.ordering === 'strict' && { wasStrict: true }),
    ...changes,
    version: subscription.version + 1,
    updatedAt: new Date(now).toISOString(),
  };
}
