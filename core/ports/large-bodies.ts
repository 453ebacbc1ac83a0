/** Keeps what neither a message nor an item can hold. */
export interface LargeBodies {
  /** Store a body. To store it again is allowed, and makes it last longer. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** Return a body, or null if there is none. */
  get(key: string): Promise<Uint8Array | null>;
  /** Delete a body. Succeeds even if there is none. */
  delete(key: string): Promise<void>;
}
