import { shortHash } from '../kernel/ids.ts';
import type { Delivery } from './delivery.ts';
import type { Event } from './event.ts';
import { maskHeaders } from './header-mask.ts';
import { parseRetryAfter } from './retry-schedule.ts';
import type { HookResponse, OutgoingRequest, SendResult, TransportError } from './send-result.ts';

type AttemptError = TransportError | 'redirect' | 'status' | 'render';

/** One HTTP request of a delivery, as the request log shows it. */
export interface Attempt {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly subscriptionId: string;
  /** 1 for the first attempt. */
  readonly number: number;
  readonly trigger: Delivery['trigger'];
  readonly at: string;
  readonly durationMs: number;
  readonly request: Pick<OutgoingRequest, 'method' | 'url' | 'headers' | 'body'>;
  readonly response: HookResponse | null;
  readonly outcome: 'success' | 'failure';
  readonly error: AttemptError | null;
  readonly detail?: string;
  readonly nextAttemptAt: string | null;
}

/** The delivery came to no request, because none could be made of the event. */
export interface RenderFailure {
  readonly error: 'render';
  readonly detail: string;
  readonly durationMs: number;
}

/** What the answer of an endpoint means. */
export interface Verdict {
  readonly outcome: Attempt['outcome'];
  readonly error: AttemptError | null;
  readonly detail?: string;
  /** Whether another attempt may go better. */
  readonly retryable: boolean;
  /** When the endpoint wants it, in milliseconds since the epoch. */
  readonly retryAfter: number | null;
  /** Whether the endpoint is to blame: not for "later" (429), nor for what could not be rendered. */
  readonly unwell: boolean;
  /** Whether it did not answer, or only with 5xx: what a breaker counts. */
  readonly outage: boolean;
  /** 410: the endpoint wants nothing more, ever. */
  readonly gone: boolean;
}

const GONE = 410;
const TOO_MANY_REQUESTS = 429;
const MAY_SAY_WHEN = new Set([TOO_MANY_REQUESTS, 503]);

export function judge(result: SendResult | RenderFailure, now: number): Verdict {
  // The same event would render in the same way again.
  if ('error' in result)
    return failure(result.error, result.detail, {
      retryable: result.error !== 'render',
      unwell: result.error !== 'render',
      outage: result.error !== 'render',
    });
  const { status, headers } = result.response;
  if (status >= 200 && status < 300) {
    return {
      outcome: 'success',
      error: null,
      retryable: false,
      retryAfter: null,
      unwell: false,
      outage: false,
      gone: false,
    };
  }
  if (status >= 300 && status < 400)
    return failure('redirect', `answered ${status}; redirects are not followed`);
  const gone = status === GONE;
  const retryAfter = MAY_SAY_WHEN.has(status) ? parseRetryAfter(headers['retry-after'], now) : null;
  return failure('status', `answered ${status}`, {
    gone,
    unwell: status !== TOO_MANY_REQUESTS,
    outage: status >= 500,
    retryable: !gone,
    retryAfter,
  });
}

function failure(error: AttemptError, detail: string, more: Partial<Verdict> = {}): Verdict {
  return {
    outcome: 'failure',
    error,
    detail,
    retryable: true,
    retryAfter: null,
    unwell: true,
    outage: false,
    gone: false,
    ...more,
  };
}

/**
 * The same for every try at recording the same attempt, so that a repeated one overwrites itself. A replay may run
 * beside the retries of what it replays, and may come to the same number.
 */
export function attemptId({ event, subscriptionId, number, replay }: AttemptedDelivery): string {
  const run = replay === undefined ? [] : [replay.id];
  return `att_${shortHash(event.project, event.id, subscriptionId, String(number), ...run)}`;
}

type AttemptedDelivery = Pick<Delivery, 'subscriptionId' | 'number' | 'replay'> & {
  readonly event: Pick<Event, 'project' | 'id'>;
};

/** The request as the log may keep it. */
export function loggedRequest({ method, url, headers, body }: OutgoingRequest): Attempt['request'] {
  return { method, url, headers: maskHeaders(headers), body };
}
