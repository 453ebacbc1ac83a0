/**
 * Which messages of a batch failed, after Lambda's rules for `ReportBatchItemFailures`: no list or an empty one is a
 * success; a response that is no such thing, or names a message that was not in the batch, fails the whole batch.
 */
export function failedMessageIds(response: unknown, messageIds: readonly string[]): Set<string> {
  const none = new Set<string>();
  const all = new Set(messageIds);
  if (response === null || response === undefined) return none;
  if (typeof response !== 'object') return all;
  if (!('batchItemFailures' in response) || response.batchItemFailures === null) return none;
  if (!Array.isArray(response.batchItemFailures)) return all;
  const failed = new Set<string>();
  for (const failure of response.batchItemFailures) {
    const id: unknown = failure?.itemIdentifier;
    if (typeof id !== 'string' || !all.has(id)) return all;
    failed.add(id);
  }
  return failed;
}
