import { mayHoldOrdered, type Subscription } from '../model/subscription.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import { entriesOf, marksOf } from './all-parts.ts';

/**
 * Return when the first entry of a mailbox is due, in milliseconds since the epoch; null if it is empty. An ordering key that
 * must be looked at is due now.
 */
export async function nextDueAt(
  mailbox: Pick<Mailbox, 'read' | 'marks'>,
  subscriptionId: string,
  subscription: Pick<Subscription, 'ordering' | 'wasStrict'> | null,
  now: number,
): Promise<number | null> {
  const range = { after: null, until: null, limit: 1 };
  const [entries, marks] = await Promise.all([
    entriesOf(mailbox, subscriptionId, range),
    mayHoldOrdered(subscription) ? marksOf(mailbox, subscriptionId, range) : [],
  ]);
  const first = [...entries.map(({ dueAt }) => dueAt), ...marks.map(({ dueAt }) => dueAt ?? now)];
  return first.length === 0 ? null : Math.min(...first);
}
