import { Color, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { FIVE_MINUTES, type Panel, panel } from './panel.ts';
import { stageMetrics } from './stage-metrics.ts';

/** Return graphs of traffic, success and latency. */
export function outcomePanels(stage: string): Panel[] {
  const measured = stageMetrics(stage);
  const succeeded = measured('deliver', 'AttemptsSucceeded', { label: 'succeeded', color: Color.GREEN });
  const failed = measured('deliver', 'AttemptsFailed', { label: 'failed', color: Color.RED });
  const latency = (statistic: string) =>
    measured('deliver', 'FirstAttemptLatency', { statistic, label: statistic });
  const duration = (statistic: string) =>
    measured('deliver', 'AttemptDuration', { statistic, label: statistic });
  return [
    panel('Events', [
      measured('fan-out', 'EventsAccepted', { label: 'accepted' }),
      measured('fan-out', 'EventsRepeated', { label: 'repeated' }),
      measured('fan-out', 'EventsSetAside', { label: 'dead-lettered', color: Color.RED }),
      measured('fan-out', 'DeliveriesCreated', { label: 'deliveries' }),
    ]),
    {
      ...panel('Attempts and success rate', [succeeded, failed]),
      stacked: true,
      right: [
        new MathExpression({
          expression: '100 * FILL(succeeded, 0) / (FILL(succeeded, 0) + FILL(failed, 0))',
          usingMetrics: { succeeded, failed },
          label: 'success rate, %',
          ...FIVE_MINUTES,
        }),
      ],
      rightYAxis: { min: 0, max: 100, showUnits: false },
    },
    panel('Latency from acceptance to the first response', ['p50', 'p90', 'p99'].map(latency), 'ms'),
    panel('Response time of endpoints', ['p50', 'p90', 'p99'].map(duration), 'ms'),
  ];
}

/** Return graphs of retries, failures, breakers and the sweeper. */
export function waitingPanels(stage: string): Panel[] {
  const measured = stageMetrics(stage);
  const opened = measured('deliver', 'BreakersOpened', { label: 'opened', color: Color.RED });
  const ended = measured('deliver', 'BreakersEnded', { label: 'ended', color: Color.GREEN });
  return [
    panel('Retries', [
      measured('deliver', 'RetriesQueued', { label: 'queued, up to 15 minutes' }),
      measured('deliver', 'RetriesParked', { label: 'parked in the table' }),
      measured('deliver', 'DeliveriesHeld', { label: 'held by a breaker' }),
    ]),
    panel('Failures', [
      measured('deliver', 'DeliveriesExhausted', { label: 'deliveries exhausted' }),
      measured('deliver', 'SubscriptionsDisabled', { label: 'subscriptions disabled', color: Color.RED }),
      measured('deliver', 'AttemptsUnrecorded', { label: 'attempts not recorded', color: Color.PURPLE }),
    ]),
    {
      ...panel('Breakers', [opened, ended]),
      right: [
        new MathExpression({
          expression: 'RUNNING_SUM(FILL(opened, 0) - FILL(ended, 0))',
          usingMetrics: { opened, ended },
          label: 'change in open breakers since the left edge',
          ...FIVE_MINUTES,
        }),
      ],
      rightYAxis: { showUnits: false },
    },
    {
      ...panel('Sweeper', [measured('sweep', 'DueWorkMoved', { label: 'moved' })]),
      right: [measured('sweep', 'DueWorkLag', { statistic: 'Maximum', label: 'lag, s', color: Color.RED })],
      rightYAxis: { min: 0, showUnits: false },
    },
  ];
}
