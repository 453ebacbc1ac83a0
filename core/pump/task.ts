import type { Subscription } from '../model/subscription.ts';

/** What is done with a mailbox's deliveries. */
export type Task =
  | 'send'
  /** The endpoint does not work. */
  | 'probe'
  /** The owner has paused the subscription. */
  | 'wait'
  /** The subscription is disabled or gone: its deliveries end. */
  | 'end';

export function taskOf(subscription: Subscription | null): Task {
  if (subscription === null || !subscription.enabled) return 'end';
  if (subscription.paused) return 'wait';
  return subscription.flow.mode === 'paused' ? 'probe' : 'send';
}
