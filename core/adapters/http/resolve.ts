import type { LookupAddress } from 'node:dns';

/** The addresses of a host name; none if it does not exist, or if its name servers do not answer. */
export interface Answer {
  readonly addresses: readonly LookupAddress[];
  /** For how long it is valid, according to the name servers. */
  readonly ttlSeconds: number;
}

/** Resolve a host name. Never rejects. The signal ends it at once. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<Answer>;

export const NO_ANSWER: Answer = { addresses: [], ttlSeconds: 0 };
