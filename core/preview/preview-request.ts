import type { NewSubscription } from '../api-schemas/subscription.ts';
import type { EventChoice } from '../api-schemas/test-request.ts';
import { conditionHolds } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { found, RenderError, type RenderFault } from '../kernel/errors.ts';
import { draftSubscription } from '../manage/new-subscription.ts';
import type { Event } from '../model/event.ts';
import { maskHeaders } from '../model/header-mask.ts';
import { customHeaders } from '../model/request-headers.ts';
import type { OutgoingRequest } from '../model/send-result.ts';
import type { Subscription } from '../model/subscription.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { makeRequest } from '../request/outgoing-request.ts';
import { type ChooseEventPorts, chooseEvent } from './choose-event.ts';

export interface PreviewPorts extends ChooseEventPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
}

/** The request that a subscription would get for an event. */
export interface Preview {
  readonly event: Pick<Event, 'id' | 'type' | 'time'>;
  /** Null if the condition cannot be evaluated. */
  readonly conditionHolds: boolean | null;
  /** With its signature; the values of the subscription's own headers are masked. Null if none can be made. */
  readonly request: Pick<OutgoingRequest, 'method' | 'url' | 'headers' | 'body'> | null;
  readonly error: 'render' | null;
  readonly detail?: string;
  /** Which setting is at fault, and where, if it is known. */
  readonly fault?: RenderFault;
}

/** Preview a request of a subscription without sending it. @throws NotFoundError */
export async function previewRequest(
  ports: PreviewPorts,
  project: string,
  id: string,
  choice: EventChoice,
): Promise<Preview> {
  return preview(ports, found(await ports.subscriptions.get(project, id), 'subscription', id), choice);
}

/** Preview a request for settings that are not saved. */
export const previewDraft = (
  ports: PreviewPorts,
  project: string,
  settings: NewSubscription,
  choice: EventChoice,
): Promise<Preview> => preview(ports, draftSubscription(project, settings, ports.clock()), choice);

async function preview(
  ports: PreviewPorts,
  subscription: Subscription,
  choice: EventChoice,
): Promise<Preview> {
  const event = await chooseEvent(ports, subscription, choice);
  const now = ports.clock();
  const scope = new EventScope(event, now);
  const about = { id: event.id, type: event.type, time: event.time };
  let holds: boolean | null = null;
  try {
    holds = conditionHolds(subscription.condition, scope.seenBy(subscription));
    const made = await makeRequest(ports.projects, subscription, event, now, { scope });
    const headers = { ...made.headers, ...maskHeaders(customHeaders(subscription.headers)) };
    const { method, url, body } = made;
    return { event: about, conditionHolds: holds, request: { method, url, headers, body }, error: null };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    const { message: detail, fault } = error;
    const failed = { event: about, conditionHolds: holds, request: null, error: 'render', detail } as const;
    return fault === undefined ? failed : { ...failed, fault };
  }
}
