import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LANES } from '../../../core/contract.ts';
import type { AncrageFunction } from '../ancrage-function.ts';
import type { WorkQueue } from '../work-queue.ts';
import { type Monitored, tableMetrics } from './monitored.ts';
import { FIVE_MINUTES } from './panel.ts';
import { stageMetrics } from './stage-metrics.ts';

/** The metric and the threshold of an alarm. */
export type Watch = {
  /** A sentence that tells the operator on call what is wrong. */
  readonly description: string;
  readonly metric: IMetric;
  /** How many of the last periods must breach the threshold. @default the last one */
  readonly periods?: readonly [breaching: number, of: number];
} & (
  | { /** Missing data does not breach the threshold. */ readonly atLeast: number }
  | { /** Missing data breaches the threshold. */ readonly below: number }
);

const MINUTE = { period: Duration.minutes(1) };

/** Return every alarm, keyed by its name without the prefix `ancrage-<stage>-`. */
export function watchesOf(monitored: Monitored): Readonly<Record<string, Watch>> {
  return {
    ...Object.fromEntries(LANES.flatMap((lane) => ofQueue(lane, monitored.pipeline[lane]))),
    ...ofFunctions(monitored),
    ...ofSweeper(monitored),
    ...ofOutcomes(monitored),
    ...ofTableAndApi(monitored),
    ...ofSpending(monitored),
  };
}

/**
 * Events are fanned out and first attempts are made within seconds. What replays send may stay in its queue for 15
 * minutes and the call of a pump for two, because SQS counts the delay of a message towards its age. So long wait the events of a
 * project that publishes more than it may, in the internal queue.
 */
const OLDEST_SECONDS = { events: 300, internal: 1200, deliveries: 300, retries: 1800, pumps: 600 } as const;

const ofQueue = (lane: (typeof LANES)[number], { queue, deadLetterQueue }: WorkQueue): [string, Watch][] => [
  [
    `${lane}-queue-age`,
    {
      description: `Messages have waited in the ${lane} queue for more than ${OLDEST_SECONDS[lane] / 60} minutes.`,
      metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', ...MINUTE }),
      atLeast: OLDEST_SECONDS[lane],
      periods: [3, 3],
    },
  ],
  [
    `${lane}-dead-letters`,
    {
      description: `The dead-letter queue of the ${lane} queue contains messages.`,
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', ...MINUTE }),
      atLeast: 1,
    },
  ],
];

