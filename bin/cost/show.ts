import { type Row, table } from '../admin/print.ts';
import type { Bill } from './bill.ts';
import type { Line } from './counts.ts';
import { PRICES, type Region } from './prices.ts';

const dollars = (usd: number) => `$${usd.toFixed(usd !== 0 && Math.abs(usd) < 0.01 ? 4 : 2)}`;

const amount = (quantity: number) =>
  quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 100 ? 2 : 0 });

/** Format a bill as a table with quantity, unit price, cost and share of each item. */
export function billTable({ lines, total }: Bill, region: Region): string {
  const rows: Row[] = lines.map(({ item, quantity, cost, share }) => {
    const { name, unit, usd, per } = PRICES[item];
    return {
      item: name,
      quantity: amount(quantity),
      'unit price': `$${usd[region]} / ${per === 1 ? unit : `million ${unit}s`}`,
      cost: dollars(cost),
      share: `${(share * 100).toFixed(1)} %`,
    };
  });
  rows.push({ item: 'total', quantity: '', 'unit price': '', cost: dollars(total), share: '' });
  return rightAligned(rows, ['quantity', 'cost', 'share']);
}

/** Format the lines of an estimate as a table with the reason for each quantity. */
export const explanation = (lines: readonly Line[]): string =>
  table(
    ['item', 'quantity', 'why'],
    lines.map(({ item, quantity, why }) => ({ item: PRICES[item].name, quantity: amount(quantity), why })),
  );

/** Format the sources of the prices as a table, with the month in which each page confirmed its price. */
export const sources = (): string =>
  table(
    ['item', 'seen', 'page', 'AWS page'],
    Object.values(PRICES).map(({ name, seen, source }) => ({
      item: name,
      seen: seen?.month ?? 'not confirmed',
      page: seen?.page ?? null,
      'AWS page': source,
    })),
  );

export const comparison = (perMillion: number, eventBridge: number): string =>
  `per million deliveries: ${dollars(perMillion)}; EventBridge with API destinations: ${dollars(eventBridge)}, but without request log, signatures and retries after 24 hours.`;

function rightAligned(rows: readonly Row[], columns: readonly string[]): string {
  const width = (column: string) =>
    Math.max(column.length, ...rows.map((row) => String(row[column] ?? '').length));
  const padded = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        columns.includes(column) ? String(cell ?? '').padStart(width(column)) : cell,
      ]),
    ),
  );
  return table(Object.keys(rows[0] ?? {}), padded);
}
