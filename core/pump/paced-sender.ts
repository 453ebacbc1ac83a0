import type { Clock } from '../kernel/clock.ts';
import { pause } from '../kernel/pause.ts';
import type { OutgoingRequest, SendResult } from '../model/send-result.ts';
import type { AboutRequest, Sender, Watch } from '../ports/sender.ts';
import type { Pace } from './pace.ts';

/**
 * Sends requests at the configured rate. What precedes a request, such as loading its event, takes longer for one than for the next,
 * so the rate is kept here once more.
 */
export class PacedSender implements Sender {
  readonly #sender: Sender;
  readonly #pace: Pace;
  readonly #clock: Clock;

  constructor(sender: Sender, pace: Pace, clock: Clock) {
    this.#sender = sender;
    this.#pace = pace;
    this.#clock = clock;
  }

  async send(request: OutgoingRequest, about: AboutRequest, watch?: Watch): Promise<SendResult> {
    for (let waitMs = this.#waitMs(); waitMs > 0; waitMs = this.#waitMs()) await pause(waitMs);
    this.#pace.send(this.#clock());
    return this.#sender.send(request, about, watch);
  }

  #waitMs(): number {
    return this.#pace.waitToSendMs(this.#clock());
  }
}
