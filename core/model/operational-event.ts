import { createHmac } from 'node:crypto';
import { shortHash } from '../kernel/ids.ts';
import { type JsonText, membersOf, objectText, toJsonText } from '../kernel/json-text.ts';
import type { Event } from './event.ts';
import { isOperationalType, matches, OPERATIONAL_PREFIX } from './event-pattern.ts';
import { literalOrigin } from './request-url.ts';
import type { Subscription } from './subscription.ts';

/** The prefix of their ids: an event of a publisher that had such an id before would take the place of the operational event. */
export const OPERATIONAL_ID_PREFIX = 'ancrage_';

export interface OperationalEvent {
  readonly type: string;
  readonly id: string;
  readonly data: JsonText;
}

/** Deliveries to one origin that are exhausted within so long are reported by one event. */
const EXHAUSTED_EVERY_MS = 5 * 60_000;

interface Exhausted {
  readonly project: string;
  readonly subscriptionId: string;
  readonly url: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly attempts: number;
}

/**
 * Return the event that a delivery has exhausted its attempts. Its id is that of the URL's origin and the interval: fan-out
 * takes the first, and what else is exhausted there in the interval repeats it. Many subscriptions to a failing server, or many
 * events, make one event and not one each. It names ids and a type, and nothing of the content, the URL or the response.
 *
 * @param stackKey keys the id, so that subscribers cannot test guesses of the host
 */
export const deliveryExhausted = (
  { project, url, subscriptionId, eventId, eventType, attempts }: Exhausted,
  now: number,
  stackKey: string,
): OperationalEvent => {
  const interval = Math.floor(now / EXHAUSTED_EVERY_MS);
  const id = createHmac('sha256', stackKey)
    .update(JSON.stringify(['exhausted', project, literalOrigin(url) ?? url, interval]))
    .digest('base64url');
  return {
    type: `${OPERATIONAL_PREFIX}delivery.exhausted`,
    id: `${OPERATIONAL_ID_PREFIX}${id}`,
    data: toJsonText({ subscriptionId, eventId, eventType, attempts }),
  };
};

/**
 * Return the event that Ancrage disabled this version of a subscription.
 *
 * @param since when its first failure or its 410 was
 */
export const subscriptionDisabled = (
  subscriptionId: string,
  version: number,
  reason: 'failing' | 'gone',
  since: string,
): OperationalEvent => ({
  type: `${OPERATIONAL_PREFIX}subscription.disabled`,
  id: `${OPERATIONAL_ID_PREFIX}${shortHash('disabled', subscriptionId, String(version), reason)}`,
  data: toJsonText({ subscriptionId, reason, since }),
});

/**
 * Return an event as a subscription sees it. An operational event names another event by `eventId` and `eventType` only if the
 * subscription's patterns match that one, too: `ancrage.*` alone matches none that is published.
 */
export function eventSeenBy({ events }: Pick<Subscription, 'events'>, event: Event): Event {
  if (!isOperationalType(event.type)) return event;
  const { eventId, eventType, ...others } = Object.fromEntries(membersOf(event.data));
  if (eventId === undefined && eventType === undefined) return event;
  const type: unknown = eventType && JSON.parse(eventType);
  if (typeof type === 'string' && !isOperationalType(type) && matches(events, type)) return event;
  return { ...event, data: objectText(others) };
}
