import { OutOfTime } from '../model/out-of-time.ts';
import type { Subscription } from '../model/subscription.ts';
import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import { attemptWaiting, reportFault } from './attempt-waiting.ts';
import type { Feed } from './feed.ts';
import type { HeldLease } from './held-lease.ts';
import type { Pace } from './pace.ts';
import type { PumpInvocation } from './pump-invocation.ts';

/** How often a turn looks at the clock and for new entries while its requests are open. */
const LOOK_MS = 250;

export interface SendingOptions {
  readonly held: HeldLease;
  readonly pace: Pace;
  readonly feed: Feed;
  /** When no further request may begin, in milliseconds since the epoch. */
  readonly until: number;
  /** Return the subscription as it is, or null if nothing may be sent to it any more. */
  readonly load: () => Promise<Subscription | null | 'stop'>;
  /** Put more into the mailbox if there is more. Return whether it was worth looking. */
  readonly refill: () => Promise<boolean>;
  /** Return whether to stop as soon as nothing is due, although something may arrive while the last requests are open. */
  readonly isEarned: () => boolean;
}

/** Sends what is due in a mailbox, as fast as the pace allows. */
export class Sending {
  readonly #invocation: PumpInvocation;
  readonly #options: SendingOptions;
  readonly #running = new Set<Promise<void>>();
  #open = 0;
  #isOutOfTime = false;
  #onEnd = () => {};
  attempts = 0;
  /** Attempts that a fault of ours prevented. */
  faults = 0;

  constructor(invocation: PumpInvocation, options: SendingOptions) {
    this.#invocation = invocation;
    this.#options = options;
  }

  /**
   * Resolve when nothing is due, the time is up, or nothing may be sent. Return whether everything was sent that was due when
   * it last looked.
   */
  async run(): Promise<boolean> {
    try {
      return await this.#sendDue();
    } finally {
      // Also after a fault of ours: nobody else may send while a request is open.
      await this.#settle();
    }
  }

  async #sendDue(): Promise<boolean> {
    const { held, pace, feed, until, load, refill, isEarned } = this.#options;
    const { clock } = this.#invocation.ports;
    while (clock() < until && held.isValid && !this.#isOutOfTime) {
      if ((await load()) === 'stop') break;
      const waitMs = pace.waitMs(clock());
      if (this.#open >= pace.atOnce) await this.#nextEnd(until - clock());
      else if (waitMs > 0) await this.#nextEnd(Math.min(waitMs, until - clock()), false);
      else {
        const entry = await feed.take(clock());
        if (entry !== null) await this.#begin(entry);
        else if (await refill()) feed.lookAgain();
        else if ((this.#running.size > 0 || feed.isSoon) && !isEarned())
          await this.#nextEnd(Math.min(LOOK_MS, until - clock()));
        else return true;
      }
    }
    return false;
  }

  async #begin(entry: WaitingDelivery): Promise<void> {
    const { sockets, ports } = this.#invocation;
    await sockets.open();
    const { held, until } = this.#options;
    // Waiting for a socket may have taken the rest of the turn.
    if (!held.isValid || ports.clock() >= until) {
      sockets.close();
      return;
    }
    this.#open++;
    this.attempts++;
    this.#options.pace.begin(ports.clock());
    const running = this.#attempt(entry).finally(() => {
      this.#running.delete(running);
      this.#onEnd();
    });
    this.#running.add(running);
  }

  async #attempt(entry: WaitingDelivery): Promise<void> {
    const { sockets, ports } = this.#invocation;
    const attempt = attemptWaiting(this.#invocation, entry, this.#options.pace);
    const { request, concluded, verdict } = attempt;
    this.#options.feed.begin(entry, attempt);
    // The feed may have the next delivery of its ordering key now.
    void concluded.then(() => this.#onEnd());
    void request.then((result) => {
      this.#open--;
      sockets.close();
      if (result !== null) this.#options.pace.end(result, ports.clock());
      this.#onEnd();
    });
    try {
      await verdict;
    } catch (error) {
      // It stays in the mailbox, and is not taken again in this turn.
      if (error instanceof OutOfTime) {
        this.#isOutOfTime = true;
        return;
      }
      this.faults++;
      reportFault(this.#invocation, entry, error);
    }
  }

  /** Resolve when an attempt has ended (unless it does not matter), or after so many milliseconds. */
  #nextEnd(ms: number, endMatters = true): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, ms));
      if (endMatters)
        this.#onEnd = () => {
          clearTimeout(timer);
          resolve();
        };
    });
  }

  async #settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
