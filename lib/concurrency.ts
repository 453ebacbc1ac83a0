import { LANES } from '../core/contract.ts';
import type { LaneConfig, StageConfig } from './config.ts';

/**
 * Each provisioned poller invokes the function up to ten times at once:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const INVOCATIONS_OF_A_POLLER = 10;

/** Return how many of the account's concurrent executions each lane of a stage may take, and how many the stage reserves. */
export function concurrencyOf({ lanes, reservedConcurrency }: StageConfig) {
  const most = ({ maxConcurrency, pollers }: LaneConfig) =>
    maxConcurrency ?? INVOCATIONS_OF_A_POLLER * (pollers?.maximum ?? 0);
  return {
    lanes: Object.fromEntries(LANES.map((name) => [name, most(lanes[name])])),
    reserved: (reservedConcurrency.publish ?? 0) + (reservedConcurrency.authorize ?? 0),
  };
}
