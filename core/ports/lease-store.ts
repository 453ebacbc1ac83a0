/** The right to do something until a time. It ends by itself if its holder dies. */
export interface Lease {
  readonly name: string;
  /** Identifies the holder, so that a repeated request takes nothing twice and releases only what is its own. */
  readonly holder: string;
  /** In milliseconds since the epoch. */
  readonly endsAt: number;
}

export interface LeaseStore {
  /** Take a lease. Return false if somebody else has it. */
  take(lease: Lease): Promise<boolean>;
  /** End a lease early. Succeeds even if it has ended and somebody else has it. */
  release(lease: Lease): Promise<void>;
}
