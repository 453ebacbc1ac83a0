import { MAILBOX_PARTS, type Mailbox } from '../ports/mailbox.ts';

/** Return when the first entry of a mailbox is due, in milliseconds since the epoch; null if it is empty. */
export async function nextDueAt(
  mailbox: Pick<Mailbox, 'read'>,
  subscriptionId: string,
): Promise<number | null> {
  const range = { after: null, until: null, limit: 1 };
  const parts = Array.from({ length: MAILBOX_PARTS }, (_, part) => mailbox.read(subscriptionId, part, range));
  const first = (await Promise.all(parts)).flatMap(({ items }) => items.map(({ dueAt }) => dueAt));
  return first.length === 0 ? null : Math.min(...first);
}
