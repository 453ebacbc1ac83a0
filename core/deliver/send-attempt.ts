import { EventScope } from '../customer-code/event-scope.ts';
import type { Clock } from '../kernel/clock.ts';
import { RenderError } from '../kernel/errors.ts';
import {
  type Attempt,
  attemptId,
  judge,
  loggedRequest,
  type RenderFailure,
  type Verdict,
} from '../model/attempt.ts';
import type { Delivery } from '../model/delivery.ts';
import type { OutgoingRequest, SendResult } from '../model/send-result.ts';
import type { Subscription } from '../model/subscription.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { Sender } from '../ports/sender.ts';
import { makeRequest } from '../request/outgoing-request.ts';

export interface SendAttemptDependencies {
  /** May be up to 10 s old. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly sender: Sender;
  readonly clock: Clock;
}

export interface SentAttempt {
  readonly attempt: Omit<Attempt, 'nextAttemptAt'>;
  /** What its record says besides. */
  readonly record: Omit<RecordedAttempt, keyof Attempt>;
  readonly verdict: Verdict;
}

/** Makes the request of an attempt, sends it and judges the answer. What follows from that is for the caller to say. */
export async function sendAttempt(
  dependencies: SendAttemptDependencies,
  subscription: Subscription,
  delivery: Delivery,
  scope = new EventScope(delivery.event, dependencies.clock()),
): Promise<SentAttempt> {
  const { event, subscriptionId, number, trigger, replay, lot } = delivery;
  const startedAt = dependencies.clock();
  const { request, result } = await exchange(dependencies, subscription, delivery, scope, startedAt);
  const verdict = judge(result, dependencies.clock());
  const attempt = {
    id: attemptId(delivery),
    eventId: event.id,
    eventType: event.type,
    subscriptionId,
    number,
    trigger,
    at: new Date(startedAt).toISOString(),
    durationMs: Math.round(result.durationMs),
    request: loggedRequest(request),
    response: 'response' in result ? result.response : null,
    outcome: verdict.outcome,
    error: verdict.error,
    ...(verdict.detail !== undefined && { detail: verdict.detail }),
  };
  const record = {
    project: event.project,
    expiresAt: event.expiresAt,
    ...(replay !== undefined && { replay }),
    ...(lot !== undefined && { lot }),
  };
  return { attempt, record, verdict };
}

async function exchange(
  { projects, sender }: SendAttemptDependencies,
  subscription: Subscription,
  { event }: Delivery,
  scope: EventScope,
  now: number,
): Promise<{ request: OutgoingRequest; result: SendResult | RenderFailure }> {
  try {
    const request = await makeRequest(projects, subscription, event, now, scope);
    return { request, result: await sender.send(request) };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    const { method, url, timeoutSeconds } = subscription;
    const request = { method, url, headers: {}, body: '', timeoutMs: timeoutSeconds * 1000 };
    return { request, result: { error: 'render', detail: error.message, durationMs: 0 } };
  }
}
