import type { WaitingDelivery } from '../model/waiting-delivery.ts';
import type { AttemptWaiting } from './attempt-waiting.ts';

/** Feeds a turn with what is due in a mailbox. */
export interface Feed {
  /** Take the next delivery, or return null if there is none for now. */
  take(now: number): Promise<WaitingDelivery | null>;
  /** Look at once for what was put, when the next delivery is taken. */
  lookAgain(): void;
  /** Whether something falls due so soon that the turn should wait for it. */
  readonly isSoon: boolean;
  /** Note that an attempt of a delivery has begun. */
  begin(entry: WaitingDelivery, attempt: Pick<AttemptWaiting, 'concluded' | 'verdict'>): void;
}
