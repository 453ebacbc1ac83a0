import type { BatchedTime } from './batched-time.ts';
import type { Service } from './function-copy.ts';

export interface TableSettings {
  readonly latencyMs: number;
  /** When no call succeeds, from and to. */
  readonly outages: readonly (readonly [from: number, to: number])[];
  /** The share of calls that are throttled at a time, after the client's own retries. */
  readonly throttled: (now: number) => number;
}

/** What the client's retries take before it gives up. */
const GIVEN_UP_MS = 1000;

const READS = new Set(
  'get getByAlias list page held waits ofSubscription due claimed last schemaVersions read peek heads'.split(
    ' ',
  ),
);
/** The methods that write one item for each element of their first argument. */
const BATCHES = new Set(['record', 'append']);

/** DynamoDB: it takes its time, may refuse, and bills reads and writes. */
export class Table implements Service {
  reads = 0;
  writes = 0;
  /** Calls by method name. */
  readonly calls = new Map<string, number>();
  readonly #time: BatchedTime;
  readonly #random: () => number;
  readonly #settings: TableSettings;

  constructor(time: BatchedTime, random: () => number, settings: TableSettings) {
    this.#time = time;
    this.#random = random;
    this.#settings = settings;
  }

  async reach(method: string, args: readonly unknown[]): Promise<void> {
    const { latencyMs, outages, throttled } = this.#settings;
    const { now } = this.#time;
    const share = throttled(now);
    const isOut = outages.some(([from, to]) => now >= from && now < to);
    if (isOut || (share > 0 && this.#random() < share)) {
      await this.#time.sleep(GIVEN_UP_MS);
      throw new Error('throttled');
    }
    this.#count(method, args);
    await this.#time.sleep(latencyMs);
  }

  #count(method: string, [first]: readonly unknown[]): void {
    this.calls.set(method, (this.calls.get(method) ?? 0) + 1);
    const items = BATCHES.has(method) && Array.isArray(first) ? first.length : 1;
    if (READS.has(method)) this.reads += items;
    else this.writes += items;
  }
}

/** SQS as a sender sees it: ten messages a request, eight requests at once. */
export class QueueService implements Service {
  readonly #time: BatchedTime;

  constructor(time: BatchedTime) {
    this.#time = time;
  }

  async reach(_method: string, [messages]: readonly unknown[]): Promise<void> {
    const count = Array.isArray(messages) ? messages.length : 1;
    await this.#time.sleep(REQUEST_MS * Math.ceil(count / 80));
  }
}

const REQUEST_MS = 15;
