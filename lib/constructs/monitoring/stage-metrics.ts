import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { type METRICS, METRICS_NAMESPACE } from '../../../core/contract.ts';

type Service = keyof typeof METRICS;
type NameOf<Of extends Service> = keyof (typeof METRICS)[Of] & string;

/** Return a metric that a function of the stage writes; its statistic is the sum by default. */
export type StageMetric = <Of extends Service>(
  service: Of,
  name: NameOf<Of>,
  options?: MetricOptions,
) => Metric;

export function stageMetrics(stage: string): StageMetric {
  return (service, metricName, options) =>
    new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { service, stage },
      statistic: 'Sum',
      period: Duration.minutes(5),
      ...options,
    });
}
