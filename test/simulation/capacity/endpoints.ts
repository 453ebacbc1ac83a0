import type { AboutRequest } from '../../../core/ports/sender.ts';
import type { Random } from '../random.ts';

/** A request as its endpoint receives it. */
export interface Received extends AboutRequest {
  readonly eventType: string;
  readonly timeoutMs: number;
}

interface Answer {
  readonly latencyMs: number;
  /** Null if the connection is refused. */
  readonly status: number | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An endpoint: what it answers at a virtual time. One that answers after the request's deadline is a timeout. */
export type Endpoint = (now: number, request: Received, random: Random) => Answer;

/** Answer 200 after a time. */
export const healthy =
  (latencyMs = 100): Endpoint =>
  () => ({ latencyMs, status: 200 });

/** Refuse some requests, and behave as another endpoint to the rest. */
export const refusing =
  (isRefused: (request: Received) => boolean, status = 500, others: Endpoint = healthy()): Endpoint =>
  (now, request, random) =>
    isRefused(request) ? { latencyMs: 100, status } : others(now, request, random);

/** Answer a share of the requests with 503 at random. */
export const unreliable =
  (share: number, others: Endpoint = healthy()): Endpoint =>
  (now, request, random) =>
    random.chance(share) ? { latencyMs: 100, status: 503 } : others(now, request, random);

/** Behave otherwise between two times. */
export const between =
  (from: number, to: number, meanwhile: Endpoint, otherwise: Endpoint = healthy()): Endpoint =>
  (now, request, random) =>
    now >= from && now < to ? meanwhile(now, request, random) : otherwise(now, request, random);

/** Refuse connections. */
export const down: Endpoint = () => ({ latencyMs: 5, status: null });

/** Never answer. */
export const hanging: Endpoint = () => ({ latencyMs: Number.POSITIVE_INFINITY, status: 200 });

/** Serve so many requests at once, each for a time; others wait for their turn. It can take `workers * 1000 / ms` a second. */
export function serving(workers: number, ms: number): Endpoint {
  const freeAt = Array.from({ length: workers }, () => 0);
  return (now) => {
    const next = freeAt.indexOf(Math.min(...freeAt));
    const from = Math.max(now, freeAt[next] ?? 0);
    freeAt[next] = from + ms;
    return { latencyMs: from + ms - now, status: 200 };
  };
}

/** Answer 429 to requests beyond so many in the last second. */
export function limited(perSecond: number, others: Endpoint = healthy()): Endpoint {
  let accepted: number[] = [];
  return (now, request, random) => {
    accepted = accepted.filter((at) => at > now - 1000);
    if (accepted.length >= perSecond) return { latencyMs: 20, status: 429 };
    accepted.push(now);
    return others(now, request, random);
  };
}
