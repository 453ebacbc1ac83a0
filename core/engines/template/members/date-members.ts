import { TemplateError } from '../errors.ts';
import { isoWeek, strftime } from '../formats/strftime.ts';
import { SCAN, STEP } from '../step-meter.ts';
import { countOf, textOf } from '../values/coerce.ts';
import {
  CalendarDate,
  DAY,
  type Dated,
  DateTime,
  dateText,
  offsetText,
  pad,
  SECOND,
  TimeDelta,
  TimeOfDay,
} from '../values/dates.ts';
import { type Arguments, Callable, NamedTuple, type Operation, type Value } from '../values/values.ts';

/** Return an attribute or a method of a date, a time or a time span, as Python's `datetime` has them. */
export function dateAttribute(owner: Dated, name: string): Value | undefined {
  if (owner instanceof TimeDelta) return read(owner, name, deltaNumbers) ?? method(owner, name, deltaMethods);
  if (owner instanceof TimeOfDay) return read(owner, name, timeNumbers) ?? method(owner, name, timeMethods);
  const ofDate = () => read(owner, name, dateNumbers) ?? method(owner, name, dateMethods);
  if (!(owner instanceof DateTime)) return ofDate();
  if (name === 'tzinfo' && owner.offset === undefined) return null;
  return read(owner.time, name, timeNumbers) ?? method(owner, name, dateTimeMethods) ?? ofDate();
}

type Numbers<T> = ReadonlyMap<string, (owner: T) => number>;
type Methods<T> = ReadonlyMap<string, Operation<T>>;

function read<T>(owner: T, name: string, numbers: Numbers<T>): bigint | undefined {
  const number = numbers.get(name);
  return number && BigInt(number(owner));
}

function method<T>(owner: T, name: string, methods: Methods<T>): Callable | undefined {
  const operation = methods.get(name);
  return (
    operation &&
    new Callable(name, (args, runtime) => {
      runtime.meter.spend(4 * STEP);
      return operation(owner, args, runtime);
    })
  );
}

const dateNumbers: Numbers<CalendarDate> = new Map([
  ['year', (date) => date.year],
  ['month', (date) => date.month],
  ['day', (date) => date.day],
]);

const timeNumbers: Numbers<TimeOfDay> = new Map([
  ['hour', (time) => time.hour],
  ['minute', (time) => time.minute],
  ['second', (time) => time.second],
  ['microsecond', (time) => time.microsecond],
]);

const deltaNumbers: Numbers<TimeDelta> = new Map([
  ['days', (delta) => delta.days],
  ['seconds', (delta) => delta.seconds],
  ['microseconds', (delta) => delta.micros % SECOND],
]);

const deltaMethods: Methods<TimeDelta> = new Map<string, Operation<TimeDelta>>([
  ['total_seconds', (delta, args) => args.bind() && delta.totalSeconds],
]);

/** The days from the year 1 to 1970. */
const ORDINAL = 719_163;

const dateMethods: Methods<CalendarDate> = new Map<string, Operation<CalendarDate>>([
  ['strftime', formatted],
  ['isoformat', (date, args) => args.bind() && dateText(date)],
  ['weekday', (date, args) => args.bind() && BigInt(date.weekday)],
  ['isoweekday', (date, args) => args.bind() && BigInt(date.weekday + 1)],
  ['isocalendar', (date, args) => args.bind() && isoCalendar(date)],
  ['toordinal', (date, args) => args.bind() && BigInt(date.days + ORDINAL)],
  ['ctime', (date, args) => args.bind() && strftime(date, '%c')],
  ['timetuple', (date, args) => args.bind() && timeTuple(date)],
  ['today', (date, args, { now }) => args.bind() && today(date, DateTime.at(now))],
  ['replace', (date, args) => replaced(date, args.bind('year', 'month', 'day'))],
]);

const timeMethods: Methods<TimeOfDay> = new Map<string, Operation<TimeOfDay>>([
  ['strftime', formatted],
  ['isoformat', (time, args) => isoTime(time, args.bind('timespec')[0])],
  ['replace', (time, args) => replacedTime(time, args.bind('hour', 'minute', 'second', 'microsecond'))],
]);

const dateTimeMethods: Methods<DateTime> = new Map<string, Operation<DateTime>>([
  ['isoformat', isoFormat],
  ['date', (at, args) => args.bind() && new CalendarDate(at.days)],
  ['time', (at, args) => args.bind() && at.time],
  ['timestamp', (at, args) => args.bind() && at.timestamp],
  ['now', (_, args, { now }) => args.bind() && DateTime.at(now)],
  ['utcoffset', (at, args) => args.bind() && utcOffset(at)],
  [
    'astimezone',
    (at, args) => args.bind() && new DateTime(at.days, at.micros - (at.offset ?? 0) * SECOND, 0),
  ],
  ['replace', replacedMoment],
]);

