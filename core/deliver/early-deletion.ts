import type { Receipts } from '../ports/receipts.ts';
import type { DeliverInvocation } from './invocation.ts';

/** Most invocations end before that, and Lambda deletes their messages without a request of ours. */
const EVERY_MS = 1000;

/**
 * Deletes the messages that are handled while others of their batch take longer. SQS counts a message as in flight for its
 * project until it is deleted, and a project with much in flight waits behind the others.
 */
export class EarlyDeletion {
  readonly #invocation: DeliverInvocation;
  readonly #receipts: Pick<Receipts, 'delete'>;
  #handled: string[] = [];
  #timer: ReturnType<typeof setTimeout>;
  #deleting: Promise<void> = Promise.resolve();
  #isEnded = false;

  constructor(invocation: DeliverInvocation, receipts: Pick<Receipts, 'delete'>) {
    this.#invocation = invocation;
    this.#receipts = receipts;
    this.#timer = this.#deleteSoon();
  }

  /** Note that a message is handled. */
  add(id: string): void {
    this.#handled.push(id);
  }

  /** Leave the rest to Lambda. Resolve when nothing is being deleted. */
  async end(): Promise<void> {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    await this.#deleting;
  }

  #deleteSoon(): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#deleting = this.#delete();
    }, EVERY_MS);
  }

  async #delete(): Promise<void> {
    const handled = this.#handled;
    this.#handled = [];
    if (handled.length > 0) {
      // The messages were attempted, and once they are deleted nothing else remembers that.
      await this.#invocation.recorder.flush();
      await this.#receipts.delete(handled);
    }
    if (!this.#isEnded) this.#timer = this.#deleteSoon();
  }
}
