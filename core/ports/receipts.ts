/** What a worker can do with the messages of its batch before it ends. Nothing is lost if it fails, so it does not throw. */
export interface Receipts {
  /** Delete messages that are handled: until then they count as in flight for their group. */
  delete(ids: readonly string[]): Promise<void>;
  /** Have messages received again after a time of their own instead of the visibility timeout. */
  postpone(messages: readonly { readonly id: string; readonly seconds: number }[]): Promise<void>;
}
