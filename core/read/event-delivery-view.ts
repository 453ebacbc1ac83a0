import type { Translate } from '../languages/translation.ts';
import type { Attempt } from '../model/attempt.ts';
import { erasedAttempt } from '../model/erased-event.ts';
import { maskUrl } from '../model/url-mask.ts';
import type { EventDelivery } from './event-deliveries.ts';

interface Viewer {
  /** Whether the event's data was erased. */
  readonly isErased: boolean;
  readonly mayManage: boolean;
  readonly say: Translate;
}

/** Return a delivery of an event as callers see it: without what may be a credential in the URL unless they may manage. */
export function eventDeliveryView(
  { state: { subscriptionId, ...state }, subscription, lastAttempt }: EventDelivery,
  { isErased, mayManage, say }: Viewer,
) {
  const url = subscription?.url ?? null;
  return {
    ...{ subscriptionId, name: subscription?.name ?? null },
    ...{ url: url === null || mayManage ? url : maskUrl(url), ...state },
    lastAttempt: lastAttempt && attemptView(isErased ? erasedAttempt(lastAttempt) : lastAttempt, say),
  };
}

function attemptView(attempt: Attempt, say: Translate) {
  const { id, number, trigger, at, durationMs, outcome, response, error, detail } = attempt;
  return {
    ...{ id, number, trigger, at, durationMs, outcome, status: response?.status ?? null, error },
    ...(detail !== undefined && { detail: say(detail) }),
  };
}
