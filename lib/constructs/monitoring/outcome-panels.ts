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
      measured('fan-out', 'EventsHeldBack', { label: 'held back', color: Color.ORANGE }),
      measured('publish', 'EventsRefused', { label: 'refused beyond the rate', color: Color.PURPLE }),
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

/** Return graphs of retries, failures, modes of endpoints and the sweeper. */
export function waitingPanels(stage: string): Panel[] {
  const measured = stageMetrics(stage);
  return [
    panel('Mailboxes', [
      measured('deliver', 'RetriesScheduled', { label: 'retries scheduled' }),
      measured('deliver', 'DeliveriesHeld', { label: 'held for their endpoint' }),
      measured('deliver', 'OrderedDeliveriesLate', { label: 'late for their order' }),
    ]),
    panel('Failures', [
      measured('deliver', 'DeliveriesExhausted', { label: 'deliveries exhausted' }),
      measured('deliver', 'SubscriptionsDisabled', { label: 'subscriptions disabled', color: Color.RED }),
      measured('publish', 'RequestsFailed', { label: 'publish requests failed', color: Color.ORANGE }),
      measured('deliver', 'AttemptsUnrecorded', { label: 'attempts not recorded', color: Color.PURPLE }),
      measured('deliver', 'AttemptsUnlisted', { label: 'attempts not listed', color: Color.GREY }),
    ]),
    panel('Endpoints that became', [
      measured('deliver', 'EndpointsDirect', { label: 'direct', color: Color.GREEN }),
      measured('deliver', 'EndpointsPaced', { label: 'paced', color: Color.ORANGE }),
      measured('deliver', 'EndpointsPaused', { label: 'paused', color: Color.RED }),
      measured('deliver', 'ProbesFailed', { label: 'failed probes', color: Color.GREY }),
    ]),
    {
      ...panel('Sweeper', [measured('sweep', 'DueWorkMoved', { label: 'moved' })]),
      right: [measured('sweep', 'DueWorkLag', { statistic: 'Maximum', label: 'lag, s', color: Color.RED })],
      rightYAxis: { min: 0, showUnits: false },
    },
  ];
}
