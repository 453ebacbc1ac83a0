import { shortHash } from './ids.ts';
import { type JsonText, toJsonText } from './json-text.ts';

/** Events about Ancrage itself, which subscribers may want as they want any other. Nobody else may publish them. */
export const OWN_PREFIX = 'ancrage.';

export const isOwnType = (type: string): boolean => type.startsWith(OWN_PREFIX);

export interface OwnEvent {
  readonly type: string;
  readonly id: string;
  readonly data: JsonText;
}

/** The same facts make the same id: telling them again is no second event. */
function ownEvent(name: string, data: Readonly<Record<string, string | number>>): OwnEvent {
  return {
    type: OWN_PREFIX + name,
    id: `evt_${shortHash(name, JSON.stringify(data))}`,
    data: toJsonText(data),
  };
}

/** No attempt is left for a delivery. */
export const deliveryExhausted = (
  subscriptionId: string,
  eventId: string,
  eventType: string,
  attempts: number,
) => ownEvent('delivery.exhausted', { subscriptionId, eventId, eventType, attempts });

/** A subscription was disabled, not by its owner. `since`: when its first failure was, or the 410. */
export const subscriptionDisabled = (subscriptionId: string, reason: 'failing' | 'gone', since: string) =>
  ownEvent('subscription.disabled', { subscriptionId, reason, since });
