import { withoutTags } from '../filters/text-filters.ts';
import { flt } from '../filters/value-filters.ts';
import { callables, Members } from '../globals.ts';
import { SCAN, STEP } from '../step-meter.ts';
import { cint, countOf, cstr, floatOf, payNumber, textOf, toFloat } from '../values/coerce.ts';
import { floatToInt, MAX_DIGITS } from '../values/numbers.ts';
import { arithmetic, numberOf } from '../values/operators.ts';
import { rounded } from '../values/rounding.ts';
import { escapeHtml } from '../values/text.ts';
import { Arguments, type Runtime, type Thing, type Value } from '../values/values.ts';
import { dateUtils } from './date-utils.ts';
import { fmtMoney } from './fmt-money.ts';
import { linkUtils } from './links.ts';
import { textUtils } from './text-utils.ts';

/** Charge a function for its work. */
function paid(call: (args: Arguments, runtime: Runtime) => Value): typeof call {
  return (args, runtime) => {
    runtime.meter.spend(16 * STEP);
    return call(args, runtime);
  };
}

/** The functions of `frappe.utils` that need no site. Times are in UTC and texts in English. */
export const utils: Thing = new Members(
  'utils',
  new Map<string, Value>([
    ['DATE_FORMAT', '%Y-%m-%d'],
    ['TIME_FORMAT', '%H:%M:%S.%f'],
    ['DATETIME_FORMAT', '%Y-%m-%d %H:%M:%S.%f'],
    ...callables([
      ...[...textUtils, ...linkUtils].map(([name, call]) => [name, paid(call)] as const),
      ...dateUtils.map(([name, call]) => [name, paid(call)] as const),
      ['flt', fltOf],
      ['cint', cintOf],
      ['cstr', (args, runtime) => cstr(first(args), runtime)],
      ['floor', (args, runtime) => whole(args, runtime, Math.floor)],
      ['ceil', (args, runtime) => whole(args, runtime, Math.ceil)],
      ['rounded', roundedOf],
      ['remainder', remainder],
      ['safe_div', safeDivision],
      ['fmt_money', fmtMoney],
      ['strip_html', stripHtml],
      [
        'escape_html',
        (args, runtime) =>
          changed(args, runtime, (text) =>
            escapeHtml(text).replaceAll('&#39;', '&apos;').replaceAll('&#34;', '&quot;'),
          ),
      ],
    ]),
  ]),
);

const first = (args: Arguments): Value => args.require('value')[0] as Value;

function fltOf(args: Arguments, runtime: Runtime): Value {
  const [value = null, precision = null, method = null] = args.bind('s', 'precision', 'rounding_method');
  return flt(value, new Arguments('flt', [precision, method]), runtime);
}

function cintOf(args: Arguments, { meter }: Runtime): Value {
  const [value = null, otherwise] = args.bind('s', 'default');
  payNumber(value, meter);
  return cint(value, otherwise);
}

function whole(args: Arguments, { meter }: Runtime, round: (value: number) => number): Value {
  const given = first(args);
  payNumber(given, meter);
  const float = toFloat(typeof given === 'string' ? given.replaceAll(',', '') : given);
  return float === undefined || !Number.isFinite(float) ? 0n : floatToInt(round(float));
}

function roundedOf(args: Arguments, { meter }: Runtime): Value {
  meter.spend(16 * STEP);
  const [value = null, precision = 0n, method = null] = args.bind('num', 'precision', 'rounding_method');
  const places = countOf(cint(precision), 'precision');
  const number = numberOf(value);
  if (typeof number === 'bigint' && places === 0 && method === null) return number;
  return rounded(floatOf(value, 'num'), places, method);
}

function remainder(args: Arguments, runtime: Runtime): Value {
  const { meter } = runtime;
  meter.spend(16 * STEP);
  const [numerator = null, denominator = null, precision = 2n] = args.bind(
    'numerator',
    'denominator',
    'precision',
  );
  const places = countOf(cint(precision), 'precision');
  if (places === 0)
    return flt(arithmetic('%', numerator, denominator, meter), new Arguments('flt', [0n]), runtime);
  const factor = 10n ** BigInt(Math.min(Math.max(places, 0), MAX_DIGITS));
  const [left, right] = [numerator, denominator].map((each) => arithmetic('*', each, factor, meter)) as [
    Value,
    Value,
  ];
  return flt(
    arithmetic('/', arithmetic('%', left, right, meter), factor, meter),
    new Arguments('flt', [precision]),
    runtime,
  );
}

/** Frappe's `safe_div`, which returns zero instead of raising a ZeroDivisionError. */
function safeDivision(args: Arguments, { meter }: Runtime): Value {
  meter.spend(16 * STEP);
  const [numerator = null, denominator = null, precision = 2n] = args.bind(
    'numerator',
    'denominator',
    'precision',
  );
  const by = floatOf(denominator, 'denominator');
  payNumber(numerator, meter);
  const quotient = by === 0 ? 0 : (toFloat(numerator) ?? floatOf(numerator, 'numerator')) / by;
  return rounded(quotient, countOf(cint(precision), 'precision'));
}

function stripHtml(args: Arguments, runtime: Runtime): Value {
  textOf(args.require('text')[0], 'text');
  return changed(args, runtime, withoutTags);
}

function changed(args: Arguments, { meter }: Runtime, change: (text: string) => string): Value {
  const value = first(args);
  if (typeof value !== 'string') return value;
  meter.spend(value.length * SCAN * 3);
  const text = change(textOf(value, 'value'));
  meter.text(text.length);
  return text;
}
