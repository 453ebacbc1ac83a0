import { shortHash } from '../kernel/ids.ts';
import { type JsonText, toJsonText } from '../kernel/json-text.ts';

/** Events about Ancrage itself, which subscribers may want as they want any other. Nobody else may publish them. */
export const OPERATIONAL_PREFIX = 'ancrage.';

export const isOperationalType = (type: string): boolean => type.startsWith(OPERATIONAL_PREFIX);

export interface OperationalEvent {
  readonly type: string;
  readonly id: string;
  readonly data: JsonText;
}

/** No attempt is left for a delivery. However often it is told, it is one event. */
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

/** This version of a subscription was disabled, not by its owner. `since`: when its first failure was, or the 410. */
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
