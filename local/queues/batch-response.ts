/**
 * Return the ids of the failed records, by Lambda's rules for `ReportBatchItemFailures`: no list or an empty list is a
 * success; an invalid response, or one that names an unknown record, fails all records.
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
