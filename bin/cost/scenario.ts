import type { Line } from './counts.ts';
import { combine, type Used, usedBy } from './measured.ts';
import { ITEMS } from './prices.ts';

/** The traffic of which the cost is estimated. */
export interface Scenario {
  readonly events: number;
  /** Deliveries per event. */
  readonly subscribers: number;
  /** Size of the data of an event. */
  readonly payloadBytes: number;
  /** Events that come together, 1 to 10. */
  readonly batch: number;
  /** Share of attempts that fail, 0 to 1, independently of each other. */
  readonly failureRate: number;
  readonly via: 'https' | 'queue';
  /** Response time of hook URLs in milliseconds. */
  readonly endpointMs: number;
  /** Days for which events and attempts are kept. */
  readonly retentionDays: number;
  /** Utilisation of provisioned capacity, above 0 to 1; null: the table is on demand. */
  readonly provisioned: number | null;
}

export const DEFAULT_SCENARIO: Scenario = {
  events: 1_000_000,
  subscribers: 1,
  payloadBytes: 1024,
  batch: 10,
  failureRate: 0,
  via: 'https',
  endpointMs: 200,
  retentionDays: 30,
  provisioned: null,
};

/** Attempts after the first with the default schedule. */
const MOST_RETRIES = 9;
const DAYS_PER_MONTH = 365 / 12;
/** The kinds of events that were measured come together or alone, for one subscriber or for many. */
const TOGETHER = 10;
const MANY = 10;

/** Return the numbers of first attempts and retries with the default schedule. */
export function attemptsOf({ events, subscribers, failureRate }: Scenario) {
  const first = events * subscribers;
  const shares = Array.from({ length: MOST_RETRIES }, (_, index) => failureRate ** (index + 1));
  return { first, retries: first * shares.reduce((sum, share) => sum + share, 0) };
}

/** Return the billable quantities of a scenario, from what events of each kind were measured to use. */
export function linesOf(scenario: Scenario): Line[] {
  return partsOf(scenario).flatMap(({ why, used }) => {
    const quantities = priced(used, scenario);
    return ITEMS.flatMap((item) => {
      const quantity = quantities[item] ?? 0;
      return Math.abs(quantity) < 1e-9 ? [] : [{ item, quantity, why }];
    });
  });
}

interface Part {
  readonly why: string;
  readonly used: Used;
}

function partsOf(scenario: Scenario): Part[] {
  const { events, subscribers, payloadBytes, via, failureRate } = scenario;
  const of = (together: number, given: Partial<Parameters<typeof usedBy>[0]> = {}) =>
    usedBy({ via: 'queue', together, subscribers: 1, isRetried: false, ...given }, payloadBytes);
  /** What an invocation takes is shared by the events that come together, so the units follow the inverse of their number. */
  const mixed = (used: (together: number) => Used): Used => {
    const alone = (1 / scenario.batch - 1 / TOGETHER) / (1 - 1 / TOGETHER);
    return combine([alone, used(1)], [1 - alone, used(TOGETHER)]);
  };
  const difference = (one: Used, other: Used) => combine([1, one], [-1, other]);
  const { retries } = attemptsOf(scenario);
  return [
    { why: 'events with one delivery each, published to the queue', used: combine([events, mixed(of)]) },
    ...(via === 'https'
      ? [
          {
            why: 'the API’s part, if they are published over HTTPS',
            used: combine([events, mixed((n) => difference(of(n, { via }), of(n)))]),
          },
        ]
      : []),
    ...(subscribers > 1
      ? [
          {
            why: `deliveries to ${subscribers - 1} more subscribers`,
            used: combine([
              (events * (subscribers - 1)) / (MANY - 1),
              mixed((n) => difference(of(n, { subscribers: MANY }), of(n))),
            ]),
          },
        ]
      : []),
    ...(failureRate > 0
      ? [
          {
            why: 'retries, each in a turn of the pump of its own, and the failures before them',
            used: combine([retries, difference(of(1, { isRetried: true }), of(1))]),
          },
        ]
      : []),
  ];
}

/** Return quantities that have a price: with the time for which functions wait for endpoints, and the bytes that are kept. */
function priced(used: Used, { endpointMs, retentionDays }: Scenario): Used {
  const { endpointGb = 0, tableBytes = 0, indexBytes = 0, lambdaGbSeconds = 0, logsIngested = 0 } = used;
  const months = retentionDays / DAYS_PER_MONTH;
  return {
    ...used,
    lambdaGbSeconds: lambdaGbSeconds + (endpointGb * endpointMs) / 1000,
    logsStored: logsIngested,
    dynamodbStorage: ((tableBytes + indexBytes) / 1e9) * months,
    dynamodbRecovery: (tableBytes / 1e9) * months,
  };
}
