import * as z from 'zod';
import { ITEMS, type Item } from './prices.ts';

/**
 * Measured or estimated billable units, the input of a calculation. The format of a file is
 * `{"deliveries": 1000000, "counts": {"sqsRequests": 2300000, …}}`; items that are left out count as 0.
 */
export interface Counts {
  /** Number of deliveries that caused the counts; the total is also given per million deliveries. */
  readonly deliveries: number;
  readonly counts: Readonly<Partial<Record<Item, number>>>;
}

/** Size of the log lines that Lambda itself writes for an invocation: its start and its report. */
export const LAMBDA_LOG_BYTES = 600;

const quantity = z.number().min(0);

export const countsSchema = z.strictObject({
  deliveries: quantity,
  counts: z.strictObject(
    Object.fromEntries(ITEMS.map((item) => [item, quantity.optional()])) as Record<
      Item,
      z.ZodOptional<typeof quantity>
    >,
  ),
  /** Describes the origin of the counts. */
  note: z.string().optional(),
});

const SECONDS_PER_HOUR = 3600;

/**
 * Convert request units of the table to hours of provisioned capacity with this utilisation. One write capacity unit
 * serves one write per second; one read capacity unit serves one consistent read or two eventually consistent reads.
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

/** A quantity of a billable item and its reason. */
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
