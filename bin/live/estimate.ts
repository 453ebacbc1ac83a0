import { billOf } from '../cost/bill.ts';
import { countsOf } from '../cost/counts.ts';
import { idleLines } from '../cost/idle.ts';
import { HOURS_PER_MONTH, REGIONS, type Region } from '../cost/prices.ts';
import { DEFAULT_SCENARIO, linesOf } from '../cost/scenario.ts';
import type { LiveOptions } from './options.ts';

/** A run takes an hour or two, mostly for CloudFront and for the restore. */
const HOURS = 2;
/** The key of the secrets, by the month: https://aws.amazon.com/kms/pricing/ */
const KEY_PER_MONTH = 1;

const isPriced = (region: string): region is Region => REGIONS.some((known) => known === region);

/** Estimate what a run costs, in US dollars at list prices. Regions without prices of their own count as us-east-1. */
export function estimate({
  region,
  secondRegion,
  events,
}: Pick<LiveOptions, 'region' | 'secondRegion' | 'events'>) {
  const hourly = (where: Region) =>
    (billOf(countsOf(idleLines({ monitoring: true }), 0), where).total + KEY_PER_MONTH) / HOURS_PER_MONTH;
  const priced = [region, ...(secondRegion === undefined ? [] : [secondRegion])].map((where) =>
    isPriced(where) ? where : 'us-east-1',
  );
  const idle = priced.reduce((sum, where) => sum + HOURS * hourly(where), 0);
  // Each delivery publishes another event, which nobody gets.
  const lines = linesOf({ ...DEFAULT_SCENARIO, events: 4 * events });
  const traffic = billOf(countsOf(lines, 4 * events), priced[0] ?? 'us-east-1').total;
  return idle + traffic;
}
