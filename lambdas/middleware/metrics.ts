import { Metrics as Emf } from '@aws-lambda-powertools/metrics';
import type { MetricUnit } from '@aws-lambda-powertools/metrics/types';
import { ENV, FAULTS, METRICS, METRICS_NAMESPACE, type MetricName } from '../../core/contract.ts';
import type { Metrics } from '../../core/ports/metrics.ts';
import { required } from '../environment.ts';

export interface FunctionMetrics extends Metrics {
  /** Write the invocation's metrics as one line of the log, if it has any, and faults by the version as another. */
  flush(): void;
}

/** The version of a function without an alias. */
const LATEST = '$LATEST';

const FAULT_NAMES = new Set<string>(Object.values(FAULTS));

const UNITS: Readonly<Record<MetricName, MetricUnit>> = Object.assign({}, ...Object.values(METRICS));

/**
 * Open the function's metrics in CloudWatch's embedded metric format, which CloudWatch reads from the log without a call. The
 * dimension `service` is the function's name, unless it counts as part of another service.
 */
export function openMetrics(service?: keyof typeof METRICS): FunctionMetrics {
  const open = (dimensions?: Readonly<Record<string, string>>) =>
    new Emf({
      ...(service !== undefined && { serviceName: service }),
      namespace: METRICS_NAMESPACE,
      defaultDimensions: { stage: required(ENV.stage), ...dimensions },
    });
  const emf = open();
  const version = process.env.AWS_LAMBDA_FUNCTION_VERSION ?? LATEST;
  const byVersion = version === LATEST ? undefined : open({ version });
  // Powertools would list each increment as a sample of its own.
  const counts = new Map<MetricName, number>();
  return {
    count(name, value = 1) {
      if (value !== 0) counts.set(name, (counts.get(name) ?? 0) + value);
    },
    measure: (name, value) => void emf.addMetric(name, UNITS[name], value),
    flush() {
      for (const [name, count] of counts) {
        emf.addMetric(name, UNITS[name], count);
        if (FAULT_NAMES.has(name)) byVersion?.addMetric(name, UNITS[name], count);
      }
      counts.clear();
      for (const each of [emf, byVersion]) if (each?.hasStoredMetrics()) each.publishStoredMetrics();
    },
  };
}