function ofFunctions({ config, pipeline }: Monitored): Record<string, Watch> {
  const { fanOut, deliver, pump, sweep } = pipeline;
  const measured = stageMetrics(config.stage);
  // Lambda counts an invocation as a success even if it reports all of its messages as failed.
  const errors = (fns: readonly AncrageFunction[], failed: IMetric) => {
    const crashed = fns.map((fn, n) => [`crashed${n}`, fn.metricErrors(MINUTE)]);
    return sum({ ...Object.fromEntries(crashed), failed }, 'Crashed invocations and failed messages');
  };
  const nearTimeout = (fn: AncrageFunction) => ({
    metric: fn.metricDuration({ statistic: 'p99', ...FIVE_MINUTES }),
    atLeast: 0.85 * (fn.timeout?.toMilliseconds() ?? 0),
    periods: [2, 3] as const,
  });
  return {
    'fan-out-errors': {
      description: 'Fan-out fails because of a fault in Ancrage or in an AWS service that it calls.',
      metric: errors([fanOut], measured('fan-out', 'MessagesFailed', MINUTE)),
      atLeast: 1,
      // A message that fails once is received again and usually succeeds.
      periods: [3, 5],
    },
    'deliver-errors': {
      description: 'Delivery fails because of a fault in Ancrage or in an AWS service that it calls.',
      metric: errors([deliver, pump], measured('deliver', 'MessagesFailed', MINUTE)),
      atLeast: 1,
      periods: [3, 5],
    },
    'fan-out-duration': {
      description: 'Invocations of fan-out take almost as long as its timeout.',
      ...nearTimeout(fanOut),
    },
    'deliver-duration': {
      description: 'Invocations of deliver take almost as long as its timeout.',
      ...nearTimeout(deliver),
    },
    'pump-duration': {
      description: 'Invocations of pump take almost as long as its timeout.',
      ...nearTimeout(pump),
    },
    'pipeline-throttles': {
      description: "Lambda throttles the functions of the pipeline: the account's concurrency is used up.",
      metric: sum(
        Object.fromEntries(
          Object.entries({ fanOut, deliver, pump, sweep }).map(([name, fn]) => [
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
      description:
        'No sweep has completed for five minutes: retries after more than two minutes, probes and replays are stopped.',
      metric: measured('sweep', 'SweepsCompleted', MINUTE),
      below: 1,
      periods: [5, 5],
    },
    'sweeper-behind': {
      description: 'The sweeper calls pumps and moves replays more than ten minutes late.',
      metric: measured('sweep', 'DueWorkLag', { statistic: 'Maximum', ...MINUTE }),
      atLeast: 600,
      periods: [3, 5],
    },
  };
}

/** With fewer attempts in five minutes, most may fail by chance. */
const MIN_ATTEMPTS = 20;

function ofOutcomes({ config }: Monitored): Record<string, Watch> {
  const measured = stageMetrics(config.stage);
  return {
    'most-attempts-fail': {
      description: 'More than 80 % of all attempts fail: the connection to the internet may be broken.',
      metric: new MathExpression({
        expression: `IF(FILL(failed, 0) + FILL(succeeded, 0) >= ${MIN_ATTEMPTS}, 100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0)), 0)`,
        usingMetrics: {
          failed: measured('deliver', 'AttemptsFailed'),
          succeeded: measured('deliver', 'AttemptsSucceeded'),
        },
        label: 'Failed attempts, %',
        ...FIVE_MINUTES,
      }),
      atLeast: 80,
      periods: [3, 3],
    },
    'attempts-unrecorded': {
      description: 'Attempts were made that could not be written to the request log.',
      metric: measured('deliver', 'AttemptsUnrecorded'),
      atLeast: 1,
    },
    'projects-over-rate': {
      description:
        'For 15 minutes, a project has published more than it may: its events are refused or wait.',
      metric: new MathExpression({
        expression: 'FILL(refused, 0) + FILL(held, 0)',
        usingMetrics: {
          refused: measured('publish', 'EventsRefused'),
          held: measured('fan-out', 'EventsHeldBack'),
        },
        label: 'Events beyond the publishing rate',
        ...FIVE_MINUTES,
      }),
      atLeast: 1,
      periods: [3, 3],
    },
  };
}

/** What a million attempts cost, in US dollars, rounded up from the usual scenarios of `docs/cost.md`. */
const MILLION_ATTEMPTS = 3;

/** AWS's budgets learn of costs a day late, and this alarm within hours: a loop, or a publisher that sends too much. */
function ofSpending({ config: { stage, monthlyBudget } }: Monitored): Record<string, Watch> {
  if (monthlyBudget === undefined) return {};
  const measured = stageMetrics(stage);
  const period = { period: Duration.hours(6) };
  const ofADay = monthlyBudget / 30;
  return {
    spend: {
      description: `Attempts of six hours cost about what the monthly budget of $${monthlyBudget} allows for a day.`,
      metric: sum(
        {
          failed: measured('deliver', 'AttemptsFailed', period),
          succeeded: measured('deliver', 'AttemptsSucceeded', period),
        },
        'Attempts',
      ),
      atLeast: Math.round((ofADay / MILLION_ATTEMPTS) * 1_000_000),
    },
  };
}

const ofTableAndApi = ({ table, http }: Monitored): Record<string, Watch> => ({
  'table-throttles': {
    description: 'DynamoDB throttles reads from or writes to the table.',
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
    // The SDK retries throttled requests, so a few do no harm.
    atLeast: 50,
    periods: [2, 3],
  },
  'api-errors': {
    description: 'The API responds with 5xx.',
    metric: http.api.metricServerError({ statistic: 'Sum', ...FIVE_MINUTES }),
    atLeast: 5,
  },
});

/** Add metrics that have the same period; a metric without data counts as zero. */
export function sum(usingMetrics: Readonly<Record<string, IMetric>>, label: string): MathExpression {
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
