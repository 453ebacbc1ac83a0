import type { FlowState } from '../model/flow-state.ts';
import type { FlowItem, FlowStore, Lease } from '../ports/flow-store.ts';
import type { PumpPorts } from './ports.ts';

/** Longer than any deadline of a request. */
const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 10_000;
/** A message may arrive a little early, by another machine's clock. */
const EARLY_MS = 1500;
/** When a mailbox that was not given back is due: the sweeper, which looks ahead two minutes, finds it when the lease ends. */
const ABANDONED_MS = LEASE_MS + 120_000;

/** A mailbox's lease while it is held. It renews itself, and says when it is lost. */
export class HeldLease {
  readonly item: FlowItem;
  readonly #flows: FlowStore;
  readonly #clock: PumpPorts['clock'];
  readonly #lease: Lease;
  #leaseEnds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  /** Take the lease, unless nothing is due or another pump has it. */
  static async take({ flows, clock }: PumpPorts, lease: Lease): Promise<HeldLease | null> {
    const now = clock();
    const leaseEnds = now + LEASE_MS;
    const item = await flows.take(lease, { until: now + EARLY_MS, leaseEnds, dueAt: now + ABANDONED_MS });
    return item && new HeldLease(flows, clock, lease, item, leaseEnds);
  }

  private constructor(
    flows: FlowStore,
    clock: PumpPorts['clock'],
    lease: Lease,
    item: FlowItem,
    leaseEnds: number,
  ) {
    this.#flows = flows;
    this.#clock = clock;
    this.#lease = lease;
    this.item = item;
    this.#leaseEnds = leaseEnds;
    this.#renewSoon();
  }

  /** Whether it is safe to send. */
  get isValid(): boolean {
    return this.#clock() < this.#leaseEnds - RENEW_EVERY_MS;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Give the mailbox back. Return the state that it has then, or null if the lease was lost. */
  release(dueAt: number, called: boolean): Promise<FlowState | null> {
    this.stop();
    return this.#flows.release(this.#lease, dueAt, called);
  }

  #renewSoon(): void {
    // A renewal may have been under way when it was stopped: nobody would ever end a lease that goes on.
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#renew(), RENEW_EVERY_MS);
  }

  async #renew(): Promise<void> {
    const leaseEnds = this.#clock() + LEASE_MS;
    try {
      if (!(await this.#flows.renew(this.#lease, leaseEnds))) {
        this.#leaseEnds = 0;
        return;
      }
      this.#leaseEnds = leaseEnds;
    } catch {
      // Tried again in ten seconds; without success it becomes invalid before it ends.
    }
    this.#renewSoon();
  }
}
