import { shortHash } from '../kernel/ids.ts';
import { type JsonText, toJsonText } from '../kernel/json-text.ts';

/** Events about Ancrage itself, which subscribers may want as they want any other. Nobody else may publish them. */
export const OWN_PREFIX = 'ancrage.';

export const isOwnType = (type: string): boolean => type.startsWith(OWN_PREFIX);

export interface OwnEvent {
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
): OwnEvent => ({
  type: `${OWN_PREFIX}delivery.exhausted`,
  id: `evt_${shortHash('exhausted', subscriptionId, eventId, String(attempts))}`,
  data: toJsonText({ subscriptionId, eventId, eventType, attempts }),
});

/** This version of a subscription was disabled, not by its owner. `since`: when its first failure was, or the 410. */
export const subscriptionDisabled = (
  subscriptionId: string,
  version: number,
  reason: 'failing' | 'gone',
  since: string,
): OwnEvent => ({
  type: `${OWN_PREFIX}subscription.disabled`,
  id: `evt_${shortHash('disabled', subscriptionId, String(version), reason)}`,
  data: toJsonText({ subscriptionId, reason, since }),
});
