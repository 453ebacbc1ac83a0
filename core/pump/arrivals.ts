import { deliveryName, type WaitingDelivery } from '../model/waiting-delivery.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import { entriesOf } from './all-parts.ts';

/** A first attempt is due when its event was accepted, and arrives so long after that at most. */
const UNDER_WAY_MS = 60_000;
/** The newest of each part. If they are all new, it does not matter how many there are. */
const PER_PART = 50;

/** Tells what arrives in a mailbox from now on. A retry that falls due is no arrival. */
export class Arrivals {
  readonly #mailbox: Pick<Mailbox, 'read'>;
  readonly #subscriptionId: string;
  readonly #since: number;
  #known = new Set<string>();

  static async watch(mailbox: Pick<Mailbox, 'read'>, subscriptionId: string, now: number): Promise<Arrivals> {
    const arrivals = new Arrivals(mailbox, subscriptionId, now);
    arrivals.#known = new Set((await arrivals.#read(now)).map(deliveryName));
    return arrivals;
  }

  private constructor(mailbox: Pick<Mailbox, 'read'>, subscriptionId: string, now: number) {
    this.#mailbox = mailbox;
    this.#subscriptionId = subscriptionId;
    this.#since = now - UNDER_WAY_MS;
  }

  /** Return the newest of what has arrived since. */
  async until(now: number): Promise<WaitingDelivery[]> {
    return (await this.#read(now)).filter((entry) => !this.#known.has(deliveryName(entry)));
  }

  async #read(now: number): Promise<WaitingDelivery[]> {
    const range = { after: this.#since, until: now, limit: PER_PART, order: 'last due first' } as const;
    const entries = await entriesOf(this.#mailbox, this.#subscriptionId, range);
    return entries.filter(({ failedAt }) => failedAt === undefined);
  }
}
