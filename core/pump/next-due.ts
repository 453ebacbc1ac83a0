import { mayHoldOrdered, type Subscription } from '../model/subscription.ts';
import { MAILBOX_PARTS, type Mailbox } from '../ports/mailbox.ts';

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
  const parts = Array.from({ length: MAILBOX_PARTS }, (_, part) => part);
  const marked = mayHoldOrdered(subscription) ? parts : [];
  const dueTimes = await Promise.all([
    ...parts.map(async (part) =>
      (await mailbox.read(subscriptionId, part, range)).items.map(({ dueAt }) => dueAt),
    ),
    ...marked.map(async (part) =>
      (await mailbox.marks(subscriptionId, part, range)).items.map(({ dueAt }) => dueAt ?? now),
    ),
  ]);
  const first = dueTimes.flat();
  return first.length === 0 ? null : Math.min(...first);
}
