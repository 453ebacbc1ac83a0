import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LANES } from '../../../core/contract.ts';
import type { AncrageFunction } from '../ancrage-function.ts';
import type { WorkQueue } from '../work-queue.ts';
import { type Monitored, tableMetrics } from './monitored.ts';
import { FIVE_MINUTES } from './panel.ts';
import { stageMetrics } from './stage-metrics.ts';

/** What an alarm looks at, and from where on it is wrong. */
export type Watch = {
  /** What is wrong, for whoever is woken by it: a sentence. */
  readonly says: string;
  readonly metric: IMetric;
  /** In how many of the last periods. @default in the last one */
  readonly periods?: readonly [wrong: number, of: number];
} & (
  | { /** Nothing measured is fine. */ readonly atLeast: number }
  | { /** Nothing measured is below it, too. */ readonly below: number }
);

const MINUTE = { period: Duration.minutes(1) };

/** Every alarm, by its name after `ancrage-<stage>-`. */
export function watchesOf(monitored: Monitored): Readonly<Record<string, Watch>> {
  return {
    ...Object.fromEntries(LANES.flatMap((lane) => ofQueue(lane, monitored.pipeline[lane]))),
    ...ofFunctions(monitored),
    ...ofSweeper(monitored),
    ...ofOutcomes(monitored),
    ...ofTableAndApi(monitored),
  };
}

/**
 * An event is fanned out, and a first attempt made, within seconds. A retry may lie in its queue for the 15 minutes that
 * SQS delays it, whose clock runs all the while.
 */
const OLDEST_SECONDS = { events: 300, deliveries: 300, retries: 1800 } as const;

const ofQueue = (lane: (typeof LANES)[number], { queue, deadLetterQueue }: WorkQueue): [string, Watch][] => [
  [
    `${lane}-queue-age`,
    {
      says: `Messages wait for more than ${OLDEST_SECONDS[lane] / 60} minutes in the ${lane} queue.`,
      metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', ...MINUTE }),
      atLeast: OLDEST_SECONDS[lane],
      periods: [3, 3],
    },
  ],
  [
    `${lane}-dead-letters`,
    {
      says: `Messages of the ${lane} queue were given up and lie in its dead-letter queue.`,
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', ...MINUTE }),
      atLeast: 1,
    },
  ],
];

function ofFunctions({ config, pipeline }: Monitored): Record<string, Watch> {
  const { fanOut, deliver, sweep } = pipeline;
  const measured = stageMetrics(config.stage);
  // A batch whose messages fail one by one is a success to Lambda.
  const errors = (fn: AncrageFunction, failed: IMetric) =>
    sum({ crashed: fn.metricErrors(MINUTE), failed }, 'Batches that crashed, messages that failed');
  const nearTimeout = (fn: AncrageFunction) => ({
    metric: fn.metricDuration({ statistic: 'p99', ...FIVE_MINUTES }),
    atLeast: 0.85 * (fn.timeout?.toMilliseconds() ?? 0),
    periods: [2, 3] as const,
  });
  return {
    'fan-out-errors': {
      says: 'Events cannot be fanned out for a fault of ours.',
      metric: errors(fanOut, measured('fan-out', 'MessagesFailed', MINUTE)),
      atLeast: 1,
      // One that fails once comes again, and is well.
      periods: [3, 5],
    },
    'deliver-errors': {
      says: 'Deliveries cannot be worked off for a fault of ours.',
      metric: errors(deliver, measured('deliver', 'MessagesFailed', MINUTE)),
      atLeast: 1,
      periods: [3, 5],
    },
    'fan-out-duration': { says: 'Fan-out is about to run into its timeout.', ...nearTimeout(fanOut) },
    'deliver-duration': { says: 'Deliver is about to run into its timeout.', ...nearTimeout(deliver) },
    'pipeline-throttles': {
      says: 'Lambda refuses to start the functions of the pipeline: the account’s concurrency is used up.',
      metric: sum(
        Object.fromEntries(
          Object.entries({ fanOut, deliver, sweep }).map(([name, fn]) => [
            name,
            fn.metricThrottles(FIVE_MINUTES),
          ]),
        ),
        'Throttled invocations',
      ),
      atLeast: 10,
      periods: [2, 3],
    },
  };
}

function ofSweeper({ config }: Monitored): Record<string, Watch> {
  const measured = stageMetrics(config.stage);
  return {
    'sweeper-late': {
      says: 'No sweep has been completed for five minutes: retries of more than 15 minutes, probes and replays stand still.',
      metric: measured('sweep', 'SweepsCompleted', MINUTE),
      below: 1,
      periods: [5, 5],
    },
    'sweeper-behind': {
      says: 'What is due in the table is sent on more than ten minutes late.',
      metric: measured('sweep', 'DueWorkLag', { statistic: 'Maximum', ...MINUTE }),
      atLeast: 600,
      periods: [3, 5],
    },
  };
}

/** So few attempts in five minutes may fail together by chance. */
const FEW_ATTEMPTS = 20;

function ofOutcomes({ config }: Monitored): Record<string, Watch> {
  const measured = stageMetrics(config.stage);
  return {
    'most-attempts-fail': {
      says: 'More than 80 % of all attempts fail, whatever the endpoint: the way out may be broken.',
      metric: new MathExpression({
        expression: `IF(FILL(failed, 0) + FILL(succeeded, 0) >= ${FEW_ATTEMPTS}, 100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0)), 0)`,
        usingMetrics: {
          failed: measured('deliver', 'AttemptsFailed'),
          succeeded: measured('deliver', 'AttemptsSucceeded'),
        },
        label: 'Attempts that failed, %',
        ...FIVE_MINUTES,
      }),
      atLeast: 80,
      periods: [3, 3],
    },
    'attempts-unrecorded': {
      says: 'Attempts were made that the request log does not show.',
      metric: measured('deliver', 'AttemptsUnrecorded'),
      atLeast: 1,
    },
  };
}

const ofTableAndApi = ({ table, http }: Monitored): Record<string, Watch> => ({
  'table-throttles': {
    says: 'DynamoDB refuses reads or writes of the table for their rate.',
    metric: sum(
      Object.fromEntries([
        ['reads', tableMetrics(table, 'ReadThrottleEvents', FIVE_MINUTES)[0] as IMetric],
        ...tableMetrics(table, 'WriteThrottleEvents', FIVE_MINUTES).map((metric, n) => [
          `writes${n}`,
          metric,
        ]),
      ]),
      'Throttled requests',
    ),
    // The SDK tries each again, so a few are nobody's loss.
    atLeast: 50,
    periods: [2, 3],
  },
  'api-errors': {
    says: 'The API answers with 5xx.',
    metric: http.api.metricServerError({ statistic: 'Sum', ...FIVE_MINUTES }),
    atLeast: 5,
  },
});

/** Of metrics of one period, each nothing where it has no value. */
function sum(usingMetrics: Readonly<Record<string, IMetric>>, label: string): MathExpression {
  const [first] = Object.values(usingMetrics);
  const expression = Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(' + ');
  return new MathExpression({
    expression,
    usingMetrics: { ...usingMetrics },
    label,
    period: Duration.seconds(first?.toMetricConfig().metricStat?.period.toSeconds() ?? 300),
  });
}
