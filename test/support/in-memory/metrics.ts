import type { MetricName } from '../../../core/contract.ts';
import type { FunctionMetrics } from '../../../lambdas/middleware/metrics.ts';

export const silentMetrics: FunctionMetrics = { count: () => {}, measure: () => {}, flush: () => {} };

/** Create metrics that keep the sum of each count and the samples of each measure. */
export function recordedMetrics() {
  const counts: Partial<Record<MetricName, number>> = {};
  const samples: Partial<Record<MetricName, number[]>> = {};
  const metrics: FunctionMetrics = {
    ...silentMetrics,
    count(name, value = 1) {
      if (value !== 0) counts[name] = (counts[name] ?? 0) + value;
    },
    measure(name, value) {
      samples[name] = [...(samples[name] ?? []), value];
    },
  };
  return { metrics, counts, samples };
}
