import type { FlowState } from '../model/flow-state.ts';
import { mayHoldOrdered, type Subscription } from '../model/subscription.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { entriesOf, marksOf } from './all-parts.ts';
import type { Feed } from './feed.ts';
import { MailboxFeed } from './mailbox-feed.ts';
import { OrderedFeed } from './ordered-feed.ts';
import type { PumpPorts } from './ports.ts';

/**
 * Open the feed of a mailbox, whose subscription may be gone. After its `ordering` was changed, what was put before waits beside what is put
 * now: that goes first, as far as it is due.
 */
export async function openFeed(
  mailbox: PumpPorts['mailbox'],
  id: string,
  subscription: Pick<Subscription, 'ordering' | 'wasStrict'> | null,
  pull: FlowState['pull'],
  now: number,
): Promise<Feed> {
  const unordered = new MailboxFeed(mailbox, id, pull, now);
  // Looking for marks costs as much as looking for everything else.
  if (!mayHoldOrdered(subscription)) return unordered;
  const ordered = new OrderedFeed(mailbox, id, pull, now);
  if (subscription?.ordering !== 'strict')
    return (await marksOf(mailbox, id, ONE)).length > 0 ? new FeedsInTurn(ordered, unordered) : unordered;
  return (await entriesOf(mailbox, id, ONE)).length > 0 ? new FeedsInTurn(unordered, ordered) : ordered;
}

const ONE = { after: null, until: null, limit: 1 };

/** Feeds from the second feed only when the first has nothing for now. */
class FeedsInTurn implements Feed {
  readonly #first: Feed;
  readonly #second: Feed;

  constructor(first: Feed, second: Feed) {
    this.#first = first;
    this.#second = second;
  }

  get isSoon(): boolean {
    return this.#first.isSoon || this.#second.isSoon;
  }

  lookAgain(): void {
    this.#first.lookAgain();
    this.#second.lookAgain();
  }

  async take(now: number): Promise<WaitingDelivery | null> {
    return (await this.#first.take(now)) ?? this.#second.take(now);
  }

  begin(entry: WaitingDelivery, attempt: Parameters<Feed['begin']>[1]): void {
    this.#first.begin(entry, attempt);
    this.#second.begin(entry, attempt);
  }
}
