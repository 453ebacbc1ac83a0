import { toFlow } from '../../../../core/adapters/dynamodb/subscription-flow.ts';
import type { Flow } from '../../../../core/model/flow.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import type { World } from '../world.ts';

interface Row {
  /** The outages since the last success. */
  outages: number;
  /** When the breaker opened; null if it is closed. */
  openedAt: string | null;
  lastSuccessAt: number;
  /** The flow that this version has read last. */
  flow: Flow;
  /** Whether the item has a flow: then this version ignores what version 0.1 writes. */
  hasFlow: boolean;
}

export interface RememberedHealth {
  readonly isOpen: boolean;
  readonly isFailing: boolean;
}

/** The health that version 0.1 keeps on a subscription's item, and of which this version reads `openedAt` (see `toFlow`). */
export class EarlierHealth {
  readonly #stores: World['stores'];
  readonly #rows = new Map<string, Row>();

  constructor(stores: World['stores']) {
    this.#stores = stores;
  }

  /** Know a new subscription. */
  add({ id, flow }: Subscription): void {
    this.#rows.set(id, { outages: 0, openedAt: null, lastSuccessAt: 0, flow, hasFlow: false });
  }

  async get(project: string, id: string): Promise<RememberedHealth> {
    const { openedAt, outages } = await this.#row(project, id);
    return { isOpen: openedAt !== null, isFailing: outages > 0 };
  }

  /** Count outages. Return null if the endpoint has worked since. */
  async recordOutages(project: string, id: string, outages: number, at: number) {
    const row = await this.#row(project, id);
    if (row.lastSuccessAt >= at) return null;
    row.outages += outages;
    return { outages: row.outages, isOpen: row.openedAt !== null };
  }

  async recordSuccess(project: string, id: string, at: number): Promise<void> {
    const row = await this.#row(project, id);
    Object.assign(row, { outages: 0, lastSuccessAt: at });
    await this.#set(project, id, row, null);
  }

  /** Open the breaker. Return false if it was open. */
  async open(project: string, id: string, at: number): Promise<boolean> {
    const row = await this.#row(project, id);
    if (row.openedAt !== null) return false;
    await this.#set(project, id, row, new Date(at).toISOString());
    return true;
  }

  async close(project: string, id: string): Promise<void> {
    await this.#set(project, id, await this.#row(project, id), null);
  }

  async #row(project: string, id: string): Promise<Row> {
    const row = this.#rows.get(id);
    const subscription = await this.#stores.subscriptions.get(project, id);
    if (row === undefined || subscription === null) throw new Error(`There is no subscription ${id}.`);
    const { flow } = subscription;
    if (flow !== row.flow) {
      Object.assign(row, { flow, hasFlow: true });
      // This version removes it with the first flow that is not paused.
      if (flow.mode !== 'paused') Object.assign(row, { outages: 0, openedAt: null });
    }
    return row;
  }

  async #set(project: string, id: string, row: Row, openedAt: string | null): Promise<void> {
    row.openedAt = openedAt;
    if (row.hasFlow) return;
    const from = row.flow;
    row.flow = toFlow({ openedAt });
    await this.#stores.flows.setMode(project, id, from, row.flow);
  }
}
