import { mayHoldOrdered, type Subscription } from '../model/subscription.ts';
import { deliveryName, type WaitingDelivery } from '../model/waiting-delivery.ts';
import type { MailboxRange } from '../ports/mailbox.ts';
import { entriesOf, marksOf } from './all-parts.ts';
import { openFeed } from './open-feed.ts';
import { EVERYTHING } from './pulled.ts';
import type { PumpInvocation } from './pump-invocation.ts';

const MOST = 3;
/** The ordering keys that a sample is drawn from, at either end of each part. */
const KEYS_PER_END = 10;

/** Return up to three of the deliveries that wait, if any does: one that its endpoint never takes must not speak for all. */
export async function probeSample(
  invocation: PumpInvocation,
  subscription: Subscription,
): Promise<WaitingDelivery[]> {
  const [unordered, firsts] = await Promise.all([
    unorderedSample(invocation, subscription.id),
    mayHoldOrdered(subscription) ? firstsOfKeys(invocation, subscription.id) : [],
  ]);
  // There are both only after `ordering` was changed.
  const sample = firsts
    .flatMap((first, index) => [first, unordered[index] ?? []].flat())
    .concat(unordered.slice(firsts.length))
    .slice(0, MOST);
  return sample.length > 0 ? sample : anyDelivery(invocation, subscription);
}

/** Look through everything: a mark may have outlived the deliveries of its key, and there may be many of those. The feed removes them. */
async function anyDelivery(
  { ports: { mailbox, clock } }: PumpInvocation,
  subscription: Subscription,
): Promise<WaitingDelivery[]> {
  const feed = await openFeed(mailbox, subscription.id, subscription, EVERYTHING, clock());
  const found = await feed.take(clock());
  return found === null ? [] : [found];
}

/** Return the delivery that is due first, the one due last, and one from between. */
async function unorderedSample(
  { ports: { mailbox, random } }: PumpInvocation,
  subscriptionId: string,
): Promise<WaitingDelivery[]> {
  const read = async (given: Pick<MailboxRange, 'after' | 'limit' | 'order'>) => {
    const entries = await entriesOf(mailbox, subscriptionId, { until: null, ...given });
    return entries.sort((a, b) => a.dueAt - b.dueAt);
  };
  // With three of each part, there is one from between whenever three wait.
  const first = await read({ after: null, limit: MOST });
  const last = await read({ after: null, limit: 1, order: 'last due first' });
  const [oldest, newest] = [first[0], last.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const after = oldest.dueAt + Math.floor(random() * (newest.dueAt - oldest.dueAt));
  const later = await read({ after, limit: 2 });
  const ends = new Set([oldest, newest].map(deliveryName));
  const between = [...later, ...first].find((entry) => !ends.has(deliveryName(entry)));
  const sample = between === undefined ? [oldest, newest] : [oldest, newest, between];
  return [...new Map(sample.map((entry) => [deliveryName(entry), entry])).values()];
}

/** Return the first deliveries of up to three ordering keys, drawn at random. */
async function firstsOfKeys(
  { ports: { mailbox, random } }: PumpInvocation,
  subscriptionId: string,
): Promise<WaitingDelivery[]> {
  const ends = { after: null, until: null, limit: KEYS_PER_END };
  const ranges = [ends, { ...ends, order: 'last due first' as const }];
  const marks = await Promise.all(ranges.map((range) => marksOf(mailbox, subscriptionId, range)));
  const keys = new Set(marks.flat().map(({ key }) => key));
  const drawn = [...keys].map((key) => ({ key, at: random() })).sort((a, b) => a.at - b.at);
  const firsts = await Promise.all(
    drawn.slice(0, MOST).map(({ key }) => mailbox.queue(subscriptionId, key, { limit: 1, cursor: null })),
  );
  return firsts.flatMap(({ items }) => items);
}
