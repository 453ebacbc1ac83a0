/** How far a creation with an Idempotency-Key is. */
export interface CreationRecord {
  readonly id: string;
  /** Of what it was asked to make. */
  readonly fingerprint: string;
  readonly isDone: boolean;
  /** The seed that it is made from; once it is done, its answer. */
  readonly sealed: Uint8Array;
  /** Whose work it is until then, in milliseconds since the epoch. */
  readonly lease: number;
  /** Milliseconds since the epoch; kept to the second. */
  readonly expiresAt: number;
}

export interface CreationStore {
  /** Stores it and answers null, unless there is one of its id that has not expired: answers that. */
  claim(record: CreationRecord): Promise<CreationRecord | null>;
  /** Replaces the one with this lease; false if it is somebody else's by now. */
  replace(lease: number, record: CreationRecord): Promise<boolean>;
  /** Removes the one with this lease. */
  remove(id: string, lease: number): Promise<void>;
}
