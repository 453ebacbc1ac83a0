/** A key from which the keys of sealed values are derived. */
export interface DataKey {
  /** 1 for the first. A rotation makes the next. */
  readonly number: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface DataKeys {
  /** Return the key that seals what is written now, or null if it is written as it is. */
  current(): Promise<DataKey | null>;
  /** Return the key of a sealed value. @throws Error if it is missing, or may not be used here */
  get(number: number): Promise<DataKey>;
}
