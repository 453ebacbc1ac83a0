import { TemplateError } from '../errors.ts';
import { strftime } from '../formats/strftime.ts';
import { STEP } from '../step-meter.ts';
import { cint, countOf, textOf } from '../values/coerce.ts';
import {
  addMonths,
  CalendarDate,
  DAY,
  DateTime,
  dateText,
  MONTHS,
  SECOND,
  TimeDelta,
  TimeOfDay,
  WEEKDAYS,
} from '../values/dates.ts';
import { floorDivide, moduloInt, roundFloat } from '../values/numbers.ts';
import { numberOf, truth } from '../values/operators.ts';
import { type Arguments, List, or, type Runtime, typeName, type Value } from '../values/values.ts';
import { MAX_LENGTH, parseDate } from './date-parser.ts';
import { formatByPattern } from './date-pattern.ts';
import { prettyDate } from './pretty-date.ts';

type Function = (args: Arguments, runtime: Runtime) => Value;

const DATE = '%Y-%m-%d';
const TIME = '%H:%M:%S.%f';
const DATE_TIME = `${DATE} ${TIME}`;
/** The defaults of a Frappe site. */
const USER_DATE = 'yyyy-mm-dd';
const USER_TIME = 'HH:mm:ss';

/** The date functions of `frappe.utils.data`. */
export const dateUtils: readonly (readonly [string, Function])[] = [
  ['now', clock(DATE_TIME)],
  ['nowdate', clock(DATE)],
  ['today', clock(DATE)],
  ['nowtime', clock(TIME)],
  ['now_datetime', (args, { now }) => args.bind() && DateTime.at(now)],
  ['getdate', getDate],
  ['get_datetime', (args, runtime) => getDateTime(args.bind('datetime_str')[0], runtime)],
  ['get_time', (args, runtime) => timeOf(args.require('time_str')[0] as Value, runtime)],
  ['to_timedelta', toTimeDelta],
  ['get_timedelta', getTimeDelta],
  ['add_to_date', addToDate],
  ['add_days', (args, runtime) => addOnly('days', args, runtime)],
  ['add_months', (args, runtime) => addOnly('months', args, runtime)],
  ['add_years', (args, runtime) => addOnly('years', args, runtime)],
  ['date_diff', dayDifference],
  ['days_diff', dayDifference],
  ['month_diff', monthDifference],
  ['time_diff', (args, runtime) => difference(args, runtime, dateTimeOf)],
  ['time_diff_in_seconds', (args, runtime) => difference(args, runtime, dateTimeOf).totalSeconds],
  [
    'time_diff_in_hours',
    (args, runtime) => roundFloat(difference(args, runtime, dateTimeOf).totalSeconds / 3600, 6),
  ],
  ['get_timestamp', (args, runtime) => required(args.require('date')[0], args, runtime).days * 86_400],
  ['get_eta', estimate],
  ['get_system_timezone', (args) => args.bind() && 'UTC'],
  ['get_first_day', firstDay],
  ['get_last_day', (args, runtime) => lastDayOfMonth(required(args.require('dt')[0], args, runtime), 0)],
  ['get_year_start', boundary(startOfYear)],
  ['get_year_ending', boundary(endOfYear)],
  ['get_quarter_start', boundary(startOfQuarter)],
  ['get_quarter_ending', boundary(endOfQuarter)],
  ['get_first_day_of_week', boundary(startOfWeek)],
  ['get_last_day_of_week', boundary(endOfWeek)],
  ['get_timespan_date_range', timespan],
  ['get_weekdays', (args) => args.bind() && new List([...WEEKDAYS])],
  ['get_weekday', (args, runtime) => WEEKDAYS[moment(args, runtime).weekday] ?? ''],
  ['get_month', (args, runtime) => MONTHS[moment(args, runtime).month - 1] ?? ''],
  ['get_datetime_str', (args, runtime) => strftime(given(args, runtime), DATE_TIME)],
  ['get_date_str', (args, runtime) => strftime(given(args, runtime), DATE)],
  ['get_time_str', timeString],
  ['get_user_date_format', (args) => args.bind() && USER_DATE],
  ['get_user_time_format', (args) => args.bind() && USER_TIME],
  ['is_invalid_date_string', (args) => isInvalid(args.require('date_string')[0] as Value)],
  ['formatdate', formatDate],
  ['format_date', formatDate],
  ['format_datetime', formatDateTime],
  ['format_time', formatTime],
  ['format_duration', formatDuration],
  ['global_date_format', globalDateFormat],
  ['pretty_date', pretty],
];

