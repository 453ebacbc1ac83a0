import { isDirect, type Subscription } from '../model/subscription.ts';

/** The requests that one invocation sends to an endpoint at once. */
export const AT_ONCE = 20;

interface Lane {
  running: number;
  /** Whether no further request may begin: the endpoint asked for fewer, or is slow. */
  isClosed: boolean;
  /** Callbacks that let a delivery go or send it away, the first first. */
  readonly waiting: Set<(goes: boolean) => void>;
}

/**
 * Lets deliveries to direct endpoints go, so many at once. A queue cannot take back what a worker already holds, so whatever
 * has not begun goes to the mailbox as soon as its endpoint turns out not to keep up.
 */
export class DirectLanes {
  readonly #lanes = new Map<string, Lane>();

  /** Wait for a turn. Return false if the delivery must go to the mailbox; otherwise call {@link leave} when it is made. */
  async enter(subscription: Subscription): Promise<boolean> {
    if (!isDirect(subscription)) return false;
    const lane = this.#laneOf(subscription.id);
    if (lane.isClosed) return false;
    if (lane.running < AT_ONCE) {
      lane.running++;
      return true;
    }
    return new Promise((resolve) => lane.waiting.add(resolve));
  }

  leave({ id }: Subscription): void {
    const lane = this.#laneOf(id);
    const [next] = lane.waiting;
    if (next === undefined) {
      lane.running--;
      return;
    }
    lane.waiting.delete(next);
    next(true);
  }

  /** Let nothing more go to an endpoint. */
  close({ id }: Subscription): void {
    const lane = this.#laneOf(id);
    lane.isClosed = true;
    for (const sendAway of lane.waiting) sendAway(false);
    lane.waiting.clear();
  }

  #laneOf(id: string): Lane {
    const lane = this.#lanes.get(id) ?? { running: 0, isClosed: false, waiting: new Set() };
    this.#lanes.set(id, lane);
    return lane;
  }
}
