/**
 * The endpoints of the traffic's server. What one does is in its path, so that a bench makes them up as it needs them. Paths may
 * go on with anything that tells them apart.
 */
export const ENDPOINT = {
  /** Responds with 200 at once. */
  well: () => '/well',
  /** Accepts requests and never responds. */
  hanging: () => '/hanging',
  /** Responds with 200 after so many milliseconds, from a time on: before, at once. */
  slow: (ms: number, from = 0) => `/slow/${ms}/${from}`,
  /** Responds with 500 to events whose ids begin with {@link POISON}. */
  picky: () => '/picky',
  /** Responds with 500 between two times. */
  down: (from: number, until: number) => `/down/${from}/${until}`,
  /** Responds with 200 at once to so many requests, and as another one does from then on. */
  after: (requests: number, then: string) => `/after/${requests}${then}`,
  /** Responds with 429 to whatever exceeds so many requests in the last second. */
  limited: (perSecond: number) => `/limited/${perSecond}`,
};

export const POISON = 'poison';

/** The response to a request, and how long it takes; null if none ever comes. */
export type Answer = { readonly status: number; readonly afterMs: number } | null;

const OK = { status: 200, afterMs: 0 };
const failing = (status: number, isFailing: boolean): Answer => (isFailing ? { status, afterMs: 0 } : OK);

/** Answers requests as their paths say. */
export class Endpoints {
  readonly #accepted = new Map<string, number[]>();
  /** Requests so far. */
  readonly #counts = new Map<string, number>();

  answer(path: string, eventId: string, now: number): Answer {
    const [, kind, first, second] = path.split('/');
    switch (kind) {
      case 'hanging':
        return null;
      case 'slow':
        return { status: 200, afterMs: now >= Number(second) ? Number(first) : 0 };
      case 'picky':
        return failing(500, eventId.startsWith(POISON));
      case 'down':
        return failing(500, now >= Number(first) && now < Number(second));
      case 'after':
        return this.#count(path) > Number(first)
          ? this.answer(path.slice(`/after/${first}`.length), eventId, now)
          : OK;
      case 'limited':
        return failing(429, !this.#accept(path, Number(first), now));
      default:
        return OK;
    }
  }

  #count(path: string): number {
    const count = (this.#counts.get(path) ?? 0) + 1;
    this.#counts.set(path, count);
    return count;
  }

  /** Accept a request unless too many were accepted in the last second. */
  #accept(path: string, perSecond: number, now: number): boolean {
    const recent = (this.#accepted.get(path) ?? []).filter((at) => now - at < 1000);
    this.#accepted.set(path, recent);
    if (recent.length >= perSecond) return false;
    recent.push(now);
    return true;
  }
}
