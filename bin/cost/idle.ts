import { DUE_SHARDS } from '../../core/ports/due-work-store.ts';
import type { Line } from './counts.ts';
import { LAMBDA_LOG_BYTES } from './model.ts';
import { HOURS_PER_MONTH } from './prices.ts';

const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60;

const QUEUES = 3;
/**
 * Lambda goes down to two where it may, "however, this optimization is not available when you enable the maximum
 * concurrency setting": https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const POLLERS = 5;
const LONGEST_POLL_SECONDS = 20;

const SWEEP_GB = 0.25;
const SWEEP_SECONDS = 0.05;
/** An eventually consistent query of an index that finds nothing. */
const EMPTY_QUERY_UNITS = 0.5;
/** With the metric that says that a sweep was completed. */
const LOG_BYTES = LAMBDA_LOG_BYTES + 220;

/** One that looks at several metrics is paid for as so many: `test/infra/monitoring.test.ts` counts them. */
export const ALARM_METRICS = 25;

const MONITORING: readonly Line[] = [
  { item: 'alarms', quantity: ALARM_METRICS, why: 'metrics that alarms look at' },
  { item: 'dashboards', quantity: 1, why: 'the dashboard' },
];

/** What a stack costs in a month in which nobody uses it, with its alarms and dashboard or without. */
export function idleLines({ monitoring }: { readonly monitoring: boolean }): Line[] {
  const polls = (QUEUES * POLLERS * HOURS_PER_MONTH * 3600) / LONGEST_POLL_SECONDS;
  const logGb = (MINUTES_PER_MONTH * LOG_BYTES) / 1e9;
  return [
    {
      item: 'sqsRequests',
      quantity: polls,
      why: `${QUEUES} queues × ${POLLERS} pollers of Lambda, an empty receive each ${LONGEST_POLL_SECONDS} s`,
    },
    { item: 'lambdaRequests', quantity: MINUTES_PER_MONTH, why: 'the sweeper, each minute' },
    {
      item: 'lambdaGbSeconds',
      quantity: MINUTES_PER_MONTH * SWEEP_GB * SWEEP_SECONDS,
      why: `the sweeper: 256 MB, some ${SWEEP_SECONDS * 1000} ms (assumed)`,
    },
    {
      item: 'dynamodbReads',
      quantity: MINUTES_PER_MONTH * DUE_SHARDS * EMPTY_QUERY_UNITS,
      why: `the sweeper asks each of the due index's ${DUE_SHARDS} shards`,
    },
    {
      item: 'logsIngested',
      quantity: logGb,
      why: `${LOG_BYTES} bytes for each invocation, most of them Lambda's own`,
    },
    { item: 'logsStored', quantity: logGb, why: 'kept for a month' },
    {
      item: 'customMetrics',
      quantity: 1,
      why: 'the sweeper’s: the others are written where there is traffic alone',
    },
    ...(monitoring ? MONITORING : []),
  ];
}
