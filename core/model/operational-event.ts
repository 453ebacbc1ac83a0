import { shortHash } from '../kernel/ids.ts';
import { type JsonText, toJsonText } from '../kernel/json-text.ts';

/** The prefix of operational events, which are about Ancrage itself. Only Ancrage may publish them. */
export const OPERATIONAL_PREFIX = 'ancrage.';

export const isOperationalType = (type: string): boolean => type.startsWith(OPERATIONAL_PREFIX);

export interface OperationalEvent {
  readonly type: string;
  readonly id: string;
  readonly data: JsonText;
}

/** Return the event that a delivery has exhausted its attempts. Publishing it again repeats the same event. */
export const deliveryExhausted = (
  subscriptionId: string,
  eventId: string,
  eventType: string,
  attempts: number,
): OperationalEvent => ({
  type: `${OPERATIONAL_PREFIX}delivery.exhausted`,
  id: `evt_${shortHash('exhausted', subscriptionId, eventId, String(attempts))}`,
  data: toJsonText({ subscriptionId, eventId, eventType, attempts }),
});

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
  id: `evt_${shortHash('disabled', subscriptionId, String(version), reason)}`,
  data: toJsonText({ subscriptionId, reason, since }),
});
