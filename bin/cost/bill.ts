import type { Counts } from './counts.ts';
import { EVENTBRIDGE_PRICES, ITEMS, type Item, PRICES, type Region } from './prices.ts';

interface BillLine {
  readonly item: Item;
  readonly quantity: number;
  /** In US dollars. */
  readonly cost: number;
  /** Share of the total, 0 to 1. */
  readonly share: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  readonly total: number;
  /** Null if there are no deliveries. */
  readonly perMillionDeliveries: number | null;
}

const MILLION = 1_000_000;

/** Return the cost of the counts at list prices, less the monthly free tier of an account if `freeTier` is true. */
export function billOf({ deliveries, counts }: Counts, region: Region, freeTier = false): Bill {
  const lines = ITEMS.flatMap((item) => {
    const quantity = counts[item] ?? 0;
    if (quantity === 0) return [];
    const { usd, per, free } = PRICES[item];
    const paid = Math.max(0, quantity - (freeTier ? free : 0));
    return [{ item, quantity, cost: (paid / per) * usd[region] }];
  });
  const total = lines.reduce((sum, { cost }) => sum + cost, 0);
  return {
    lines: lines.map((line) => ({ ...line, share: total === 0 ? 0 : line.cost / total })),
    total,
    perMillionDeliveries: deliveries === 0 ? null : (total / deliveries) * MILLION,
  };
}

const EVENTBRIDGE_CHUNK = 64 * 1024;
const GB = 1e9;

/**
 * Return the cost of a million deliveries with EventBridge and API destinations: one event on a custom bus per
 * `subscribers` deliveries and one API destination call per delivery, both billed by 64 KB, and data transfer out.
 */
export function eventBridgePerMillion(
  { subscribers, bytesOut }: { readonly subscribers: number; readonly bytesOut: number },
  region: Region,
): number {
  const { customEvents, apiDestinations } = EVENTBRIDGE_PRICES;
  const chunks = Math.ceil(bytesOut / EVENTBRIDGE_CHUNK);
  const egress = ((MILLION * bytesOut) / GB) * PRICES.egress.usd[region];
  return (customEvents * chunks) / subscribers + apiDestinations * chunks + egress;
}
