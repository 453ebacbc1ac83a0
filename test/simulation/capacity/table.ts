import type { BatchedTime } from './batched-time.ts';
import type { Call, Service } from './function-copy.ts';

export interface TableSettings {
  readonly latencyMs: number;
  /** When no call succeeds, from and to. */
  readonly outages: readonly (readonly [from: number, to: number])[];
  /** The share of calls that are throttled at a time, after the client's own retries. */
  readonly throttled: (now: number) => number;
}

/** The client retries for so long before it gives up. */
const GIVEN_UP_MS = 1000;
/**
 * The CPU time that the SDK's client takes for a request. It is fitted, not measured: with it the sweeper of 256 MB moves as
 * many items a minute as the measured one.
 */
const REQUEST_CPU_MS = 1;

const READS = new Set(
  'get getByAlias list page held hasFirst count ofSubscription due claimed last schemaVersions read queue marks'.split(
    ' ',
  ),
);
/** The methods that write one item for each element of their first argument. */
const BATCHES = new Set(['record', 'append']);

/** DynamoDB: it takes its time, may refuse, and bills reads and writes. */
export class Table implements Service {
  reads = 0;
  writes = 0;
  readonly #time: BatchedTime;
  readonly #random: () => number;
  readonly #settings: TableSettings;

  constructor(time: BatchedTime, random: () => number, settings: TableSettings) {
    this.#time = time;
    this.#random = random;
    this.#settings = settings;
  }

  call(method: string, args: readonly unknown[]): Call {
    const { latencyMs, outages, throttled } = this.#settings;
    const { now } = this.#time;
    const share = throttled(now);
    const isOut = outages.some(([from, to]) => now >= from && now < to);
    if (isOut || (share > 0 && this.#random() < share))
      return { cpuMs: REQUEST_CPU_MS, latencyMs: GIVEN_UP_MS, fails: true };
    this.#count(method, args);
    return { cpuMs: REQUEST_CPU_MS, latencyMs };
  }

  #count(method: string, [first]: readonly unknown[]): void {
    const items = BATCHES.has(method) && Array.isArray(first) ? first.length : 1;
    if (READS.has(method)) this.reads += items;
    else this.writes += items;
  }
}

/** SQS as a sender sees it: ten messages a request, eight requests at once. */
export const QUEUES: Service = {
  call(_method, [messages]) {
    const requests = Math.ceil((Array.isArray(messages) ? messages.length : 1) / 10);
    return { cpuMs: requests * REQUEST_CPU_MS, latencyMs: QUEUE_LATENCY_MS * Math.ceil(requests / 8) };
  },
};

const QUEUE_LATENCY_MS = 15;

/** The way to endpoints, which take their own time. An assumption: with the rest of a delivery, a CPU sends three hundred a second. */
export const NETWORK: Service = { call: () => ({ cpuMs: 2, latencyMs: 0 }) };
