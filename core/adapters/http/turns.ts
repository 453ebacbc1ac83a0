/** Requests that an endpoint gets at once, as long as it answers soon. */
export const AT_ONCE = 20;
/** How long a request waits for one before it to end. */
export const PATIENCE_MS = 1000;

interface Origin {
  running: number;
  /** What lets each of them go ahead, the first first. */
  readonly waiting: Set<() => void>;
}

/**
 * Lets a request wait for one before it to the same origin, whose connection it then gets: a TLS handshake takes more
 * time of the processor and more bytes than a delivery, and an endpoint need not be met by a hundred connections. Where
 * none ends soon it goes ahead with a connection of its own, so that a slow endpoint's requests wait no longer than that.
 */
export class Turns {
  readonly #origins = new Map<string, Origin>();

  /** Resolves when it is the request's turn, to what is to be called when the request has ended. */
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

  /** Nobody waits any longer. */
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
