import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Outputs } from '../local/outputs.ts';

/** A request that an endpoint received. */
export interface Arrival {
  readonly path: string;
  /** Id of the event. */
  readonly id: string;
  readonly at: number;
  /** The status of the response; null if there is none. */
  readonly status: number | null;
}

/** An event to publish, and the delay after the start. */
export interface Planned {
  readonly id: string;
  readonly type: string;
  readonly afterMs: number;
  /** @default the stack's */
  readonly project?: string;
}

export interface Publishing {
  readonly events: readonly Planned[];
  readonly by: 'queue' | 'HTTPS';
  /** Size of each event's `data`. */
  readonly bytes: number;
}

/** A request to publish events, or to return the arrivals since the last such request. */
export interface TrafficMessage {
  readonly number: number;
  readonly publishing?: Publishing;
}

/** A publisher and endpoints in their own thread. */
export class Traffic {
  readonly #worker: Worker;
  readonly #port: number;
  readonly #open = new Map<number, (result: unknown) => void>();
  #requests = 0;

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.#port = port;
    worker.on('message', ({ number, result }: { number: number; result: unknown }) => {
      this.#open.get(number)?.(result);
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

  /** Publish events and return when each was sent, in milliseconds since the epoch, keyed by its id. */
  publish(
    events: readonly Planned[],
    { by = 'queue', bytes = 0 }: Partial<Publishing> = {},
  ): Promise<Record<string, number>> {
    return this.#request({ publishing: { events, by, bytes } });
  }

  /** Return the arrivals since the last call. */
  arrivals(): Promise<Arrival[]> {
    return this.#request({});
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #request<Result>(message: Omit<TrafficMessage, 'number'>): Promise<Result> {
    const number = ++this.#requests;
    const { promise, resolve } = Promise.withResolvers<Result>();
    this.#open.set(number, resolve as (result: unknown) => void);
    this.#worker.postMessage({ number, ...message } satisfies TrafficMessage);
    return promise;
  }
}
