import { ELEMENT, STEP } from '../step-meter.ts';
import { cint, countOf, floatOf, textOf, toFloat } from '../values/coerce.ts';
import { divmodFloat, fixedText, floatText, roundFloat } from '../values/numbers.ts';
import { truth } from '../values/operators.ts';
import { rounded } from '../values/rounding.ts';
import type { Arguments, Runtime, Value } from '../values/values.ts';

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

/** Return a format's decimal point, its thousands separator and its number of decimals. */
export const numberFormat = (name: string): readonly [string, string, number] =>
  FORMATS.get(name) ?? ['.', ',', 2];

/** The most decimals that are written. */
const MAX_PLACES = 20;

/**
 * `frappe.utils.fmt_money`: format 1234567.891 as `1,234,567.89`. A currency shows its code, where Frappe shows its symbol. More
 * than two decimals are written only if the amount has them.
 */
export function fmtMoney(args: Arguments, { meter }: Runtime): string {
  meter.spend(64 * STEP);
  const [given, asked = null, currency = null, format = null] = args.bind(
    'amount',
    'precision',
    'currency',
    'format',
  );
  if (given === undefined) throw args.error("needs the argument 'amount'");
  const name = truth(format) ? textOf(format, 'format') : '#,###.##';
  const [point, between, standard] = numberFormat(name);
  const precision = asked === null ? standard : countOf(cint(asked), 'precision');
  if (precision < 0 || precision > MAX_PLACES) throw args.error(`needs a precision of 0 to ${MAX_PLACES}`);
  if (typeof given === 'string') meter.spend(given.length * ELEMENT);
  const amount = amountOf(given, precision);
  const places = point === '' ? precision : placesOf(amount, precision, currency, standard);
  const written = fixedText(roundFloat(amount, places), places);
  const value = Number(written);
  const [, decimals = ''] = written.split('.');
  const [whole = '0'] = floatText(Math.abs(value)).split('.');
  const digits = inGroups(whole, name === '#,##,###.##' ? 2 : 3, between);
  const text = digits + (places > 0 && point !== '' ? point + decimals : '');
  const signed = value < 0 && text !== '0' ? `-${text}` : text;
  return truth(currency) ? `${textOf(currency, 'currency')} ${signed}` : signed;
}

function amountOf(given: Value, precision: number): number {
  if (given === null) return 0;
  if (typeof given !== 'string') return floatOf(given, 'amount');
  const parsed = toFloat(given.replaceAll(',', ''));
  return parsed === undefined || !Number.isFinite(parsed) ? 0 : Number(rounded(parsed, precision));
}

function placesOf(amount: number, precision: number, currency: Value, standard: number): number {
  if (precision <= 2) return precision;
  const [whole = '', decimals = whole] = floatText(roundFloat(divmodFloat(amount, 1)[1], precision)).split(
    '.',
  );
  if (decimals.length < 3) return truth(currency) ? 2 : standard;
  return Math.min(decimals.length, precision);
}

/** Group what is before the decimal point: the last three characters, then so many each time. An exponent is grouped too. */
function inGroups(whole: string, size: number, between: string): string {
  const groups = [whole.slice(-3)];
  for (let end = whole.length - 3; end > 0; end -= size)
    groups.unshift(whole.slice(Math.max(0, end - size), end));
  return groups.join(between);
}
