import type { MetricName } from '../contract.ts';

/** Counts and samples without ids, which only the log has. */
export interface Metrics {
  /** Add to a count. Adding 0 changes nothing. */
  count(name: MetricName, value?: number): void;
  /** Add a sample in the metric's unit. */
  measure(name: MetricName, value: number): void;
}
