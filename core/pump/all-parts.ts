import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { type KeyMark, type Mailbox, type MailboxRange, PART_NUMBERS } from '../ports/mailbox.ts';

/** Read unordered entries of each part of a mailbox. */
export async function entriesOf(
  mailbox: Pick<Mailbox, 'read'>,
  subscriptionId: string,
  range: MailboxRange,
): Promise<WaitingDelivery[]> {
  const pages = await Promise.all(PART_NUMBERS.map((part) => mailbox.read(subscriptionId, part, range)));
  return pages.flatMap(({ items }) => items);
}

/** Read marks of each part of a mailbox. */
export async function marksOf(
  mailbox: Pick<Mailbox, 'marks'>,
  subscriptionId: string,
  range: MailboxRange,
): Promise<KeyMark[]> {
  const pages = await Promise.all(PART_NUMBERS.map((part) => mailbox.marks(subscriptionId, part, range)));
  return pages.flatMap(({ items }) => items);
}
