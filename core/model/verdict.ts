import type { AttemptError, AttemptOutcome, RenderFailure } from './attempt.ts';
import { parseRetryAfter } from './retry-schedule.ts';
import type { SendResult } from './send-result.ts';

/**
 * What the result of an attempt says about the endpoint:
 * - `delivered`: a 2xx.
 * - `rejected`: it refuses this event, by a 3xx or a 4xx.
 * - `busy`: a 429, it asks for less.
 * - `down`: no response, or a 5xx.
 * - `gone`: a 410, it wants nothing more.
 * - `unrenderable`: no request could be made of the event.
 */
type VerdictKind = keyof typeof CONSEQUENCES;

interface Consequences {
  readonly outcome: AttemptOutcome;
  /** Whether another attempt may succeed. */
  readonly isRetried: boolean;
  /** Whether it counts against the endpoint's health. */
  readonly isBlamed: boolean;
  /** Whether it is an outage, which a breaker counts. */
  readonly isOutage: boolean;
}

export const CONSEQUENCES = {
  delivered: { outcome: 'success', isRetried: false, isBlamed: false, isOutage: false },
  rejected: { outcome: 'failure', isRetried: true, isBlamed: true, isOutage: false },
  busy: { outcome: 'failure', isRetried: true, isBlamed: false, isOutage: false },
  down: { outcome: 'failure', isRetried: true, isBlamed: true, isOutage: true },
  gone: { outcome: 'failure', isRetried: false, isBlamed: true, isOutage: false },
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
export function judge(result: SendResult | RenderFailure, now: number): Verdict {
  if ('error' in result) {
    const { error, detail } = result;
    return { kind: error === 'render' ? 'unrenderable' : 'down', error, detail, retryAfter: null };
  }
  const { status, headers } = result.response;
  const kind = kindOf(status);
  if (kind === 'delivered') return { kind, error: null, retryAfter: null };
  if (status >= 300 && status < 400)
    return {
      kind,
      error: 'redirect',
      detail: `answered ${status}; redirects are not followed`,
      retryAfter: null,
    };
  const retryAfter = MAY_SAY_WHEN.has(status) ? parseRetryAfter(headers['retry-after'], now) : null;
  return { kind, error: 'status', detail: `answered ${status}`, retryAfter };
}

const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;
const MAY_SAY_WHEN: ReadonlySet<number> = new Set([TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE]);

function kindOf(status: number): VerdictKind {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  if (status === TOO_MANY_REQUESTS) return 'busy';
  return status >= 500 ? 'down' : 'rejected';
}