function clock(pattern: string): Function {
  return (args, { now }) => {
    args.bind();
    return strftime(DateTime.at(now), pattern);
  };
}

const isInvalid = (value: Value) =>
  typeof value !== 'string' ||
  value === '' ||
  value.startsWith('0001-01-01') ||
  value.startsWith('0000-00-00');

/** Pay for a text of any length, and read it as a date. */
function readDate(text: string, { meter, now }: Runtime, dayFirst = false): DateTime | null {
  meter.spend((32 + Math.min(text.length, MAX_LENGTH)) * STEP);
  return parseDate(text, now, dayFirst);
}

/** Parse a text. @throws TemplateError if it is no date */
function parsed(text: string, runtime: Runtime, dayFirst = false): DateTime {
  const found = readDate(text, runtime, dayFirst);
  if (found === null)
    throw new TemplateError(`${JSON.stringify(text.slice(0, 64))} is not a valid date string.`);
  return found;
}

/** Frappe's `get_datetime`. Return the current time for None, and null for texts such as 0001-01-01. */
function dateTimeOf(value: Value | undefined, runtime: Runtime, dayFirst = false): DateTime | null {
  if (value === undefined || value === null) return DateTime.at(runtime.now);
  if (value instanceof DateTime) return value;
  if (value instanceof CalendarDate) return new DateTime(value.days, 0);
  return isInvalid(value) ? null : parsed(value as string, runtime, dayFirst);
}

function getDateTime(value: Value | undefined, runtime: Runtime): Value {
  if (value instanceof List)
    throw new TemplateError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return value instanceof TimeDelta ? value : dateTimeOf(value, runtime);
}

function dateOf(value: Value | undefined, runtime: Runtime, dayFirst = false): CalendarDate | null {
  const at = dateTimeOf(value === undefined || !truth(value) ? null : value, runtime, dayFirst);
  return at && new CalendarDate(at.days);
}

function getDate(args: Arguments, runtime: Runtime): Value {
  const [value, dayFirst = false] = args.bind('string_date', 'parse_day_first');
  return dateOf(value, runtime, truth(dayFirst));
}

const DAYS_AND_TIME = /^(-?\d+) days?, (\d+):(\d+):(\d[.\d]*)/;
const HOURS = /^(\d+):(\d+):(\d[.\d]*)/;

/** Read a time span such as `1 day, 2:03:04` or `30:00:00`, which is no time of a day. */
function parseTimeDelta(text: string): TimeDelta | null {
  const [, days = '0', hours, minutes, seconds] =
    DAYS_AND_TIME.exec(text) ?? HOURS.exec(text)?.toSpliced(1, 0, '0') ?? [];
  if (hours === undefined) return null;
  const micros = Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND);
  return Number.isFinite(micros) ? new TimeDelta(Number(days), micros) : null;
}

/** Frappe's `get_time`. */
function timeOf(value: Value, runtime: Runtime): TimeOfDay {
  if (value instanceof TimeOfDay) return value;
  if (value instanceof DateTime) return value.time;
  if (value instanceof TimeDelta) return new TimeOfDay(value.micros);
  const text = textOf(value, 'a time');
  const found = readDate(text, runtime);
  if (found !== null) return found.time;
  const span = text.length > 64 ? null : parseTimeDelta(text);
  if (span === null) throw new TemplateError(`${JSON.stringify(text.slice(0, 64))} is not a valid time.`);
  return new TimeOfDay(span.micros);
}

