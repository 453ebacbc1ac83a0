import type { FlowState } from '../model/flow-state.ts';
import { deliveryName, type WaitingDelivery } from '../model/waiting-delivery.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import type { Feed } from './feed.ts';
import { MailboxReader } from './mailbox-reader.ts';
import { isPulled } from './pulled.ts';

/** How often the feed looks whether an entry was put before those that it has read. */
const LOOK_AGAIN_MS = 250;

const nameOf = (entry: WaitingDelivery): string => `${entry.dueAt} ${deliveryName(entry)}`;

/**
 * Feeds a turn with the unordered entries of a mailbox, each once: first what is due, then what is pulled. An entry that was taken is
 * never fed again, even if it has left the mailbox: a read that began before may still return it.
 */
export class MailboxFeed implements Feed {
  readonly #taken = new Set<string>();
  readonly #due: MailboxReader;
  readonly #pulled: MailboxReader | null;
  #lookedAt = 0;

  constructor(mailbox: Pick<Mailbox, 'read'>, subscriptionId: string, pull: FlowState['pull'], now: number) {
    const isFree = (entry: WaitingDelivery) => !this.#taken.has(nameOf(entry));
    this.#due = new MailboxReader(mailbox, subscriptionId, isFree);
    this.#pulled =
      pull &&
      new MailboxReader(mailbox, subscriptionId, (entry) => isFree(entry) && isPulled(entry, pull), now);
  }

  /** A turn need not wait for an unordered delivery that falls due soon: the next turn sends it. */
  readonly isSoon = false;
  begin(): void {}

  lookAgain(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  async take(now: number): Promise<WaitingDelivery | null> {
    let entry = await this.#due.next(now);
    if (entry === null && now - this.#lookedAt >= LOOK_AGAIN_MS) {
      this.#lookedAt = now;
      this.#due.startOver();
      entry = await this.#due.next(now);
    }
    entry ??= (await this.#pulled?.next(null)) ?? null;
    if (entry !== null) this.#taken.add(nameOf(entry));
    return entry;
  }
}
