import { cint, countOf, textOf } from './coerce.ts';
import {
  addMonths,
  CalendarDate,
  DateTime,
  dateText,
  formatByPattern,
  parseDateTime,
  strftime,
  TimeDelta,
  WEEKDAYS,
} from './dates.ts';
import { TemplateError } from './errors.ts';
import { roundFloat } from './numbers.ts';
import { truth } from './operators.ts';
import { SCAN } from './step-meter.ts';
import type { Arguments, Runtime, Value } from './values.ts';

type Function = (args: Arguments, runtime: Runtime) => Value;

const DATE = '%Y-%m-%d';
const TIME = '%H:%M:%S.%f';
const DATE_TIME = `${DATE} ${TIME}`;
/** The defaults of a Frappe site. */
const USER_DATE = 'yyyy-MM-dd';
const USER_TIME = 'HH:mm:ss';

/** The date functions of `frappe.utils.data`. */
export const dateUtils: readonly (readonly [string, Function])[] = [
  ['now', clock(DATE_TIME)],
  ['nowdate', clock(DATE)],
  ['today', clock(DATE)],
  ['nowtime', clock(TIME)],
  ['now_datetime', (args, { now }) => args.bind() && DateTime.at(now)],
  ['getdate', (args, runtime) => dateOf(args.bind('string_date', 'parse_day_first')[0], runtime)],
  ['get_datetime', (args, runtime) => dateTimeOf(args.bind('datetime_str')[0], runtime)],
  ['add_to_date', addToDate],
  ['add_days', (args, runtime) => addOnly('days', args, runtime)],
  ['add_months', (args, runtime) => addOnly('months', args, runtime)],
  ['add_years', (args, runtime) => addOnly('years', args, runtime)],
  ['date_diff', (args, runtime) => BigInt(difference(args, runtime, dateOf).days)],
  ['month_diff', monthDifference],
  ['time_diff', (args, runtime) => difference(args, runtime, dateTimeOf)],
  ['time_diff_in_seconds', (args, runtime) => difference(args, runtime, dateTimeOf).totalSeconds],
  [
    'time_diff_in_hours',
    (args, runtime) => roundFloat(difference(args, runtime, dateTimeOf).totalSeconds / 3600, 6),
  ],
  ['get_timestamp', (args, runtime) => required(args.bind('date')[0], args, runtime).days * 86_400],
  ['get_first_day', firstDay],
  ['get_last_day', (args, runtime) => lastDayOfMonth(required(args.bind('dt')[0], args, runtime), 0)],
  ['get_year_start', boundary((date) => CalendarDate.of(date.year, 1, 1))],
  ['get_year_ending', boundary((date) => CalendarDate.of(date.year, 12, 31))],
  [
    'get_quarter_start',
    boundary((date) => CalendarDate.of(date.year, date.month - ((date.month - 1) % 3), 1)),
  ],
  ['get_quarter_ending', boundary((date) => lastDayOfMonth(date, 2 - ((date.month - 1) % 3)))],
  // The default week of a Frappe site begins on Sunday.
  ['get_first_day_of_week', boundary((date) => new CalendarDate(date.days - ((date.weekday + 1) % 7)))],
  ['get_last_day_of_week', boundary((date) => new CalendarDate(date.days - ((date.weekday + 1) % 7) + 6))],
  [
    'get_weekday',
    (args, runtime) => WEEKDAYS[dateTimeOf(args.bind('datetime')[0], runtime)?.weekday ?? 0] ?? '',
  ],
  ['get_datetime_str', (args, runtime) => strftime(moment(args, runtime), DATE_TIME)],
  ['get_date_str', (args, runtime) => strftime(moment(args, runtime), DATE)],
  ['formatdate', formatDate],
  ['format_date', formatDate],
  ['format_datetime', (args, runtime) => formatted(args, runtime, `${USER_DATE} ${USER_TIME}`)],
  ['format_time', formatTime],
  ['global_date_format', (args, runtime) => globalFormat(required(args.bind('date')[0], args, runtime))],
];

function clock(pattern: string): Function {
  return (args, { now }) => {
    args.bind();
    return strftime(DateTime.at(now), pattern);
  };
}

/** Frappe's `get_datetime`. Return the current time for None, and null for texts such as 0001-01-01. */
function dateTimeOf(value: Value | undefined, { now }: Runtime): DateTime | null {
  if (value === undefined || value === null) return DateTime.at(now);
  if (value instanceof DateTime) return value;
  if (value instanceof CalendarDate) return new DateTime(value.days, 0);
  if (typeof value !== 'string') throw new TemplateError('a date must be a text or a date');
  if (value === '' || value.startsWith('0001-01-01') || value.startsWith('0000-00-00')) return null;
  const parsed = parseDateTime(value);
  if (parsed === null)
    throw new TemplateError(`${JSON.stringify(value.slice(0, 64))} is not a valid date string.`);
  return parsed;
}

function dateOf(value: Value | undefined, runtime: Runtime): CalendarDate | null {
  const at = dateTimeOf(value === undefined || !truth(value) ? null : value, runtime);
  return at && new CalendarDate(at.days);
}

function required(value: Value | undefined, args: Arguments, runtime: Runtime): CalendarDate {
  const date = dateOf(value, runtime);
  if (date === null) throw args.error('needs a date');
  return date;
}

/** Return the only argument of a function that formats a time. */
function moment(args: Arguments, runtime: Runtime): DateTime {
  const at = dateTimeOf(args.require('value')[0], runtime);
  if (at === null) throw args.error('needs a date');
  return at;
}

