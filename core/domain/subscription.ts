import * as z from 'zod';
import type { DestinationPolicy } from '../contract.ts';
import { refusedUrl } from './destination.ts';
import { eventPatternSchema, matches } from './event-type.ts';
import type { Health } from './health.ts';
import { isFramingHeader, isOwnHeader } from './request-headers.ts';
import { secretSchema } from './signature.ts';

export interface SigningSecret {
  readonly secret: string;
  /** When a replaced one is no longer signed with, in milliseconds since the epoch; null for the current one. */
  readonly expiresAt: number | null;
}

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
  /** Name of the {@link Format} that makes the body. */
  readonly format: string;
  readonly signature: 'standard' | 'none';
  readonly timeoutSeconds: number;
  readonly retry: 'standard' | 'none' | readonly number[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The current one first, then those it replaced; a request carries a signature of each that has not expired. */
  readonly secrets: readonly SigningSecret[];
  /** What a 410 of the endpoint does. */
  readonly onGone: 'disable' | 'remove';
  readonly health: Health;
  /** When it was last disabled: what was accepted until then is never sent, also once it is enabled again. */
  readonly cancelledUntil: string | null;
  /** Grows with each change; an update that was read from an older one is refused. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** More would only make headers longer: whoever rotates that often in a day has no use for the first ones. */
const MOST_SECRETS = 3;

/** The secrets after a rotation: those that are replaced still count for the overlap, in milliseconds. */
export function rotateSecrets(
  secrets: readonly SigningSecret[],
  secret: string,
  overlapMs: number,
  now: number,
): SigningSecret[] {
  const until = (expiresAt: number | null) =>
    Math.min(expiresAt ?? Number.POSITIVE_INFINITY, now + overlapMs);
  const replaced = secrets.map((old) => ({ ...old, expiresAt: until(old.expiresAt) }));
  return [{ secret, expiresAt: null }, ...replaced.filter(({ expiresAt }) => expiresAt > now)].slice(
    0,
    MOST_SECRETS,
  );
}

/** What a request is signed with at this time, the current secret first. */
export function validSecrets({ secrets }: Subscription, now: number): string[] {
  return secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now).map(({ secret }) => secret);
}

/**
 * Whether it is to get an event now. What it wanted when the event was fanned out may be long ago. `askedAt`: when the
 * event was accepted, or its replay requested; what was asked for before the subscription was disabled is cancelled.
 */
export function wants(
  { enabled, events, cancelledUntil }: Pick<Subscription, 'enabled' | 'events' | 'cancelledUntil'>,
  { type, askedAt }: { readonly type: string; readonly askedAt: string },
): boolean {
  return enabled && matches(events, type) && (cancelledUntil === null || askedAt > cancelledUntil);
}

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

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const MAX_TOTAL = 8192;
const totalLength = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).flat().join('').length;

const headersSchema = z
  .record(
    z
      .string()
      .max(128)
      .regex(HEADER_NAME, 'is not a header name')
      .refine((name) => !isFramingHeader(name) && !isOwnHeader(name), 'is a reserved header'),
    z.string().max(2048).regex(HEADER_VALUE, 'is not a header value'),
  )
  .refine((headers) => Object.keys(headers).length <= 50, 'has more than 50 headers')
  .refine((headers) => totalLength(headers) <= MAX_TOTAL, `has more than ${MAX_TOTAL} characters`);

/** What a caller may set, without defaults; `url` is checked against the stage's policy. */
function settableShape(policy: DestinationPolicy, formats: readonly string[]) {
  return {
    url: z.string().superRefine((url, context) => {
      const reason = refusedUrl(url, policy);
      if (reason !== null) context.addIssue({ code: 'custom', message: reason });
    }),
    events: z.array(eventPatternSchema).min(1).max(100),
    name: z.string().max(200).nullable(),
    enabled: z.boolean(),
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
    headers: headersSchema,
    format: z.enum(formats as [string, ...string[]]),
    signature: z.enum(['standard', 'none']),
    timeoutSeconds: z.number().int().min(1).max(30),
    retry: z.union(
      [z.enum(['standard', 'none']), z.array(z.number().int().min(1).max(86_400)).min(1).max(20)],
      {
        error: 'is not "standard", "none" or a list of 1 to 20 waits of 1 to 86400 seconds',
      },
    ),
    metadata: z
      .record(z.string().max(64), z.string().max(512))
      .refine((metadata) => Object.keys(metadata).length <= 50, 'has more than 50 entries')
      .refine((metadata) => totalLength(metadata) <= MAX_TOTAL, `has more than ${MAX_TOTAL} characters`),
  };
}

export const subscriptionDefaults = {
  name: null,
  enabled: true,
  method: 'POST',
  headers: {},
  format: 'standard',
  signature: 'standard',
  timeoutSeconds: 10,
  retry: 'standard',
  metadata: {},
} as const;

/** Body of a creation. */
export function newSubscriptionSchema(policy: DestinationPolicy, formats: readonly string[]) {
  const { url, events, ...optional } = settableShape(policy, formats);
  return z.strictObject({
    url,
    events,
    ...z.object(optional).partial().shape,
    secret: secretSchema.optional(),
  });
}

/** Body of a rotation. Seconds: a day unless said otherwise, a week at most. */
export const rotationSchema = z.strictObject({
  secret: secretSchema.optional(),
  overlapSeconds: z.number().int().min(0).max(604_800).default(86_400),
});

/** Body of a PATCH: merged at the top level. */
export function subscriptionPatchSchema(policy: DestinationPolicy, formats: readonly string[]) {
  return z.strictObject(settableShape(policy, formats)).partial();
}

export type NewSubscription = z.output<ReturnType<typeof newSubscriptionSchema>>;
export type SubscriptionPatch = z.output<ReturnType<typeof subscriptionPatchSchema>>;
