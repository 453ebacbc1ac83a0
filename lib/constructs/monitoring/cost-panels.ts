import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LANES } from '../../../core/contract.ts';
import type { AncrageFunction } from '../ancrage-function.ts';
import { type Monitored, tableMetrics } from './monitored.ts';
import { FIVE_MINUTES, type Panel, panel } from './panel.ts';

/** Return graphs of the quantities that AWS bills. */
export function costPanels({ pipeline, table }: Monitored): Panel[] {
  const { fanOut, deliver, pump, sweep } = pipeline;
  const functions: [string, AncrageFunction][] = Object.entries({ 'fan-out': fanOut, deliver, pump, sweep });
  const summed = { statistic: 'Sum', ...FIVE_MINUTES };
  return [
    panel(
      'Units written to the table and its indexes',
      tableMetrics(table, 'ConsumedWriteCapacityUnits', FIVE_MINUTES),
    ),
    panel('Units read', tableMetrics(table, 'ConsumedReadCapacityUnits', FIVE_MINUTES)),
    panel('Compute time of functions', functions.map(gigabyteSeconds), 'GB s'),
    panel(
      'Messages sent to the queues',
      LANES.map((lane) => pipeline[lane].queue.metricNumberOfMessagesSent({ label: lane, ...summed })),
    ),
    panel(
      'Logs written',
      functions.map(
        ([label, fn]) =>
          new Metric({
            namespace: 'AWS/Logs',
            metricName: 'IncomingBytes',
            dimensionsMap: { LogGroupName: fn.logGroup.logGroupName },
            label,
            ...summed,
          }),
      ),
      'bytes',
    ),
    panel(
      'Function invocations',
      functions.map(([label, fn]) => fn.metricInvocations({ label, ...FIVE_MINUTES })),
    ),
  ];
}

function gigabyteSeconds([label, fn]: [string, AncrageFunction], index: number): MathExpression {
  // All expressions of a graph share one namespace.
  const took = `took${index}`;
  return new MathExpression({
    // Durations are in milliseconds.
    expression: `${took} / 1000 * ${fn.memorySize / 1024}`,
    usingMetrics: { [took]: fn.metricDuration({ statistic: 'Sum', ...FIVE_MINUTES }) },
    label,
    ...FIVE_MINUTES,
  });
}
