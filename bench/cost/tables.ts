import { type Bill, billOf } from '../../bin/cost/bill.ts';
import { PRICES } from '../../bin/cost/prices.ts';
import { median, type Row, rounded } from '../bench.ts';
import type { Run } from './run.ts';
import { digestWrites, gbSeconds } from './units.ts';

export const REGION = 'us-east-1';
const MILLION = 1_000_000;
const DAYS_KEPT = 30;
const MONTHS_KEPT = DAYS_KEPT / (365 / 12);

/** Return the quantities and costs of the billed items per million deliveries. */
export function billRows({ counts: { deliveries } }: Run, bill: Bill): Row[] {
  const scale = MILLION / deliveries;
  const rows = bill.lines.map(({ item, quantity, cost, share }) => ({
    item: PRICES[item].name,
    quantity: significant(quantity * scale),
    unit: PRICES[item].unit,
    $: rounded(cost * scale, 3),
    '%': rounded(100 * share, 1),
  }));
  return [...rows, { item: 'total', $: rounded(bill.total * scale, 3), '%': 100 }];
}

/** Return the medians of an invocation of each function. */
export function functionRows({ counts: { deliveries }, invocations, usage }: Run): Row[] {
  const byName = Map.groupBy(invocations, ({ functionName }) => functionName);
  return [...byName].map(([name, all]) => {
    const middle = (figure: (each: (typeof all)[number]) => number) => rounded(median(all.map(figure)), 1);
    const calls = usage.tableCalls.filter(({ functionName }) => functionName === name);
    return {
      function: name,
      'invocations per million deliveries': Math.round((all.length * MILLION) / deliveries),
      messages: middle(({ messages }) => messages),
      'CPU ms': middle(({ cpuMs }) => cpuMs),
      'wait ms': middle(({ waitMs }) => waitMs),
      MB: all[0]?.memorySize ?? 0,
      'billed ms': middle(({ billedMs }) => billedMs),
      'GB-s': rounded(all.reduce((sum, each) => sum + gbSeconds(each), 0) / all.length, 4),
      'table requests': rounded(calls.length / all.length, 1),
      'log bytes': Math.round((usage.logBytes[name] ?? 0) / all.length),
    };
  });
}

/** Return the requests per delivery by queue. */
export function queueRows({ counts: { deliveries }, usage: { queueRequests } }: Run): Row[] {
  const kinds = Map.groupBy(queueRequests, ({ queue, action }) => `${queue} ${action}`);
  return [...kinds.values()].map((all) => {
    const sum = (fair: boolean) =>
      all.reduce((sum, { requests, isFair }) => sum + (fair && !isFair ? 0 : requests), 0);
    return {
      queue: all[0]?.queue ?? '',
      messages: all[0]?.action ?? '',
      'requests / delivery': rounded(sum(false) / deliveries, 3),
      'with a message group': rounded(sum(true) / deliveries, 3),
    };
  });
}

/** Return the consumed units per delivery by function and operation. */
export function tableRows({ counts: { deliveries }, usage: { tableCalls } }: Run): Row[] {
  const nameOf = ({ operation, isOfDigests }: (typeof tableCalls)[number]) =>
    isOfDigests ? `${operation}, digests` : operation;
  const kinds = Map.groupBy(tableCalls, (call) => `${call.functionName} ${nameOf(call)}`);
  return [...kinds.values()].map((all) => ({
    function: all[0]?.functionName ?? '',
    operation: all[0] === undefined ? '' : nameOf(all[0]),
    'calls / delivery': rounded(all.length / deliveries, 3),
    'write units / delivery': rounded(all.reduce((sum, { writes }) => sum + writes, 0) / deliveries, 3),
    'read units / delivery': rounded(all.reduce((sum, { reads }) => sum + reads, 0) / deliveries, 3),
  }));
}

/** Return what the list of a project's attempts adds to the bill. */
export function digestRow({ way, usage: { tableCalls }, counts: { deliveries } }: Run) {
  const dynamodbWrites = digestWrites(tableCalls);
  const { perMillionDeliveries } = billOf({ deliveries, counts: { dynamodbWrites } }, REGION);
  return {
    'published by': way,
    'write units / delivery': rounded(dynamodbWrites / deliveries, 3),
    '$ per million deliveries': rounded(perMillionDeliveries ?? 0, 4),
  };
}

/** Return the cost of storing the log, in US dollars per million deliveries. */
export function keptRow({ way, kept, counts: { deliveries } }: Run) {
  const months = (bytes: number) => (bytes / 1e9) * MONTHS_KEPT;
  const { perMillionDeliveries } = billOf(
    {
      deliveries,
      counts: { dynamodbStorage: months(kept.table + kept.indexes), dynamodbRecovery: months(kept.table) },
    },
    REGION,
  );
  return {
    'published by': way,
    'bytes in the table / delivery': Math.round(kept.table / deliveries),
    'bytes in indexes / delivery': Math.round(kept.indexes / deliveries),
    days: DAYS_KEPT,
    '$ per million deliveries': rounded(perMillionDeliveries ?? 0, 3),
  };
}

const significant = (value: number): number => Number(value.toPrecision(4));
