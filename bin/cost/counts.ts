import * as z from 'zod';
import { ITEMS, type Item } from './prices.ts';

/**
 * Billable units, measured or estimated: what a calculation is fed with, in a file `{"deliveries": 1000000, "counts":
 * {"sqsRequests": 2300000, …}}`. What is left out is 0.
 */
export interface Counts {
  /** What they are of: the total is told per million of these. */
  readonly deliveries: number;
  readonly counts: Readonly<Partial<Record<Item, number>>>;
}

const quantity = z.number().min(0);

export const countsSchema = z.strictObject({
  deliveries: quantity,
  counts: z.strictObject(
    Object.fromEntries(ITEMS.map((item) => [item, quantity.optional()])) as Record<
      Item,
      z.ZodOptional<typeof quantity>
    >,
  ),
  /** Whatever says where they come from. */
  note: z.string().optional(),
});

const SECONDS_PER_HOUR = 3600;

/**
 * Requests to the table as units that are paid for by the hour, of which this share is used: a write unit is one write a
 * second, a read unit one consistent read, or two that are not.
 */
export function provisioned(counts: Counts['counts'], used: number): Counts['counts'] {
  const { dynamodbWrites = 0, dynamodbReads = 0, ...others } = counts;
  const hours = (requests: number) => requests / SECONDS_PER_HOUR / used;
  return {
    ...others,
    dynamodbWriteCapacity: hours(dynamodbWrites),
    dynamodbReadCapacity: hours(dynamodbReads),
  };
}

/** So many units of an item, and what they are. */
export interface Line {
  readonly item: Item;
  readonly quantity: number;
  readonly why: string;
}

export function countsOf(lines: readonly Line[], deliveries: number): Counts {
  const counts: Partial<Record<Item, number>> = {};
  for (const { item, quantity } of lines) counts[item] = (counts[item] ?? 0) + quantity;
  return { deliveries, counts };
}
