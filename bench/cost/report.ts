import { type Bill, billOf, eventBridgePerMillion } from '../../bin/cost/bill.ts';
import { provisioned } from '../../bin/cost/counts.ts';
import { PRICES } from '../../bin/cost/prices.ts';
import { type Ratio, type Result, rounded } from '../bench.ts';
import { billedMs } from './billing.ts';
import type { Run } from './run.ts';
import { billRows, functionRows, keptRow, queueRows, REGION, tableRows } from './tables.ts';
import type { TlsCost } from './tls.ts';
import { gbSeconds } from './units.ts';
import type { Rounds } from './waits.ts';

/** What auto scaling aims at, and the load of the scenario is sustained. */
const USED = 0.7;

/** Bytes of a request with which EventBridge is $1.38, as the target has it. */
const TARGET_BYTES = 2000;

interface Priced extends Run {
  readonly bill: Bill;
  /** Dollars for a million deliveries. */
  readonly dollars: number;
  /** With provisioned capacity of which {@link USED} is used. */
  readonly provisionedDollars: number;
  readonly kept30Days: number;
  /** The same by EventBridge and API destinations, with as many bytes. */
  readonly eventBridge: number;
}

/** The first run is the one that the target is of. */
export function report(measured: readonly Run[], rounds: ReadonlyMap<string, Rounds>, tls: TlsCost): Result {
  const runs = measured.map(price);
  const [byQueue] = runs as [Priced, ...Priced[]];
  return {
    tables: [
      { title: 'Dollars for a million deliveries', rows: runs.map(comparisonRow) },
      ...runs.map((run) => ({
        title: `A million deliveries, published by ${run.way}`,
        rows: billRows(run, run.bill),
      })),
      { title: 'Kept, and not in the bill above', rows: runs.map(keptRow) },
      ...runs.map((run) => ({
        title: `An invocation, events published by ${run.way}: medians`,
        rows: functionRows(run),
      })),
      { title: 'What an invocation waits for, one after the other', rows: [...rounds].map(waitRow) },
      { title: `Requests to the queues, events published by ${byQueue.way}`, rows: queueRows(byQueue) },
      { title: `Units of the table, events published by ${byQueue.way}`, rows: tableRows(byQueue) },
      { title: 'What goes out', rows: runs.map((run) => egressRow(run, tls)) },
    ],
    ratios: [...runs.flatMap(pricesBeside), ...unitsOf(byQueue)],
    charts: [chart(byQueue)],
    files: Object.fromEntries(runs.map((run) => [run.way.toLowerCase(), { note: note(run), ...run.counts }])),
  };
}

function price(run: Run): Priced {
  const bill = billOf(run.counts, REGION);
  return {
    ...run,
    bill,
    dollars: bill.perMillionDeliveries ?? Number.NaN,
    provisionedDollars:
      billOf({ ...run.counts, counts: provisioned(run.counts.counts, USED) }, REGION).perMillionDeliveries ??
      Number.NaN,
    kept30Days: keptRow(run)['$ a million deliveries'],
    eventBridge: eventBridgePerMillion({ subscribers: 1, bytesOut: bytesOut(run) }, REGION),
  };
}

/** Of a delivery. */
const bytesOut = ({ counts: { counts, deliveries } }: Run): number =>
  ((counts.egress ?? 0) * 1e9) / deliveries;

function comparisonRow({ way, dollars, provisionedDollars, kept30Days, eventBridge }: Priced) {
  return {
    'published by': way,
    Ancrage: rounded(dollars, 3),
    'with provisioned capacity': rounded(provisionedDollars, 3),
    'with 30 days kept': rounded(dollars + kept30Days, 3),
    'EventBridge, the same bytes out': rounded(eventBridge, 3),
    'EventBridge, 2 KB out': rounded(targetDollars(), 3),
  };
}

const targetDollars = () => eventBridgePerMillion({ subscribers: 1, bytesOut: TARGET_BYTES }, REGION);

const waitRow = ([name, { calls, endpoint }]: readonly [string, Rounds]) => ({
  function: name,
  'calls of DynamoDB and SQS': rounded(calls),
  'the endpoint': rounded(endpoint),
});

function egressRow(run: Run, tls: TlsCost) {
  const { requests, connections, bytes } = run.usage.received;
  return {
    'published by': run.way,
    'bytes of a request': Math.round(bytes / requests),
    'connections / request': rounded(connections / requests),
    'bytes of TLS / connection': Math.round(tls.bytes),
    'bytes out / delivery': Math.round(bytesOut(run)),
  };
}

function pricesBeside({ way, dollars, provisionedDollars, kept30Days, eventBridge }: Priced): Ratio[] {
  const most = way === 'queue' ? { most: 1 } : {};
  const by = `events by ${way}`;
  return [
    {
      name: `Ancrage / EventBridge with API destinations at 2 KB, ${by}`,
      value: rounded(dollars / targetDollars()),
      ...most,
    },
    {
      name: `with provisioned capacity / EventBridge at 2 KB, ${by}`,
      value: rounded(provisionedDollars / targetDollars()),
      ...most,
    },
    { name: `Ancrage / EventBridge with as many bytes out, ${by}`, value: rounded(dollars / eventBridge) },
    {
      name: `the same with what Ancrage keeps for 30 days, ${by}`,
      value: rounded((dollars + kept30Days) / eventBridge),
    },
  ];
}

/** What the bill is made of, for a delivery. */
function unitsOf(run: Priced): Ratio[] {
  const { counts, deliveries } = run.counts;
  const each = (name: string, quantity = 0, decimals = 3): Ratio => ({
    name: `${name} / delivery`,
    value: rounded(quantity / deliveries, decimals),
  });
  return [
    each('write units', counts.dynamodbWrites),
    each('read units', counts.dynamodbReads),
    each('SQS requests', counts.sqsRequests),
    each('invocations', counts.lambdaRequests),
    each('log bytes', (counts.logsIngested ?? 0) * 1e9, 0),
    each('bytes out', (counts.egress ?? 0) * 1e9, 0),
    { name: 'share of the bill that rests on this processor', value: rounded(shareOfProcessor(run), 3) },
  ];
}

function shareOfProcessor({ bill, invocations }: Priced): number {
  const total = (all: typeof invocations) => all.reduce((sum, each) => sum + gbSeconds(each), 0);
  const waited = invocations.map((each) => ({ ...each, billedMs: billedMs({ ...each, cpuMs: 0 }) }));
  const time = bill.lines.find(({ item }) => item === 'lambdaGbSeconds')?.share ?? 0;
  return time * (1 - total(waited) / total(invocations));
}

function chart({ bill, counts: { deliveries }, way, eventBridge }: Priced) {
  const bars = bill.lines.map(({ item, cost }) => ({
    name: PRICES[item].name,
    value: (cost / deliveries) * 1e6,
  }));
  return {
    kind: 'bars',
    title: `Dollars for a million deliveries, events published by ${way}`,
    unit: '$',
    bars: [...bars, { name: 'EventBridge, all of it', value: eventBridge }],
  } as const;
}

const note = ({ way, counts }: Run) =>
  `${counts.deliveries} deliveries of 1 KB on a local stack, events published by ${way} (npm run bench -- cost)`;
