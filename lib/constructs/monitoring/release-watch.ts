import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { FAULTS, METRICS_NAMESPACE } from '../../../core/contract.ts';
import type { AncrageFunction } from '../ancrage-function.ts';
import { sum, type Watch } from './watches.ts';

/**
 * Return the alarm that ends a canary. It watches only what the new version itself calls a fault of Ancrage, or dies of: not failed
 * attempts, which an endpoint can cause, nor dead letters, which a publisher can.
 */
export function releaseWatch(stage: string, fn: AncrageFunction, alias: Alias): Watch {
  const service = fn.service as keyof typeof FAULTS;
  const { version } = alias.version;
  const minutely = { statistic: 'Sum', period: Duration.minutes(1) };
  return {
    description: `The new version of ${service} fails because of a fault in Ancrage, so CodeDeploy goes back to the former one.`,
    metric: sum(
      {
        // Lambda writes it only while the alias has two versions:
        // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
        crashed: new Metric({
          namespace: 'AWS/Lambda',
          metricName: 'Errors',
          dimensionsMap: {
            FunctionName: fn.functionName,
            Resource: `${fn.functionName}:${alias.aliasName}`,
            ExecutedVersion: version,
          },
          ...minutely,
        }),
        failed: new Metric({
          namespace: METRICS_NAMESPACE,
          metricName: FAULTS[service],
          dimensionsMap: { service, stage, version },
          ...minutely,
        }),
      },
      'Crashed invocations and failures of the new version',
    ),
    atLeast: 1,
    // In two minutes of five: one that fails once may have met a fault of an AWS service.
    periods: [2, 5],
  };
}