function toTimeDelta(args: Arguments, runtime: Runtime): Value {
  const [value = null] = args.require('time_str');
  if (value instanceof TimeOfDay) return new TimeDelta(0, value.micros);
  return typeof value === 'string' ? new TimeDelta(0, parsed(value, runtime).micros) : value;
}

function getTimeDelta(args: Arguments, runtime: Runtime): Value {
  const [value = null] = args.bind('time');
  if (value instanceof TimeDelta) return value;
  const text = truth(value) ? value : '0:0:0';
  if (typeof text !== 'string' || text.length > 64) return null;
  const at = readDate(text, runtime);
  return at === null ? parseTimeDelta(text) : new TimeDelta(0, at.micros);
}

function timeString(args: Arguments, runtime: Runtime): string {
  const [value = null] = args.require('timedelta_obj');
  const span = typeof value === 'string' ? new TimeDelta(0, parsed(value, runtime).micros) : value;
  if (!(span instanceof TimeDelta)) throw args.error('needs a text or a time span');
  const { seconds } = span;
  return `${Math.floor(seconds / 3600)}:${Math.floor(seconds / 60) % 60}:${seconds % 60}`;
}

function required(value: Value | undefined, args: Arguments, runtime: Runtime): CalendarDate {
  const date = dateOf(value, runtime);
  if (date === null) throw args.error('needs a date');
  return date;
}

/** Return the only argument of a function as a time. @throws TemplateError for None and an empty text */
function given(args: Arguments, runtime: Runtime): DateTime {
  const [value = null] = args.require('value');
  const at = truth(value) ? dateTimeOf(value, runtime) : null;
  if (at === null) throw args.error('needs a date');
  return at;
}

/** Return the only argument of a function, or the current time. */
function moment(args: Arguments, runtime: Runtime): DateTime {
  const [value = null] = args.bind('value');
  const at = dateTimeOf(truth(value) ? value : null, runtime);
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
  const micros = (date: CalendarDate) =>
    date instanceof DateTime ? date.micros - (date.offset ?? 0) * SECOND : 0;
  return new TimeDelta(end.days - start.days, micros(end) - micros(start));
}

function dayDifference(args: Arguments, runtime: Runtime): Value {
  return BigInt(difference(args, runtime, (value) => dateOf(value, runtime)).days);
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
    UNITS.map((unit, at) => [
      unit,
      amountOf(
        or(rest[at], () => 0n),
        unit,
      ),
    ]),
  ) as Amounts;
  const [asString = false, asDateTime = false] = rest.slice(UNITS.length);
  return shifted(date ?? null, amounts, truth(asString), truth(asDateTime), runtime);
}

function addOnly(unit: 'days' | 'months' | 'years', args: Arguments, runtime: Runtime): Value {
  const [date, amount] = args.require('date', unit) as [Value, Value];
  return shifted(date, { [unit]: amountOf(amount, unit) }, false, false, runtime);
}

/** Parts of days are possible, parts of months are not. */
function amountOf(value: Value, unit: (typeof UNITS)[number]): number {
  const number = numberOf(value);
  if (typeof number !== 'number' || Number.isInteger(number))
    return countOf(typeof number === 'number' ? BigInt(number) : value, unit);
  if (unit === 'years' || unit === 'months' || !Number.isFinite(number))
    throw new TemplateError('Non-integer years and months are ambiguous and not currently supported.');
  return number;
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
  const timed = hours !== 0 || minutes !== 0 || seconds !== 0;
  // A date without a time takes whole days only.
  const plainDate = date instanceof CalendarDate && !(date instanceof DateTime) && !timed;
  // Whole days apart, because their microseconds may be too many to be exact.
  const wholeDays = Math.floor(days + weeks * 7);
  const span = (days + weeks * 7 - wholeDays) * DAY + ((hours * 60 + minutes) * 60 + seconds) * SECOND;
  const start = addMonths(from.days, years * 12 + months) + wholeDays;
  if (plainDate) {
    const moved = new CalendarDate(start + Math.floor(span / DAY));
    return asString ? strftime(moved, asDateTime ? DATE_TIME : DATE) : moved;
  }
  const moved = new DateTime(start, from.micros + Math.round(span), from.offset);
  if (typeof date !== 'string' && !asString) return moved;
  const withTime = asDateTime || hours !== 0 || (typeof date === 'string' && date.includes(' '));
  return strftime(moved, withTime ? DATE_TIME : DATE);
}

