import type { Scenario } from '../scenario.ts';
import { BACKLOG_SCENARIOS } from './backlog.ts';
import { BUSY_PUMPS_SCENARIOS } from './busy-pumps.ts';
import { COST_SCENARIOS } from './cost.ts';
import { CRASHER_SCENARIOS } from './crasher.ts';
import { DUE_AT_ONCE_SCENARIOS } from './due-at-once.ts';
import { DUE_BEHIND_SCENARIOS } from './due-behind.ts';
import { HALF_FAILING_SCENARIOS } from './half-failing.ts';
import { OTHER_PROJECT_SCENARIOS } from './other-projects.ts';
import { OUTAGE_SCENARIOS } from './outage.ts';
import { OUTAGE_POISON_SCENARIOS } from './outage-poison.ts';
import { POISON_SCENARIOS } from './poison.ts';
import { RANDOM_FAILURE_SCENARIOS } from './random-failures.ts';
import { RATE_LIMIT_SCENARIOS } from './rate-limit.ts';
import { RECOVER_TOGETHER_SCENARIOS } from './recover-together.ts';
import { SLOW_NEIGHBOUR_SCENARIOS } from './slow-neighbours.ts';
import { STRICT_ORDER_SCENARIOS } from './strict-order.ts';
import { TABLE_FAULT_SCENARIOS } from './table-faults.ts';
import { TOO_MANY_REQUESTS_SCENARIOS } from './too-many-requests.ts';
import { VERSION_SCENARIOS } from './versions-side-by-side.ts';
import { WIDE_EVENT_SCENARIOS } from './wide-event.ts';

/** Every scenario, in the order of the acceptance table, and what a delivery costs. */
export const SCENARIOS: readonly Scenario[] = [
  ...POISON_SCENARIOS,
  ...RANDOM_FAILURE_SCENARIOS,
  ...HALF_FAILING_SCENARIOS,
  ...OUTAGE_SCENARIOS,
  ...OUTAGE_POISON_SCENARIOS,
  ...TOO_MANY_REQUESTS_SCENARIOS,
  ...SLOW_NEIGHBOUR_SCENARIOS,
  ...RATE_LIMIT_SCENARIOS,
  ...OTHER_PROJECT_SCENARIOS,
  ...BACKLOG_SCENARIOS,
  ...RECOVER_TOGETHER_SCENARIOS,
  ...DUE_AT_ONCE_SCENARIOS,
  ...DUE_BEHIND_SCENARIOS,
  ...BUSY_PUMPS_SCENARIOS,
  ...TABLE_FAULT_SCENARIOS,
  ...CRASHER_SCENARIOS,
  ...WIDE_EVENT_SCENARIOS,
  ...STRICT_ORDER_SCENARIOS,
  ...VERSION_SCENARIOS,
  ...COST_SCENARIOS,
];

/** The scenarios that the engine passes with every seed that was tried, the quick ones first. */
export const PASSED = {
  quick: [
    ...[
      'poison',
      'random-10-hourly',
      'random-30-hourly',
      'one-type-failing',
      'half-failing-1',
      'outage-short',
      'outage-minutes',
      'outage-poison',
    ],
    ...[
      'too-many-requests',
      'slow-neighbours',
      'rate-limit',
      'wide-event-dying',
      'wide-event-dying-late',
      'strict-order',
      'crasher',
      'due-behind',
      'versions-side-by-side',
      'cost',
    ],
  ],
  long: [
    ...['poison-day', 'random-1-hourly', 'random-5-hourly', 'one-type-failing-hourly', 'half-failing-10'],
    ...['busy-pumps', 'half-failing-20'],
    ...['outage-long', 'turning-slow', 'slow-endpoint', 'slow-project', 'hanging-broadcast', 'backlog'],
    ...['recover-together', 'due-at-once', 'due-at-once-lag', 'table-outage', 'table-throttled'],
    ...['wide-event'],
  ],
};

export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found === undefined)
    throw new Error(
      `There is no scenario "${name}". There are: ${SCENARIOS.map((one) => one.name).join(', ')}.`,
    );
  return found;
}
