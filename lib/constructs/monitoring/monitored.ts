import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { INDEX } from '../../../core/contract.ts';
import type { StageConfig } from '../../config.ts';
import type { AncrageFunction } from '../ancrage-function.ts';
import type { HttpApi } from '../http-api.ts';
import type { Pipeline } from '../pipeline.ts';

/** What is watched. */
export interface Monitored {
  readonly config: StageConfig;
  readonly pipeline: Pipeline;
  readonly table: ITable;
  readonly http: HttpApi;
  /** All of them, the pipeline's among them. */
  readonly functions: readonly AncrageFunction[];
}

/** A metric of the table and of each of its indexes: a table waits for its slowest index. */
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
