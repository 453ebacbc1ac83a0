import type { WaitingDelivery, WaitingKey } from '../model/waiting-delivery.ts';
import type { Mailbox } from '../ports/mailbox.ts';

export interface MailboxWriterOptions {
  readonly mailbox: Pick<Mailbox, 'write'>;
  /** How long entries wait for others that can be written with them. */
  readonly gatherMs: number;
  /** What must be done before entries are removed. */
  readonly beforeRemoval?: () => Promise<void>;
  /** What must be done before entries are put, and again after it: wake their pumps. */
  readonly wake?: (entries: readonly WaitingDelivery[]) => Promise<void>;
}

interface Change {
  readonly put?: WaitingDelivery;
  readonly remove?: WaitingKey;
  readonly done: PromiseWithResolvers<void>;
}

/** DynamoDB writes so many items at once. */
const AT_ONCE = 25;

/** Gathers the changes of an invocation to mailboxes into few writes. A change resolves when it is in the table. */
export class MailboxWriter {
  readonly #options: MailboxWriterOptions;
  #waiting: Change[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: MailboxWriterOptions) {
    this.#options = options;
  }

  /** Put an entry, in the place of another if that is given: a reader sees hardly ever both, and never neither. */
  put(entry: WaitingDelivery, replaced: WaitingKey | null = null): Promise<void> {
    return this.#add({ put: entry, ...(replaced && { remove: replaced }), done: Promise.withResolvers() });
  }

  remove(key: WaitingKey): Promise<void> {
    return this.#add({ remove: key, done: Promise.withResolvers() });
  }

  /** Write what waits now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = this.#waiting;
    this.#waiting = [];
    // One after the other, so that a removal never overtakes what was put before it.
    if (changes.length > 0) this.#writing = this.#writing.then(() => this.#write(changes));
    return this.#writing;
  }

  #add(change: Change): Promise<void> {
    this.#waiting.push(change);
    if (this.#waiting.length >= AT_ONCE) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), this.#options.gatherMs);
    return change.done.promise;
  }

  async #write(changes: readonly Change[]): Promise<void> {
    const { mailbox, beforeRemoval, wake } = this.#options;
    try {
      const put = changes.flatMap((change) => change.put ?? []);
      const remove = changes.flatMap((change) => change.remove ?? []);
      if (remove.length > 0) await beforeRemoval?.();
      // Whoever dies after the write leaves nothing that nobody looks for; a pump that has looked already is woken again.
      if (put.length > 0) await wake?.(put);
      await mailbox.write(put, remove);
      if (put.length > 0) await wake?.(put);
      for (const { done } of changes) done.resolve();
    } catch (error) {
      for (const { done } of changes) done.reject(error);
    }
  }
}
