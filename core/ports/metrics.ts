import type { MetricName } from '../contract.ts';

/** Numbers of what is done. They have no ids: the log has those. */
export interface Metrics {
  /** Adds to a count; 0 changes nothing. */
  count(name: MetricName, value?: number): void;
  /** One sample, in the metric's unit. */
  measure(name: MetricName, value: number): void;
}
