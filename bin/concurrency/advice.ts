import * as z from 'zod';

/** How many of the account's concurrent executions each lane of a stage may take, and how many the stage reserves. */
export const needSchema = z.object({ lanes: z.record(z.string(), z.number()), reserved: z.number() });
export type Need = z.output<typeof needSchema>;

/** `AccountLimit` of Lambda's GetAccountSettings. */
export interface Quota {
  readonly concurrent: number;
  /** The part of it that no function of the account reserves; functions that are deployed count. */
  readonly unreserved: number;
}

export interface Advice {
  /** Whether Lambda would refuse to create the functions. */
  readonly isRefused: boolean;
  readonly text: string;
}

/** AWS refuses reservations that leave less: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const UNRESERVED = 100;
/** The API's functions, and other functions of the account, run beside the lanes. */
const BESIDE_LANES = 100;
/** Lambda accepts no smaller maximum concurrency of a queue. */
const SMALLEST_LANE = 2;

/** Compare a stage with the account's quota, and say what to set if it does not fit. */
export function adviceOn({ lanes, reserved }: Need, { concurrent, unreserved }: Quota): Advice {
  const all = Object.values(lanes).reduce((sum, lane) => sum + lane, 0);
  const given = `The account may have ${concurrent} concurrent executions of Lambda in this region`;
  if (reserved > 0 && reserved > concurrent - UNRESERVED)
    return {
      isRefused: true,
      text: `${given}, of which AWS keeps ${UNRESERVED} unreserved; the stage reserves ${reserved}. ${remedy(
        concurrent > UNRESERVED
          ? `lower "reservedConcurrency" to ${concurrent - UNRESERVED} in all`
          : 'remove "reservedConcurrency"',
        reserved + Math.max(UNRESERVED, all + BESIDE_LANES),
      )}`,
    };
  // `unreserved` lacks the stage's own reservations only if the stage is deployed already, which nobody can tell from it.
  const available = Math.min(concurrent - reserved, unreserved);
  if (all <= available)
    return { isRefused: false, text: `${given}, and the stage's lanes take up to ${all} of them.` };
  const enough = reserved + all + BESIDE_LANES + (concurrent - reserved - available);
  const smaller =
    available < SMALLEST_LANE * Object.keys(lanes).length
      ? undefined
      : `set "lanes": ${JSON.stringify(shrunk(lanes, available))}`;
  return {
    isRefused: false,
    text: `${given}, ${available} for the stage's lanes, which take up to ${all}: beyond that, Lambda throttles them and the API. ${remedy(smaller, enough)}`,
  };
}

/** Say how to change the stage, and to which quota. */
function remedy(change: string | undefined, quota: number): string {
  const raise = `raise the quota L-B99A9384 (Service Quotas → AWS Lambda → Concurrent executions) to at least ${quota}`;
  const text = change === undefined ? raise : `${change}, or ${raise}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Return lanes that take no more than this together, each in proportion. */
function shrunk(lanes: Need['lanes'], available: number): Record<string, { maxConcurrency: number }> {
  const entries = Object.entries(lanes);
  const smallest = SMALLEST_LANE * entries.length;
  const above = entries.reduce((sum, [, lane]) => sum + lane, 0) - smallest;
  return Object.fromEntries(
    entries.map(([name, lane]) => {
      const share = Math.floor(((available - smallest) * (lane - SMALLEST_LANE)) / above);
      return [name, { maxConcurrency: SMALLEST_LANE + share }];
    }),
  );
}
