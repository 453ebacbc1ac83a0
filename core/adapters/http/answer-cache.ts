import type { LookupAddress } from 'node:dns';
import { Cache } from '../../kernel/cache.ts';
import type { Clock } from '../../kernel/clock.ts';
import { memoryOf } from '../../kernel/memory.ts';
import type { Answer } from './resolve.ts';

interface Entry {
  readonly addresses: readonly LookupAddress[];
  /** In milliseconds since the epoch. */
  readonly until: number;
}

/** Also of names without an address: their owners wait for them to appear. */
const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 60;
/** Some thousand names. */
const MAX_BYTES = 2 * 1024 * 1024;

/** The addresses of names that were looked up lately. Each project has its own: none learns or changes what another gets. */
export class AnswerCache {
  readonly #entries = new Cache<Entry>(MAX_BYTES);
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(project: string, hostname: string): readonly LookupAddress[] | null {
    const entry = this.#entries.get(project, hostname);
    return entry !== undefined && this.#clock() < entry.until ? entry.addresses : null;
  }

  set(project: string, hostname: string, { addresses, ttlSeconds }: Answer): void {
    const seconds = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, ttlSeconds));
    const entry = { addresses, until: this.#clock() + seconds * 1000 };
    this.#entries.set(project, hostname, entry, memoryOf(hostname) + memoryOf(entry));
  }
}