function difference(
  args: Arguments,
  runtime: Runtime,
  read: (value: Value | undefined, runtime: Runtime) => CalendarDate | null,
): TimeDelta {
  const [end, start] = args.require('string_ed_date', 'string_st_date').map((each) => read(each, runtime));
  if (!end || !start) throw args.error('needs two dates');
  const micros = (date: CalendarDate) => (date instanceof DateTime ? date.micros : 0);
  return new TimeDelta(end.days - start.days, micros(end) - micros(start));
}

function monthDifference(args: Arguments, runtime: Runtime): Value {
  const [end, start] = args
    .require('string_ed_date', 'string_st_date')
    .map((each) => required(each, args, runtime));
  if (!end || !start) throw args.error('needs two dates');
  return BigInt((end.year - start.year) * 12 + end.month - start.month + 1);
}

const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
type Amounts = Partial<Record<(typeof UNITS)[number], number>>;

function addToDate(args: Arguments, runtime: Runtime): Value {
  const [date, ...rest] = args.bind('date', ...UNITS, 'as_string', 'as_datetime');
  const amounts = Object.fromEntries(
    UNITS.map((unit, at) => [unit, countOf(rest[at] ?? 0n, unit)]),
  ) as Amounts;
  const [asString = false, asDateTime = false] = rest.slice(UNITS.length);
  return shifted(date ?? null, amounts, truth(asString), truth(asDateTime), runtime);
}

function addOnly(unit: 'days' | 'months' | 'years', args: Arguments, runtime: Runtime): Value {
  const [date, amount] = args.require('date', unit) as [Value, Value];
  return shifted(date, { [unit]: countOf(cint(amount), unit) }, false, false, runtime);
}

/** `frappe.utils.add_to_date`, which returns a text for a text and a date for a date. */
function shifted(
  date: Value,
  amounts: Amounts,
  asString: boolean,
  asDateTime: boolean,
  runtime: Runtime,
): Value {
  const from = dateTimeOf(date, runtime);
  if (from === null) throw new TemplateError('Please select a valid date');
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = amounts;
  const moved = new DateTime(
    addMonths(from.days, years * 12 + months) + weeks * 7 + days,
    from.micros + ((hours * 60 + minutes) * 60 + seconds) * 1_000_000,
  );
  const isText = typeof date === 'string';
  if (isText || asString) {
    const timed = asDateTime || hours !== 0 || (isText && date.includes(' '));
    return strftime(moved, timed ? DATE_TIME : DATE);
  }
  const plainDate = date instanceof CalendarDate && !(date instanceof DateTime);
  return plainDate && hours + minutes + seconds === 0 ? new CalendarDate(moved.days) : moved;
}

function firstDay(args: Arguments, runtime: Runtime): Value {
  const [dt, years = 0n, months = 0n, asText = false] = args.bind('dt', 'd_years', 'd_months', 'as_str');
  const date = required(dt, args, runtime);
  const first = new CalendarDate(date.days - date.day + 1);
  const moved = new CalendarDate(
    addMonths(first.days, countOf(years, 'd_years') * 12 + countOf(months, 'd_months')),
  );
  return truth(asText) ? dateText(moved) : moved;
}

function lastDayOfMonth(date: CalendarDate, later: number): CalendarDate {
  return new CalendarDate(addMonths(date.days - date.day + 1, later + 1) - 1);
}

function boundary(move: (date: CalendarDate) => CalendarDate): Function {
  return (args, runtime) => {
    const [dt, asText = false] = args.bind('dt', 'as_str');
    const date = move(required(dt, args, runtime));
    return truth(asText) ? dateText(date) : date;
  };
}

/** Format a date by a pattern, in which `mm` means months too. */
function formatDate(args: Arguments, runtime: Runtime): Value {
  const [value = '', pattern = USER_DATE] = args.bind('string_date', 'format_string', 'parse_day_first');
  if (!truth(value)) return '';
  const date = required(value, args, runtime);
  const text = pattern === null ? USER_DATE : textOf(pattern, 'format_string');
  return byPattern(date, text.replaceAll('mm', 'MM').replaceAll('Y', 'y'), runtime);
}

function formatted(args: Arguments, runtime: Runtime, standard: string): Value {
  const [value = null, pattern = null] = args.bind('value', 'format_string');
  if (!truth(value)) return value;
  const at = dateTimeOf(value, runtime);
  if (at === null) throw args.error('needs a date');
  return byPattern(at, pattern === null ? standard : textOf(pattern, 'format_string'), runtime);
}

function formatTime(args: Arguments, runtime: Runtime): Value {
  const [value = '', pattern = null] = args.bind('time_string', 'format_string');
  if (!truth(value)) return '';
  const time = typeof value === 'string' && /^\d{1,2}:/.test(value) ? `1970-01-01 ${value}` : value;
  const at = dateTimeOf(time, runtime);
  if (at === null) throw args.error('needs a time');
  return byPattern(at, pattern === null ? USER_TIME : textOf(pattern, 'format_string'), runtime);
}

function byPattern(date: CalendarDate, pattern: string, { meter }: Runtime): string {
  // A letter becomes at most nine characters.
  meter.spend(pattern.length * SCAN * 10);
  meter.text(pattern.length * 9);
  return formatByPattern(date, pattern);
}

const globalFormat = (date: CalendarDate) => formatByPattern(date, 'MMMM d, yyyy');
