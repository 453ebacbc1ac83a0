/** Lets a worker delete or postpone messages of its batch before it ends. SQS loses none if that fails, so no method throws. */
export interface Receipts {
  /** Delete messages that are handled: until then they count as in flight for their group. */
  delete(ids: readonly string[]): Promise<void>;
  /** Have messages received again after a time of their own instead of the visibility timeout. */
  postpone(messages: readonly { readonly id: string; readonly seconds: number }[]): Promise<void>;
}
