import { shortHash } from '../kernel/ids.ts';
import { matches } from './event-pattern.ts';
import type { Health } from './health.ts';
import type { SigningSecret } from './signing-secret.ts';

/** A URL, the event types it wants, and how it wants them sent. */
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
  /** A Python expression that must be true of an event; null: it gets all. */
  readonly condition: string | null;
  /** Name of the body format, see `core/request/formats.ts`. */
  readonly format: string;
  /** With the format `fields`. */
  readonly fields: readonly { readonly key: string; readonly fieldname: string }[] | null;
  readonly fieldsEncoding: 'json' | 'form';
  /** With the format `template`: Jinja that renders JSON. */
  readonly template: string | null;
  /** `url` is a Jinja template, too. */
  readonly dynamicUrl: boolean;
  readonly signature: 'standard' | 'frappe' | 'none';
  readonly timeoutSeconds: number;
  readonly retry: 'standard' | 'none' | readonly number[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The current one first, then those it replaced; a request carries a signature of each that has not expired. */
  readonly secrets: readonly SigningSecret[];
  /** What a 410 of the endpoint does. */
  readonly onGone: 'disable' | 'remove';
  /** Whose `content-type` its requests have: their format's, or none but one of `headers`. */
  readonly contentType: 'format' | 'none';
  /** Another name for it, which no other subscription of its project has. It never changes. */
  readonly alias: string | null;
  /** What only the dialect that it was made in knows of it, and nobody else looks into. */
  readonly dialectPart: DialectPart | null;
  readonly health: Health;
  /** When it was last disabled: what was accepted until then is never sent, also once it is enabled again. */
  readonly cancelledUntil: string | null;
  /** Grows with each change; an update that was read from an older one is refused. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface DialectPart {
  /** Whose it is. */
  readonly dialect: string;
  readonly [name: string]: unknown;
}

/** What a caller of the API need not say. */
export const subscriptionDefaults = {
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
  signature: 'standard',
  timeoutSeconds: 10,
  retry: 'standard',
  metadata: {},
} as const;

/** What a dialect sets that callers of the native API cannot, as the native API has it. */
export const dialectDefaults = {
  onGone: 'disable',
  contentType: 'format',
  alias: null,
  dialectPart: null,
} as const satisfies Partial<Subscription>;

export type DialectSettings = Pick<Subscription, keyof typeof dialectDefaults>;

/**
 * Whether a subscription still wants a delivery, perhaps long after its event was fanned out.
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

/** Tells one condition from another: what is bound with a subscription says which one it was. */
export const conditionMark = (condition: string | null): string | null =>
  condition === null ? null : shortHash(condition);

/** What disabling changes, at this time. */
export function disabled(reason: NonNullable<Subscription['disabledReason']>, now: number) {
  return { enabled: false, disabledReason: reason, cancelledUntil: new Date(now).toISOString() } as const;
}

/** Whether a change makes the failures of the past say nothing any more: another endpoint, or enabled once again. */
export function startsAnew(previous: Subscription, next: Subscription): boolean {
  return next.enabled && (!previous.enabled || next.url !== previous.url);
}

/** The next version of a subscription. */
export function revise(
  subscription: Subscription,
  changes: Partial<Subscription>,
  now: number,
): Subscription {
  return {
    ...subscription,
    ...changes,
    version: subscription.version + 1,
    updatedAt: new Date(now).toISOString(),
  };
}
