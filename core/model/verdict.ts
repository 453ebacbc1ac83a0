import type { AttemptError, AttemptOutcome, RenderFailure } from './attempt.ts';
import { parseRetryAfter } from './retry-schedule.ts';
import type { SendResult } from './send-result.ts';
import type { Subscription } from './subscription.ts';

/**
 * The kinds of an attempt's verdict:
 * - `delivered`: a 2xx, or a 302 or 303 that the subscription accepts.
 * - `rejected`: a 3xx or 4xx; the endpoint refuses this event.
 * - `busy`: a 429; the endpoint asks for fewer requests.
 * - `down`: a 5xx or no response.
 * - `gone`: a 410; the endpoint wants no more events.
 * - `outdated`: a 410 to a subscription that has been changed since; its present endpoint has not answered.
 * - `unrenderable`: no request could be made from the event.
 */
type VerdictKind = keyof typeof CONSEQUENCES;

interface Consequences {
  readonly outcome: AttemptOutcome;
  /** Whether another attempt may succeed. */
  readonly isRetried: boolean;
  /** Whether it counts against the endpoint's health. */
  readonly isBlamed: boolean;
  /** Whether it is an outage, which pauses an endpoint if there is nothing else. */
  readonly isOutage: boolean;
}

export const CONSEQUENCES = {
  delivered: { outcome: 'success', isRetried: false, isBlamed: false, isOutage: false },
  rejected: { outcome: 'failure', isRetried: true, isBlamed: true, isOutage: false },
  busy: { outcome: 'failure', isRetried: true, isBlamed: false, isOutage: false },
  down: { outcome: 'failure', isRetried: true, isBlamed: true, isOutage: true },
  gone: { outcome: 'failure', isRetried: false, isBlamed: true, isOutage: false },
  outdated: { outcome: 'failure', isRetried: true, isBlamed: false, isOutage: false },
  // The same event would fail to render in the same way again.
  unrenderable: { outcome: 'failure', isRetried: false, isBlamed: false, isOutage: false },
} as const satisfies Readonly<Record<string, Consequences>>;

export interface Verdict {
  readonly kind: VerdictKind;
  readonly error: AttemptError | null;
  readonly detail?: string;
  /** When the endpoint wants the next attempt, in milliseconds since the epoch. */
  readonly retryAfter: number | null;
}

/** Judge the result of an attempt at this time, in milliseconds since the epoch. */
export function judge(
  result: SendResult | RenderFailure,
  now: number,
  redirects: Subscription['redirects'] = 'fail',
): Verdict {
  if ('error' in result) {
    const { error, detail } = result;
    return { kind: error === 'render' ? 'unrenderable' : 'down', error, detail, retryAfter: null };
  }
  const { status, headers } = result.response;
  const kind = redirects === 'accept' && MAY_MEAN_DONE.has(status) ? 'delivered' : kindOf(status);
  if (kind === 'delivered') return { kind, error: null, retryAfter: null };
  if (status >= 300 && status < 400)
    return {
      kind,
      error: 'redirect',
      detail:
        result.notFollowed === undefined
          ? `answered ${status}; redirects are not followed`
          : `answered ${status}, which is not followed: ${result.notFollowed}`,
      retryAfter: null,
    };
  const retryAfter = MAY_SAY_WHEN.has(status) ? parseRetryAfter(headers['retry-after'], now) : null;
  return { kind, error: 'status', detail: `answered ${status}`, retryAfter };
}

/** Found and See Other: what a web application answers to a form that it has processed (RFC 9110, 15.4.4). */
const MAY_MEAN_DONE: ReadonlySet<number> = new Set([302, 303]);
const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;
const MAY_SAY_WHEN: ReadonlySet<number> = new Set([TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE]);

function kindOf(status: number): VerdictKind {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  if (status === TOO_MANY_REQUESTS) return 'busy';
  return status >= 500 ? 'down' : 'rejected';
}
