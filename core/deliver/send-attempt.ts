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
import { type TraceContext, traceIdOf } from '../model/trace-context.ts';
import { maskUrl } from '../model/url-mask.ts';
import { CONSEQUENCES, judge, type Verdict } from '../model/verdict.ts';
import type { RecordedAttempt } from '../ports/attempt-log.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { Sender } from '../ports/sender.ts';
import { eventAttributes, type Span, type Tracer } from '../ports/tracer.ts';
import { makeRequest } from '../request/outgoing-request.ts';

interface SendAttemptPorts {
  /** Projects as they were at most ten seconds ago. */
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly sender: Sender;
  readonly tracer: Tracer;
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
  const span = ports.tracer.begin('attempt', event.trace, startedAt);
  const options = { scope, probe, now: startedAt, trace: span.trace };
  const { request, result } = await renderAndSend(ports, subscription, delivery, options);
  const verdict = judge(result, ports.clock(), subscription.redirects);
  endSpan(span, delivery, request, result, verdict);
  const { outcome } = CONSEQUENCES[verdict.kind];
  const redirects = 'redirects' in result ? result.redirects : undefined;
  return {
    verdict,
    attempt: {
      id: attemptId(delivery),
      eventId: event.id,
      eventType: event.type,
      ...{ subscriptionId, number, trigger, ...traceIdOf(span.trace) },
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

/** End the span of an attempt, as an HTTP client's (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). */
function endSpan(
  span: Span,
  { event, subscriptionId, number, trigger }: Delivery,
  { method, url }: OutgoingRequest,
  result: SendResult | RenderFailure,
  { kind, error }: Verdict,
): void {
  // A URL that was not rendered is a template.
  const isRendered = !('error' in result && result.error === 'render');
  const target = isRendered ? URL.parse(url) : null;
  const status = 'response' in result ? result.response.status : undefined;
  span.end(
    {
      ...eventAttributes(event),
      'ancrage.subscription.id': subscriptionId,
      'ancrage.attempt.trigger': trigger,
      'ancrage.attempt.number': number,
      'http.request.method': method,
      'http.response.status_code': status,
      'url.full': isRendered ? maskUrl(url) : undefined,
      'server.address': target?.hostname,
      'server.port': target === null ? undefined : portOf(target),
    },
    CONSEQUENCES[kind].outcome === 'failure' ? errorType(status, error) : undefined,
  );
}

/** `error.type` is the status of a response, if there is one. */
const errorType = (status: number | undefined, error: Verdict['error']): string =>
  status === undefined ? (error ?? 'error') : String(status);

const portOf = ({ port, protocol }: URL): number =>
  port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);

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

interface RenderOptions {
  readonly scope: EventScope;
  readonly probe: boolean;
  readonly now: number;
  readonly trace: TraceContext | undefined;
}

async function renderAndSend(
  { projects, sender }: SendAttemptPorts,
  subscription: Subscription,
  { event, subscriptionId, number, trigger, replay }: Delivery,
  { scope, probe, now, trace }: RenderOptions,
): Promise<{ request: OutgoingRequest; result: SendResult | RenderFailure }> {
  try {
    const isTest = trigger === 'test';
    const request = await makeRequest(projects, subscription, event, now, { scope, trace, isTest });
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
