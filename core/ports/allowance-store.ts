/** A bucket of tokens, one for each event that a project may publish. */
export interface Bucket {
  /** How many tokens it gets. */
  readonly perSecond: number;
  /** How many it holds. */
  readonly burst: number;
}

interface Allowance {
  readonly isTaken: boolean;
  /** Milliseconds until the tokens are there, whether they were taken in advance or not at all. */
  readonly waitMs: number;
  /** Bytes that the project has published today (UTC), as far as they were reported. */
  readonly bytesToday: number;
}

export interface AllowanceStore {
  /**
   * Take at most `burst` tokens of a project's bucket, and report bytes that it has published since. With `inAdvanceMs`, tokens
   * that come within so many milliseconds are taken as well, and the caller waits for them. Bytes are reported with tokens
   * that are taken only.
   */
  take(
    project: string,
    bucket: Bucket,
    tokens: number,
    bytes: number,
    inAdvanceMs?: number,
  ): Promise<Allowance>;
  /** Return how many tokens a project has, and the bytes that it has published today (UTC). */
  read(project: string, bucket: Bucket): Promise<{ readonly tokens: number; readonly bytesToday: number }>;
}
