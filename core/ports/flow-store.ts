import type { Flow } from '../model/flow.ts';
import type { FlowState } from '../model/flow-state.ts';

/** The flow item of a subscription. */
export interface FlowItem {
  readonly state: FlowState;
  /** When the pump has something to do, in milliseconds since the epoch; null if nothing waits. */
  readonly dueAt: number | null;
  /** When the lease of the pump that runs ends, in milliseconds since the epoch; null if none runs. */
  readonly leaseEnds: number | null;
}

/** What is known of an endpoint, and roughly how many deliveries wait for it. */
export interface FlowRecord extends Pick<FlowItem, 'state' | 'dueAt'> {
  readonly held: number;
}

/** A pump's hold on a mailbox: only its holder sends. */
export interface Lease {
  readonly project: string;
  readonly subscriptionId: string;
  /** Identifies the holder. */
  readonly holder: string;
}

/** Stores the flow items, and the modes on the subscriptions. */
export interface FlowStore {
  /** Return a subscription's flow item as it is now, or null if it has none. */
  get(subscriptionId: string): Promise<FlowItem | null>;
  /** Return the records of up to 100 different subscriptions, in their order; null for those without a flow item. */
  records(subscriptionIds: readonly string[]): Promise<(FlowRecord | null)[]>;
  /** Add to the number of deliveries that wait. Nothing is added for a subscription without a flow item. */
  addHeld(subscriptionId: string, by: number): Promise<void>;
  /**
   * Change a subscription's evidence and pace, again for each lost race. Return the new state; that of a subscription that is gone
   * is not stored, unless it has an item still.
   */
  change(
    project: string,
    subscriptionId: string,
    change: (state: FlowState) => FlowState,
  ): Promise<FlowState>;
  /** Change a subscription's mode. Return false if it is not in the mode `from` any more, or the subscription is gone. */
  setMode(project: string, subscriptionId: string, from: Flow, to: Flow): Promise<boolean>;
  /**
   * Make an idle pump due at a time, unless it is due before it. Return whether that was necessary. A pump that runs looks
   * once more before it is idle.
   *
   * @param called whether the caller sends the message, so that the sweeper need not for some time
   */
  wake(project: string, subscriptionId: string, at: number, called: boolean): Promise<boolean>;
  /**
   * Hold the mailbox until `leaseEnds`, if the pump is due by `until`, or the lease of one that has died is over. Return the
   * item as it was before, or null if it is not due or another pump runs. If nobody releases it, it is due again at `dueAt`.
   */
  take(
    lease: Lease,
    times: { readonly until: number; readonly leaseEnds: number; readonly dueAt: number },
  ): Promise<FlowItem | null>;
  /** Prolong a lease. Return false if it was lost. */
  renew(lease: Lease, leaseEnds: number): Promise<boolean>;
  /**
   * End a lease and make the pump due again, `called` as in {@link wake}. Return the state as it is then, or null if the lease
   * was lost.
   */
  release(lease: Lease, dueAt: number, called: boolean): Promise<FlowState | null>;
  /**
   * Make a pump that is due at exactly this time idle, unless someone has taken or woken it since.
   *
   * @param isEmpty whether it has found the mailbox empty, so that the number of deliveries that wait begins anew
   */
  idle(subscriptionId: string, dueAt: number, isEmpty?: boolean): Promise<void>;
  /** Remove the item of a subscription that is gone, under the same condition. */
  remove(subscriptionId: string, dueAt: number): Promise<void>;
}
