import { type Alarm, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { INDEX } from '../../../core/contract.ts';
import type { StageConfig } from '../../config.ts';
import type { AncrageFunction } from '../ancrage-function.ts';
import type { HttpApi } from '../http-api.ts';
import type { Pipeline } from '../pipeline.ts';

/** The resources that alarms, dashboard and queries read from. */
export interface Monitored {
  readonly config: StageConfig;
  readonly pipeline: Pipeline;
  readonly table: ITable;
  readonly http: HttpApi;
  /** They end a canary. */
  readonly releaseAlarms: readonly Alarm[];
  /** All functions, including those of the pipeline. */
  readonly functions: readonly AncrageFunction[];
}

/** Return a metric for the table and for each of its indexes, because a table is as slow as its slowest index. */
export function tableMetrics(table: ITable, metricName: string, options: MetricOptions): Metric[] {
  const of = (label: string, dimensions: Record<string, string>) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: table.tableName, ...dimensions },
      statistic: 'Sum',
      label,
      ...options,
    });
  const indexes = Object.values(INDEX).map((name) => of(`index ${name}`, { GlobalSecondaryIndexName: name }));
  return [of('table', {}), ...indexes];
}