/** A directive of two characters becomes at most 24, or 99 with a width. */
function formatted(
  value: CalendarDate | TimeOfDay,
  args: Arguments,
  { meter }: Parameters<Operation>[2],
): string {
  const pattern = textOf(args.require('format')[0], 'format');
  meter.spend(pattern.length * SCAN * 10);
  meter.text(pattern.length * (/%[-_0^#]?\d/.test(pattern) ? 50 : 13));
  return strftime(value, pattern);
}

function isoCalendar(date: CalendarDate): NamedTuple {
  const [year, week] = isoWeek(date);
  return new NamedTuple(
    { year: BigInt(year), week: BigInt(week), weekday: BigInt(date.weekday + 1) },
    'datetime.IsoCalendarDate',
  );
}

/** Python's `timetuple()`. */
function timeTuple(date: CalendarDate): NamedTuple {
  const { hour, minute, second } = date instanceof DateTime ? date.time : new TimeOfDay(0);
  const parts = {
    ...{ tm_year: date.year, tm_mon: date.month, tm_mday: date.day },
    ...{ tm_hour: hour, tm_min: minute, tm_sec: second, tm_wday: date.weekday },
    tm_yday: date.days - CalendarDate.of(date.year, 1, 1).days + 1,
    tm_isdst: date instanceof DateTime && date.offset !== undefined ? 0 : -1,
  };
  const named = Object.entries(parts).map(([name, part]) => [name, BigInt(part)] as const);
  return new NamedTuple(Object.fromEntries(named), 'time.struct_time');
}

const today = (date: CalendarDate, now: DateTime): CalendarDate =>
  date instanceof DateTime ? now : new CalendarDate(now.days);

function utcOffset(at: DateTime): TimeDelta | null {
  return at.offset === undefined ? null : new TimeDelta(0, at.offset * SECOND);
}

/** How many characters of `10:11:12.131415` each precision keeps. */
const PRECISIONS: ReadonlyMap<string, number> = new Map([
  ['hours', 2],
  ['minutes', 5],
  ['seconds', 8],
  ['milliseconds', 12],
  ['microseconds', 15],
]);

function isoTime(time: TimeOfDay, precision: Value | undefined): string {
  const spec = precision === undefined ? 'auto' : textOf(precision, 'timespec');
  if (spec === 'auto') return dateText(time);
  const length = PRECISIONS.get(spec);
  if (length === undefined) throw new TemplateError('Unknown timespec value');
  const whole = `${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}.${pad(time.microsecond, 6)}`;
  return whole.slice(0, length);
}

function isoFormat(at: DateTime, args: Arguments): string {
  const [separator = 'T', precision] = args.bind('sep', 'timespec');
  const offset = at.offset === undefined ? '' : offsetText(at.offset);
  const date = dateText(new CalendarDate(at.days));
  return date + textOf(separator, 'sep') + isoTime(at.time, precision) + offset;
}

type Parts = readonly (Value | undefined)[];

const partOf = (value: Value | undefined, otherwise: number, name: string) =>
  value === undefined ? otherwise : countOf(value, name);

function replaced(date: CalendarDate, [year, month, day]: Parts): CalendarDate {
  const y = partOf(year, date.year, 'year');
  const m = partOf(month, date.month, 'month');
  const d = partOf(day, date.day, 'day');
  if (!(y >= 1 && y <= 9999)) throw new TemplateError(`year ${y} is out of range`);
  if (!(m >= 1 && m <= 12)) throw new TemplateError('month must be in 1..12');
  const made = d >= 1 && d <= 31 ? CalendarDate.of(y, m, d) : undefined;
  if (made === undefined || made.month !== m) throw new TemplateError('day is out of range for month');
  return made;
}

const LIMITS = [
  ['hour', 24],
  ['minute', 60],
  ['second', 60],
  ['microsecond', SECOND],
] as const;

function replacedTime(time: TimeOfDay, parts: Parts): TimeOfDay {
  const [hour = 0, minute = 0, second = 0, micros = 0] = LIMITS.map(([name, limit], at) => {
    const value = partOf(parts[at], time[name], name);
    if (value >= 0 && value < limit) return value;
    throw new TemplateError(`${name} must be in 0..${limit - 1}`);
  });
  return new TimeOfDay(((hour * 60 + minute) * 60 + second) * SECOND + micros);
}

function replacedMoment(at: DateTime, args: Arguments): DateTime {
  const names = ['year', 'month', 'day', ...LIMITS.map(([name]) => name), 'tzinfo'];
  const parts = args.bind(...names);
  const zone = parts[7];
  if (zone !== undefined && zone !== null) throw args.error('takes no time zone but None');
  const time = replacedTime(at.time, parts.slice(3, 7));
  return new DateTime(replaced(at, parts).days, time.micros % DAY, zone === null ? undefined : at.offset);
}
