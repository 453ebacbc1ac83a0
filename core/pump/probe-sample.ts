import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { MAILBOX_PARTS } from '../ports/mailbox.ts';
import type { PumpInvocation } from './pump-invocation.ts';

const MOST = 3;
const PARTS = Array.from({ length: MAILBOX_PARTS }, (_, part) => part);
/** The ordering keys that a sample is drawn from, at either end of each part. */
const KEYS_PER_END = 10;

/** Return up to three of the deliveries that wait: one that its endpoint never takes must not speak for all. */
export async function probeSample(
  invocation: PumpInvocation,
  subscriptionId: string,
): Promise<WaitingDelivery[]> {
  const [unordered, firsts] = await Promise.all([
    unorderedSample(invocation, subscriptionId),
    firstsOfKeys(invocation, subscriptionId),
  ]);
  // There are both only after `ordering` was changed.
  return firsts
    .flatMap((first, index) => [first, unordered[index] ?? []].flat())
    .concat(unordered.slice(firsts.length))
    .slice(0, MOST);
}

/** Return the delivery that is due first, the one due last, and one from between. */
async function unorderedSample(
  { ports: { mailbox, random } }: PumpInvocation,
  subscriptionId: string,
): Promise<WaitingDelivery[]> {
  const ends = { after: null, until: null, limit: 1 };
  const read = async (part: number, range: Parameters<typeof mailbox.read>[2]) =>
    (await mailbox.read(subscriptionId, part, range)).items;
  const first = await Promise.all(PARTS.map((part) => read(part, ends)));
  const last = await Promise.all(PARTS.map((part) => read(part, { ...ends, order: 'last due first' })));
  const byDueTime = [...first.flat(), ...last.flat()].sort((a, b) => a.dueAt - b.dueAt);
  const [oldest, newest] = [byDueTime[0], byDueTime.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const after = oldest.dueAt + Math.floor(random() * (newest.dueAt - oldest.dueAt));
  const part = Math.floor(random() * MAILBOX_PARTS) % MAILBOX_PARTS;
  const between = await read(part, { after, until: null, limit: 1 });
  const nameOf = ({ eventId, replay }: WaitingDelivery) => `${eventId} ${replay?.id ?? ''}`;
  return [...new Map([oldest, newest, ...between].map((entry) => [nameOf(entry), entry])).values()];
}

/** Return the first deliveries of up to three ordering keys, drawn at random. */
async function firstsOfKeys(
  { ports: { mailbox, random } }: PumpInvocation,
  subscriptionId: string,
): Promise<WaitingDelivery[]> {
  const ends = { after: null, until: null, limit: KEYS_PER_END };
  const ranges = [ends, { ...ends, order: 'last due first' as const }];
  const marks = await Promise.all(
    PARTS.flatMap((part) => ranges.map((range) => mailbox.marks(subscriptionId, part, range))),
  );
  const keys = new Set(marks.flatMap(({ items }) => items.map(({ key }) => key)));
  const drawn = [...keys].map((key) => ({ key, at: random() })).sort((a, b) => a.at - b.at);
  const firsts = await Promise.all(
    drawn.slice(0, MOST).map(({ key }) => mailbox.queue(subscriptionId, key, { limit: 1, cursor: null })),
  );
  return firsts.flatMap(({ items }) => items);
}