function firstDay(args: Arguments, runtime: Runtime): Value {
  const [dt, years = 0n, months = 0n, asText = false] = args.bind('dt', 'd_years', 'd_months', 'as_str');
  if (dt === undefined) throw args.error("needs the argument 'dt'");
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

function startOfYear({ year }: CalendarDate): CalendarDate {
  return CalendarDate.of(year, 1, 1);
}

function endOfYear({ year }: CalendarDate): CalendarDate {
  return CalendarDate.of(year, 12, 31);
}

function startOfQuarter({ year, month }: CalendarDate): CalendarDate {
  return CalendarDate.of(year, month - ((month - 1) % 3), 1);
}

function endOfQuarter(date: CalendarDate): CalendarDate {
  return lastDayOfMonth(date, 2 - ((date.month - 1) % 3));
}

/** The default week of a Frappe site begins on Sunday. */
function startOfWeek({ days, weekday }: CalendarDate): CalendarDate {
  return new CalendarDate(days - ((weekday + 1) % 7));
}

function endOfWeek(date: CalendarDate): CalendarDate {
  return new CalendarDate(startOfWeek(date).days + 6);
}

function boundary(move: (date: CalendarDate) => CalendarDate): Function {
  return (args, runtime) => {
    const [dt, asText = false] = args.bind('dt', 'as_str');
    if (dt === undefined) throw args.error("needs the argument 'dt'");
    const date = move(required(dt, args, runtime));
    return truth(asText) ? dateText(date) : date;
  };
}

type Move = (date: CalendarDate) => CalendarDate;

/** What `last week` and the like span: where they begin and end, and the days or months by which a step moves. */
const SPANS: ReadonlyMap<string, readonly [start: Move, end: Move, days: number, months: number]> = new Map<
  string,
  readonly [Move, Move, number, number]
>([
  ['week', [startOfWeek, endOfWeek, 7, 0]],
  ['month', [(date) => new CalendarDate(date.days - date.day + 1), (date) => lastDayOfMonth(date, 0), 0, 1]],
  ['quarter', [startOfQuarter, endOfQuarter, 0, 3]],
  ['year', [startOfYear, endOfYear, 0, 12]],
]);

/** Frappe's `get_timespan_date_range`. Return null for a timespan that it does not know. */
function timespan(args: Arguments, { now }: Runtime): List | null {
  const name = textOf(args.require('timespan')[0], 'timespan');
  const today = new CalendarDate(DateTime.at(now).days);
  const range = (from: CalendarDate, to: CalendarDate) => new List([from, to], { tuple: true });
  const later = (days: number, months = 0) => new CalendarDate(addMonths(today.days, months) + days);
  const single = ['yesterday', 'today', 'tomorrow'].indexOf(name);
  if (single >= 0) return range(later(single - 1), later(single - 1));
  if (name === 'last 6 months') return range(startOfQuarter(later(0, -6)), endOfQuarter(later(0, -3)));
  if (name === 'next 6 months') return range(startOfQuarter(later(0, 3)), endOfQuarter(later(0, 6)));
  const [, which = '', days, unit = ''] =
    /^(last|this|next) (?:(7|14|30|90) days|(week|month|quarter|year))$/.exec(name) ?? [];
  const step = which === 'last' ? -1 : which === 'next' ? 1 : 0;
  if (days !== undefined && step !== 0)
    return step < 0 ? range(later(-Number(days)), today) : range(today, later(Number(days)));
  const span = SPANS.get(unit);
  if (span === undefined) return null;
  const [start, end, byDays, byMonths] = span;
  const at = later(step * byDays, step * byMonths);
  return range(start(at), end(at));
}

function estimate(args: Arguments, runtime: Runtime): string {
  const [from, percent] = args.require('from_time', 'percent_complete') as [Value, Value];
  const start = dateTimeOf(from, runtime);
  const done = Number(numberOf(percent) ?? 0);
  if (start === null || done === 0) throw args.error('needs a time and a percentage above zero');
  const elapsed = DateTime.at(runtime.now).timestamp - start.timestamp;
  return dateText(new TimeDelta(0, Math.round(((100 - done) / done) * elapsed * SECOND)));
}

/** Format a date by a pattern, in which `mm` means months too. */
function formatDate(args: Arguments, runtime: Runtime): Value {
  const [value = '', format = null, dayFirst = false] = args.bind(
    'string_date',
    'format_string',
    'parse_day_first',
  );
  if (!truth(value)) return '';
  const date = dateOf(value, runtime, truth(dayFirst));
  if (date === null) throw args.error('needs a date');
  const pattern = truth(format) ? textOf(format, 'format_string') : USER_DATE;
  return byPattern(date, pattern.replaceAll('mm', 'MM').replaceAll('Y', 'y'), runtime);
}

function formatDateTime(args: Arguments, runtime: Runtime): Value {
  const [value, format = null] = args.bind('datetime_string', 'format_string');
  if (value === undefined) throw args.error("needs the argument 'datetime_string'");
  if (!truth(value)) return null;
  const at = dateTimeOf(value, runtime);
  if (at === null) throw args.error('needs a date');
  const pattern = truth(format)
    ? textOf(format, 'format_string')
    : `${USER_DATE.replace('mm', 'MM')} ${USER_TIME}`;
  return byPattern(at, pattern, runtime);
}

function formatTime(args: Arguments, runtime: Runtime): Value {
  const [value = '', format = null] = args.bind('time_string', 'format_string');
  if (!truth(value)) return '';
  const pattern = truth(format) ? textOf(format, 'format_string') : USER_TIME;
  return byPattern(timeOf(value, runtime), pattern, runtime);
}

function byPattern(value: CalendarDate | TimeOfDay, pattern: string, { meter }: Runtime): string {
  // A letter becomes at most 26 characters, and usually two.
  meter.spend(pattern.length * STEP * 2);
  meter.text(pattern.length * 30);
  return formatByPattern(value, pattern);
}

function formatDuration(args: Arguments): string {
  const [value, hideDays = false] = args.bind('seconds', 'hide_days');
  if (value === undefined) throw args.error("needs the argument 'seconds'");
  const seconds = cint(value) as bigint;
  const whole = truth(hideDays);
  // As in Frappe, the first part alone is negative: -5 s are a day less, and 23 h 59 m 55 s.
  const parts = [
    [whole ? 0n : floorDivide(seconds, 86_400n), 'd'],
    [floorDivide(whole ? seconds : moduloInt(seconds, 86_400n), 3600n), 'h'],
    [moduloInt(seconds, 3600n) / 60n, 'm'],
    [moduloInt(seconds, 60n), 's'],
  ] as const;
  return parts.flatMap(([amount, unit]) => (amount === 0n ? [] : [`${amount}${unit}`])).join(' ');
}

export function globalDateFormat(args: Arguments, runtime: Runtime): string {
  const [value, format = 'long'] = args.bind('date', 'format');
  if (value === undefined) throw args.error("needs the argument 'date'");
  return byPattern(required(value, args, runtime), textOf(format, 'format'), runtime);
}

function pretty(args: Arguments, runtime: Runtime): string {
  const [value = null] = args.require('iso_datetime');
  if (!truth(value)) return '';
  const at = dateTimeOf(value, runtime);
  if (at === null) throw args.error('needs a date');
  return prettyDate(at.timestamp - DateTime.at(runtime.now).timestamp);
}
