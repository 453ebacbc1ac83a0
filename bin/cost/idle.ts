import { LANES } from '../../core/contract.ts';
import { DUE_SHARDS } from '../../core/ports/due-work-store.ts';
import { LAMBDA_LOG_BYTES, type Line } from './counts.ts';
import { HOURS_PER_MONTH } from './prices.ts';

const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60;

const QUEUES = LANES.length;
/**
 * Lambda can reduce the pollers to two, "however, this optimization is not available when you enable the maximum
 * concurrency setting": https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const POLLERS = 5;
const LONGEST_POLL_SECONDS = 20;

const SWEEP_GB = 0.25;
const SWEEP_SECONDS = 0.05;
/** Read units of an eventually consistent query that finds nothing. */
const EMPTY_QUERY_UNITS = 0.5;
/** Includes the metric of completed sweeps. */
const LOG_BYTES = LAMBDA_LOG_BYTES + 220;

/**
 * AWS bills an alarm once for each metric that it watches. `test/infra/monitoring.test.ts` counts the metrics, those of the canary
 * included.
 */
export const ALARM_METRICS = 40;

const MONITORING: readonly Line[] = [
  { item: 'alarms', quantity: ALARM_METRICS, why: 'metrics that alarms watch' },
  { item: 'dashboards', quantity: 1, why: 'the dashboard' },
];

/** Return the billable quantities of a month without traffic, with or without alarms and dashboard. */
export function idleLines({ monitoring }: { readonly monitoring: boolean }): Line[] {
  const polls = (QUEUES * POLLERS * HOURS_PER_MONTH * 3600) / LONGEST_POLL_SECONDS;
  const logGb = (MINUTES_PER_MONTH * LOG_BYTES) / 1e9;
  return [
    {
      item: 'sqsRequests',
      quantity: polls,
      why: `${QUEUES} queues × ${POLLERS} Lambda pollers, one empty receive every ${LONGEST_POLL_SECONDS} s each`,
    },
    { item: 'lambdaRequests', quantity: MINUTES_PER_MONTH, why: 'the sweeper, every minute' },
    {
      item: 'lambdaGbSeconds',
      quantity: MINUTES_PER_MONTH * SWEEP_GB * SWEEP_SECONDS,
      why: `the sweeper: 256 MB, about ${SWEEP_SECONDS * 1000} ms (assumed)`,
    },
    {
      item: 'dynamodbReads',
      quantity: MINUTES_PER_MONTH * DUE_SHARDS * EMPTY_QUERY_UNITS,
      why: `the sweeper queries ${DUE_SHARDS} shards of the due index`,
    },
    {
      item: 'logsIngested',
      quantity: logGb,
      why: `${LOG_BYTES} bytes per invocation, mostly from Lambda itself`,
    },
    { item: 'logsStored', quantity: logGb, why: 'kept for a month' },
    {
      item: 'customMetrics',
      quantity: 1,
      why: 'the metric of the sweeper; the others are written only if there is traffic',
    },
    ...(monitoring ? MONITORING : []),
  ];
}
