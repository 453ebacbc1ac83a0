/** The state of a creation with an Idempotency-Key. */
export interface CreationRecord {
  readonly id: string;
  /** The id of the API key that created it; absent in records of 0.1. */
  readonly creator?: string;
  /** Identifies the request. */
  readonly fingerprint: string;
  readonly isDone: boolean;
  /** The number of the data key that it is sealed with; absent if it is sealed with the stack's own key. */
  readonly dataKey?: number;
  /** The encrypted seed of the resource; once done, the encrypted response. */
  readonly sealed: Uint8Array;
  /** When the claim of the worker that creates it ends, in milliseconds since the epoch. */
  readonly lease: number;
  /** In milliseconds since the epoch, stored in seconds. */
  readonly expiresAt: number;
}

export interface CreationStore {
  /** Store a record and return null, or return the stored record with the same id if it has not expired. */
  claim(record: CreationRecord): Promise<CreationRecord | null>;
  /** Replace the record with this lease. Return false if another worker has claimed it. */
  replace(lease: number, record: CreationRecord): Promise<boolean>;
  /** Remove the record with this lease. Succeeds even if there is none. */
  remove(id: string, lease: number): Promise<void>;
}
