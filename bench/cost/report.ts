import { type Bill, billOf, eventBridgePerMillion } from '../../bin/cost/bill.ts';
import { provisioned } from '../../bin/cost/counts.ts';
import { PRICES } from '../../bin/cost/prices.ts';
import { type Ratio, type Result, rounded } from '../bench.ts';
import { billedMs } from './billing.ts';
import type { Run } from './run.ts';
import { billRows, digestRow, functionRows, keptRow, queueRows, REGION, tableRows } from './tables.ts';
import type { TlsCost } from './tls.ts';
import { gbSeconds } from './units.ts';
import type { Rounds } from './waits.ts';

/** Target utilisation of auto scaling, which a sustained load reaches. */
const UTILISATION = 0.7;

/** Size of a request for which EventBridge costs $1.38, the target. */
const TARGET_BYTES = 2000;

interface Priced extends Run {
  readonly bill: Bill;
  /** US dollars per million deliveries. */
  readonly dollars: number;
  /** The same with provisioned capacity at {@link UTILISATION}. */
  readonly provisionedDollars: number;
  /** US dollars for storing the log of a million deliveries for 30 days. */
  readonly kept30Days: number;
  /** US dollars per million deliveries of the same size with EventBridge and API destinations. */
  readonly eventBridge: number;
}

/** Return the result of a bench. The target applies to the first run. */
export function report(measured: readonly Run[], rounds: ReadonlyMap<string, Rounds>, tls: TlsCost): Result {
  const runs = measured.map(price);
  const [byQueue] = runs as [Priced, ...Priced[]];
  return {
    tables: [
      { title: 'US dollars per million deliveries', rows: runs.map(comparisonRow) },
      ...runs.map((run) => ({
        title: `Bill per million deliveries, events published by ${run.way}`,
        rows: billRows(run, run.bill),
      })),
      { title: 'Digests of attempts, included in the bills above', rows: runs.map(digestRow) },
      { title: 'Storage, not included in the bill above', rows: runs.map(keptRow) },
      ...runs.map((run) => ({
        title: `Medians of an invocation, events published by ${run.way}`,
        rows: functionRows(run),
      })),
      { title: 'Sequential waits of an invocation', rows: [...rounds].map(waitRow) },
      { title: `Requests to the queues, events published by ${byQueue.way}`, rows: queueRows(byQueue) },
      { title: `Units of the table, events published by ${byQueue.way}`, rows: tableRows(byQueue) },
      { title: 'Data transfer out', rows: runs.map((run) => egressRow(run, tls)) },
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
      billOf({ ...run.counts, counts: provisioned(run.counts.counts, UTILISATION) }, REGION)
        .perMillionDeliveries ?? Number.NaN,
    kept30Days: keptRow(run)['$ per million deliveries'],
    eventBridge: eventBridgePerMillion({ subscribers: 1, bytesOut: bytesOut(run) }, REGION),
  };
}

/** Return the bytes that a delivery transfers out. */
const bytesOut = ({ counts: { counts, deliveries } }: Run): number =>
  ((counts.egress ?? 0) * 1e9) / deliveries;

function comparisonRow({ way, dollars, provisionedDollars, kept30Days, eventBridge }: Priced) {
  return {
    'published by': way,
    Ancrage: rounded(dollars, 3),
    'with provisioned capacity': rounded(provisionedDollars, 3),
    'with 30 days of storage': rounded(dollars + kept30Days, 3),
    'EventBridge, the same bytes out': rounded(eventBridge, 3),
    'EventBridge, 2 KB out': rounded(targetDollars(), 3),
  };
}

const targetDollars = () => eventBridgePerMillion({ subscribers: 1, bytesOut: TARGET_BYTES }, REGION);

const waitRow = ([name, { calls, endpoint }]: readonly [string, Rounds]) => ({
  function: name,
  'calls to DynamoDB and SQS': rounded(calls),
  'requests to the endpoint': rounded(endpoint),
});

function egressRow(run: Run, tls: TlsCost) {
  const { requests, connections, bytes } = run.usage.received;
  return {
    'published by': run.way,
    'bytes / request': Math.round(bytes / requests),
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
      name: `the same with 30 days of storage, ${by}`,
      value: rounded((dollars + kept30Days) / eventBridge),
    },
  ];
}

/** Return the units in the bill of one delivery. */
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
    { name: 'share of the bill that depends on this processor', value: rounded(shareOfProcessor(run), 3) },
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
    title: `US dollars per million deliveries, events published by ${way}`,
    unit: '$',
    bars: [...bars, { name: 'EventBridge, total', value: eventBridge }],
  } as const;
}

const note = ({ way, counts }: Run) =>
  `${counts.deliveries} deliveries of 1 KB on a local stack, events published by ${way} (npm run bench -- cost)`;
