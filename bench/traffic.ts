import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Outputs } from '../local/outputs.ts';

/** A request that an endpoint got. */
export interface Arrival {
  readonly path: string;
  /** The event's. */
  readonly id: string;
  readonly at: number;
}

/** An event that is to be published so long after the start. */
export interface Planned {
  readonly id: string;
  readonly type: string;
  readonly afterMs: number;
}

export interface Publishing {
  readonly events: readonly Planned[];
  readonly by: 'queue' | 'HTTPS';
  /** Of each event's `data`. */
  readonly bytes: number;
}

/** Asks for the events to be published, or for what has arrived since it was last asked. */
export interface TrafficMessage {
  readonly number: number;
  readonly publishing?: Publishing;
}

/** Paths that start so take the request and never answer. */
export const HANGING = '/hang/';
/** This one answers 200 after so long; all others at once. */
export const SLOW = '/slow';
export const SLOW_MS = 4000;

/** A publisher and endpoints in a thread of their own. */
export class Traffic {
  readonly #worker: Worker;
  readonly #port: number;
  readonly #open = new Map<number, (answer: unknown) => void>();
  #asked = 0;

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.#port = port;
    worker.on('message', ({ number, answer }: { number: number; answer: unknown }) => {
      this.#open.get(number)?.(answer);
      this.#open.delete(number);
    });
  }

  static async start(outputs: Outputs): Promise<Traffic> {
    const worker = new Worker(new URL('./traffic-worker.ts', import.meta.url), { workerData: outputs });
    const [port] = await once(worker, 'message');
    return new Traffic(worker, port);
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  /** Answers when each event was sent, in milliseconds since the epoch, by its id. */
  publish(
    events: readonly Planned[],
    { by = 'queue', bytes = 0 }: Partial<Publishing> = {},
  ): Promise<Record<string, number>> {
    return this.#ask({ publishing: { events, by, bytes } });
  }

  /** What has arrived since the last time. */
  arrivals(): Promise<Arrival[]> {
    return this.#ask({});
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask<Answer>(message: Omit<TrafficMessage, 'number'>): Promise<Answer> {
    const number = ++this.#asked;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#open.set(number, resolve as (answer: unknown) => void);
    this.#worker.postMessage({ number, ...message } satisfies TrafficMessage);
    return promise;
  }
}
