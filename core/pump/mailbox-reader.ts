import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { type Mailbox, PART_NUMBERS } from '../ports/mailbox.ts';

const PER_READ = 50;

interface Part {
  readonly number: number;
  entries: WaitingDelivery[];
  /** Where the next read continues, see `MailboxRange.after`. */
  after: string | number | null;
  /** Whether the last read reached the end of what was due. */
  isRead: boolean;
}

/** Reads some of a mailbox's entries, in the order of their due times. */
export class MailboxReader {
  readonly #mailbox: Pick<Mailbox, 'read'>;
  readonly #subscriptionId: string;
  readonly #isWanted: (entry: WaitingDelivery) => boolean;
  #parts: Part[] = [];

  constructor(
    mailbox: Pick<Mailbox, 'read'>,
    subscriptionId: string,
    isWanted: (entry: WaitingDelivery) => boolean,
    after: number | null = null,
  ) {
    this.#mailbox = mailbox;
    this.#subscriptionId = subscriptionId;
    this.#isWanted = isWanted;
    this.startOver(after);
  }

  /** Read from a time on, exclusive, or from the beginning: an earlier entry may have been put meanwhile. */
  startOver(after: number | null = null): void {
    this.#parts = PART_NUMBERS.map((number) => ({
      number,
      entries: [],
      after,
      isRead: false,
    }));
  }

  /** Return the next entry that is due until a time; null stands for all. Return null if there is no further one. */
  async next(until: number | null): Promise<WaitingDelivery | null> {
    for (;;) {
      await Promise.all(this.#parts.map((part) => this.#fill(part, until)));
      const [first] = this.#parts
        .filter(({ entries }) => entries.length > 0)
        .sort((a, b) => (a.entries[0]?.dueAt ?? 0) - (b.entries[0]?.dueAt ?? 0));
      const entry = first?.entries.shift() ?? null;
      // Since it was read, another reader may have returned it.
      if (entry === null || this.#isWanted(entry)) return entry;
    }
  }

  async #fill(part: Part, until: number | null): Promise<void> {
    while (part.entries.length === 0 && !part.isRead) {
      const range = { after: part.after, until, limit: PER_READ };
      const page = await this.#mailbox.read(this.#subscriptionId, part.number, range);
      part.entries = page.items.filter(this.#isWanted);
      part.after = page.cursor ?? part.after;
      part.isRead = page.cursor === null;
    }
  }
}
