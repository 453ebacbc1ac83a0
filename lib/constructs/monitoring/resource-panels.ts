import { LANES } from '../../../core/contract.ts';
import { type Monitored, tableMetrics } from './monitored.ts';
import { FIVE_MINUTES, type Panel, panel } from './panel.ts';

export function queuePanels({ pipeline }: Monitored): Panel[] {
  const lanes = LANES.map((lane) => ({ label: lane, ...pipeline[lane] }));
  const maximum = { statistic: 'Maximum', ...FIVE_MINUTES };
  return [
    panel(
      'Age of the oldest message',
      lanes.map(({ label, queue }) => queue.metricApproximateAgeOfOldestMessage({ label, ...maximum })),
      's',
    ),
    panel(
      'Visible messages',
      lanes.map(({ label, queue }) => queue.metricApproximateNumberOfMessagesVisible({ label, ...maximum })),
    ),
    panel(
      'Delayed messages',
      lanes.map(({ label, queue }) => queue.metricApproximateNumberOfMessagesDelayed({ label, ...maximum })),
    ),
    panel(
      'Dead letters',
      lanes.map(({ label, deadLetterQueue }) =>
        deadLetterQueue.metricApproximateNumberOfMessagesVisible({ label, ...maximum }),
      ),
    ),
  ];
}

export function functionPanels({ pipeline }: Monitored): Panel[] {
  const { fanOut, deliver, pump, sweep } = pipeline;
  const functions = Object.entries({ 'fan-out': fanOut, deliver, pump, sweep });
  return [
    panel(
      'Crashes and throttles',
      functions.flatMap(([label, fn]) => [
        fn.metricErrors({ label: `${label} crashed`, ...FIVE_MINUTES }),
        fn.metricThrottles({ label: `${label} throttled`, ...FIVE_MINUTES }),
      ]),
    ),
    panel(
      'Concurrent executions',
      functions.map(([label, fn]) =>
        fn.metric('ConcurrentExecutions', { statistic: 'Maximum', label, ...FIVE_MINUTES }),
      ),
    ),
    panel(
      'Duration, p99',
      functions.map(([label, fn]) => fn.metricDuration({ statistic: 'p99', label, ...FIVE_MINUTES })),
      'ms',
    ),
  ];
}

export function apiPanels({ http: { api } }: Monitored): Panel[] {
  const summed = { statistic: 'Sum', ...FIVE_MINUTES };
  return [
    panel('Requests to the API', [
      api.metricCount({ label: 'all', ...summed }),
      api.metricClientError({ label: '4xx', ...summed }),
      api.metricServerError({ label: '5xx', ...summed }),
    ]),
    panel(
      'Latency of the API',
      ['p50', 'p99'].map((statistic) => api.metricLatency({ statistic, label: statistic, ...FIVE_MINUTES })),
      'ms',
    ),
  ];
}

export const tablePanels = ({ table }: Monitored): Panel[] => [
  panel('Throttled writes of the table', tableMetrics(table, 'WriteThrottleEvents', FIVE_MINUTES)),
];
