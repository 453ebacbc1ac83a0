import { cint, countOf, textOf, toFloat } from './coerce.ts';
import { fixedText, roundFloat } from './numbers.ts';
import { grouped } from './python-format.ts';
import { STEP } from './step-meter.ts';
import type { Arguments, Runtime, Value } from './values.ts';

/** The decimal point, the thousands separator and the number of decimals of each format. */
const FORMATS: ReadonlyMap<string, readonly [string, string, number]> = new Map([
  ['#,###.##', ['.', ',', 2]],
  ['#.###,##', [',', '.', 2]],
  ['# ###.##', ['.', ' ', 2]],
  ['# ###,##', [',', ' ', 2]],
  ["#'###.##", ['.', "'", 2]],
  ['#, ###.##', ['.', ', ', 2]],
  ['#,##,###.##', ['.', ',', 2]],
  ['#,###.###', ['.', ',', 3]],
  ['#.###', ['', '.', 0]],
  ['#,###', ['', ',', 0]],
  ['#.########', ['.', '', 8]],
]);

/** `frappe.utils.fmt_money`: format 1234567.891 as `1,234,567.89`. A currency shows its code, where Frappe shows its symbol. */
export function fmtMoney(args: Arguments, { meter }: Runtime): string {
  meter.spend(64 * STEP);
  const [amount = null, precision = null, currency = null, format = null] = args.bind(
    'amount',
    'precision',
    'currency',
    'format',
  );
  const name = format === null ? '#,###.##' : textOf(format, 'format');
  const [point, between, decimals] = FORMATS.get(name) ?? ['.', ',', 2];
  const asked = precision === null ? decimals : countOf(cint(precision), 'precision');
  const places = Math.min(Math.max(asked, 0), 20);
  const value = roundFloat(numberIn(amount), places);
  const [whole = '0', fraction = ''] = fixedText(Math.abs(value), places).split('.');
  const digits = name === '#,##,###.##' ? indian(whole) : grouped(whole, between);
  const text = digits + (places > 0 && point !== '' ? point + fraction : '');
  const signed = value < 0 && text !== '0' ? `-${text}` : text;
  return currency === null || currency === '' ? signed : `${textOf(currency, 'currency')} ${signed}`;
}

function numberIn(amount: Value): number {
  const value = toFloat(typeof amount === 'string' ? amount.replaceAll(',', '') : amount);
  return value !== undefined && Number.isFinite(value) ? value : 0;
}

/** Group digits as in 12,34,567: the last three, then pairs. */
function indian(whole: string): string {
  const head = whole.slice(0, -3);
  if (head === '') return whole;
  const pairs = head.length % 2 === 1 ? [head.slice(0, 1)] : [];
  for (let at = head.length % 2; at < head.length; at += 2) pairs.push(head.slice(at, at + 2));
  return `${pairs.join(',')},${whole.slice(-3)}`;
}
