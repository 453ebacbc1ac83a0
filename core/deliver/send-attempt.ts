import { EventScope } from '../customer-code/event-scope.ts';
import type { Clock } from '../kernel/clock.ts';
import { RenderError } from '../kernel/errors.ts';
import { type Attempt, attemptId, loggedRequest, type RenderFailure } from '../model/attempt.ts';
import type { Delivery } from '../model/delivery.ts';
import { maskResponseHeaders } from '../model/header-mask.ts';
import type { Redirect } from '../model/redirects.ts';
import { type Redact, redactorOf } from '../model/secret-echo.ts';
import type { HookResponse, OutgoingRequest, SendResult } from '../model/send-result.ts';
import type { Subscription } from '../model/subscription.ts';
import { CONSEQUENCES, judge, type Verdict } from '../model/verdict.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { Sender } from '../ports/sender.ts';
import { makeRequest } from '../request/outgoing-request.ts';

interface SendAttemptPorts {
  /** Projects as they were at most ten seconds ago. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly sender: Sender;
  readonly clock: Clock;
}

export interface SentAttempt {
  readonly attempt: Omit<Attempt, 'nextAttemptAt'>;
  /** The attempt log stores these facts with the attempt. */
  readonly record: Omit<RecordedAttempt, keyof Attempt>;
  readonly verdict: Verdict;
}

/** Make the request of an attempt, send it and judge the response. @throws OutOfTime as {@link Sender} does */
export async function sendAttempt(
  ports: SendAttemptPorts,
  subscription: Subscription,
  delivery: Delivery,
  { scope = new EventScope(delivery.event, ports.clock()), probe = false } = {},
): Promise<SentAttempt> {
  const { event, subscriptionId, number, trigger, replay, eventBatch } = delivery;
  const startedAt = ports.clock();
  const { request, result } = await renderAndSend(ports, subscription, delivery, scope, startedAt, probe);
  const verdict = judge(result, ports.clock(), subscription.redirects);
  const { outcome } = CONSEQUENCES[verdict.kind];
  const redirects = 'redirects' in result ? result.redirects : undefined;
  return {
    verdict,
    attempt: {
      id: attemptId(delivery),
      eventId: event.id,
      eventType: event.type,
      ...{ subscriptionId, number, trigger },
      at: new Date(startedAt).toISOString(),
      durationMs: Math.round(result.durationMs),
      request: loggedRequest(request),
      ...(redirects !== undefined && { redirects: loggedRedirects(subscription, redirects) }),
      response: 'response' in result ? loggedResponse(subscription, result.response) : null,
      outcome,
      error: verdict.error,
      ...(verdict.detail !== undefined && { detail: verdict.detail }),
    },
    record: {
      project: event.project,
      expiresAt: event.expiresAt,
      log: outcome === 'failure' ? 'full' : subscription.log,
      ...(replay !== undefined && { replay }),
      ...(eventBatch !== undefined && { eventBatch }),
    },
  };
}

/** By identity: workers cache subscriptions for some seconds. */
const redactors = new WeakMap<Subscription, Redact>();

/** Return what hides the subscription's secrets where a receiver echoes them. */
function redactorFor(subscription: Subscription): Redact {
  const redact = redactors.get(subscription) ?? redactorOf(subscription);
  redactors.set(subscription, redact);
  return redact;
}

/** Return redirects as the request log may keep them. */
function loggedRedirects(subscription: Subscription, redirects: readonly Redirect[]): readonly Redirect[] {
  const redact = redactorFor(subscription);
  return redirects.map((redirect) => ({ ...redirect, location: redact(redirect.location) }));
}

/** Return a response as the request log may keep it. */
function loggedResponse(subscription: Subscription, response: HookResponse): HookResponse {
  const redact = redactorFor(subscription);
  return {
    ...response,
    headers: Object.fromEntries(
      Object.entries(maskResponseHeaders(response.headers)).map(([name, value]) => [name, redact(value)]),
    ),
    body: redact(response.body),
  };
}

async function renderAndSend(
  { projects, sender }: SendAttemptPorts,
  subscription: Subscription,
  { event, subscriptionId, number, replay }: Delivery,
  scope: EventScope,
  now: number,
  probe: boolean,
): Promise<{ request: OutgoingRequest; result: SendResult | RenderFailure }> {
  try {
    const request = await makeRequest(projects, subscription, event, now, scope);
    const { id: replayId = null, after = 0 } = replay ?? {};
    const ids = { project: event.project, subscriptionId, eventId: event.id };
    const about = { ...ids, number, replayId, after, probe };
    return { request, result: await sender.send(request, about) };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    const { method, url, timeoutSeconds } = subscription;
    const request = { method, url, headers: {}, body: '', timeoutMs: timeoutSeconds * 1000 };
    return { request, result: { error: 'render', detail: error.message, durationMs: 0 } };
  }
}
