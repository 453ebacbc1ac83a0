/** The requests that an origin gets at once, as long as it responds soon. */
export const AT_ONCE = 20;
/** How long a request waits for its turn. */
export const PATIENCE_MS = 1000;

interface Origin {
  running: number;
  /** Callbacks that let a request go ahead, the first request first. */
  readonly waiting: Set<() => void>;
}

/**
 * Makes a request wait for an earlier one to the same origin, so that it can reuse the connection: a TLS handshake costs more
 * CPU time and bytes than a delivery, and an endpoint should not face a hundred connections at once. If no earlier request
 * ends soon, the request goes ahead on a new connection, so a slow endpoint delays its own requests by no more than that.
 */
export class Turns {
  readonly #origins = new Map<string, Origin>();

  /** Wait for a request's turn. Resolve to a function that must be called when the request has ended. */
  async take(name: string): Promise<() => void> {
    const origin = this.#origins.get(name) ?? { running: 0, waiting: new Set() };
    this.#origins.set(name, origin);
    if (origin.running < AT_ONCE) origin.running++;
    else await turnOf(origin);
    return () => {
      origin.running--;
      const [next] = origin.waiting;
      if (origin.running < AT_ONCE) next?.();
    };
  }

  /** Let all waiting requests go ahead. */
  end(): void {
    for (const { waiting } of this.#origins.values()) for (const goAhead of [...waiting]) goAhead();
  }
}

function turnOf(origin: Origin): Promise<void> {
  return new Promise((resolve) => {
    const goAhead = () => {
      clearTimeout(timer);
      origin.waiting.delete(goAhead);
      origin.running++;
      resolve();
    };
    const timer = setTimeout(goAhead, PATIENCE_MS);
    origin.waiting.add(goAhead);
  });
}
