import { DAY_MS } from '../../../kernel/clock.ts';
import { TemplateError } from '../errors.ts';

/** Microseconds. */
export const SECOND = 1_000_000;
/** Microseconds. */
export const DAY = 86_400 * SECOND;

/** Python's `datetime.date`: a day of the proleptic Gregorian calendar. */
export class CalendarDate {
  readonly typeName: string = 'datetime.date';
  /** The days since 1970-01-01. */
  readonly days: number;

  /** @throws TemplateError beyond the years 1 to 9999 */
  constructor(days: number) {
    if (!(days >= -719_162 && days <= 2_932_896)) throw new TemplateError('date value out of range');
    this.days = days;
  }

  static of(year: number, month: number, day: number): CalendarDate {
    const at = new Date(0);
    at.setUTCFullYear(year, month - 1, day);
    return new CalendarDate(at.getTime() / DAY_MS);
  }

  get year(): number {
    return this.#utc.getUTCFullYear();
  }

  get month(): number {
    return this.#utc.getUTCMonth() + 1;
  }

  get day(): number {
    return this.#utc.getUTCDate();
  }

  /** 0 is Monday. */
  get weekday(): number {
    return (((this.days + 3) % 7) + 7) % 7;
  }

  get #utc(): Date {
    return new Date(this.days * DAY_MS);
  }
}

/** Python's `datetime.datetime`: the time on a clock, which is UTC without an offset. */
export class DateTime extends CalendarDate {
  override readonly typeName = 'datetime.datetime';
  /** Microseconds since midnight. */
  readonly micros: number;
  /** The seconds by which the clock is ahead of UTC; undefined for a time without a zone. */
  readonly offset: number | undefined;

  constructor(days: number, micros: number, offset?: number) {
    super(days + Math.floor(micros / DAY));
    this.micros = ((micros % DAY) + DAY) % DAY;
    this.offset = offset;
  }

  /** @param time milliseconds since the epoch */
  static at(time: number): DateTime {
    const days = Math.floor(time / DAY_MS);
    return new DateTime(days, Math.round((time - days * DAY_MS) * 1000));
  }

  get time(): TimeOfDay {
    return new TimeOfDay(this.micros);
  }

  /** Seconds since the epoch. */
  get timestamp(): number {
    return (this.days * DAY + this.micros) / SECOND - (this.offset ?? 0);
  }
}

/** Python's `datetime.time` without a time zone. */
export class TimeOfDay {
  readonly typeName = 'datetime.time';
  /** Microseconds since midnight. */
  readonly micros: number;

  constructor(micros: number) {
    this.micros = micros;
  }

  get hour(): number {
    return Math.floor(this.micros / (3600 * SECOND));
  }

  get minute(): number {
    return Math.floor(this.micros / (60 * SECOND)) % 60;
  }

  get second(): number {
    return Math.floor(this.micros / SECOND) % 60;
  }

  get microsecond(): number {
    return this.micros % SECOND;
  }
}

/** Python's `datetime.timedelta`. */
export class TimeDelta {
  readonly typeName = 'datetime.timedelta';
  readonly days: number;
  /** The microseconds within a day, never negative: a negative delta has negative days. */
  readonly micros: number;

  /** @throws TemplateError beyond Python's 999,999,999 days */
  constructor(days: number, micros: number) {
    this.days = days + Math.floor(micros / DAY);
    this.micros = ((micros % DAY) + DAY) % DAY;
    if (!(Math.abs(this.days) <= 999_999_999)) throw new TemplateError('date value out of range');
  }

  get seconds(): number {
    return Math.floor(this.micros / SECOND);
  }

  get totalSeconds(): number {
    return this.days * 86_400 + this.micros / SECOND;
  }
}

/** Python's `abs()` of a time span. */
export const absoluteDelta = (span: TimeDelta): TimeDelta =>
  span.days < 0 ? new TimeDelta(-span.days, -span.micros) : span;

export const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

const fraction = (micros: number) => (micros % SECOND === 0 ? '' : `.${pad(micros % SECOND, 6)}`);

export type Dated = CalendarDate | TimeOfDay | TimeDelta;

/** Python's `str()` of an offset, such as `+02:00`. */
export function offsetText(offset: number, separator = ':'): string {
  const seconds = Math.abs(offset);
  const tail = seconds % 60 === 0 ? '' : separator + pad(seconds % 60);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(seconds / 3600))}${separator}${pad(Math.floor(seconds / 60) % 60)}${tail}`;
}

const timeText = (time: TimeOfDay): string =>
  `${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}${fraction(time.micros)}`;

/** Python's `str()` of a date, a time or a delta. */
export function dateText(value: Dated, separator = ' '): string {
  if (value instanceof TimeOfDay) return timeText(value);
  if (value instanceof TimeDelta) {
    const { days, seconds } = value;
    const time = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}${fraction(value.micros)}`;
    return days === 0 ? time : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${time}`;
  }
  const date = `${pad(value.year, 4)}-${pad(value.month)}-${pad(value.day)}`;
  if (!(value instanceof DateTime)) return date;
  return (
    date + separator + timeText(value.time) + (value.offset === undefined ? '' : offsetText(value.offset))
  );
}

/** Python's `repr()` of a date, a time or a delta. */
export function dateRepr(value: Dated): string {
  if (value instanceof TimeDelta) {
    const parts = [
      ['days', value.days],
      ['seconds', value.seconds],
      ['microseconds', value.micros % SECOND],
    ].flatMap(([name, amount]) => (amount === 0 ? [] : [`${name}=${amount}`]));
    return `datetime.timedelta(${parts.join(', ') || '0'})`;
  }
  const parts: (number | string)[] =
    value instanceof CalendarDate ? [value.year, value.month, value.day] : [];
  const time = value instanceof DateTime ? value.time : value;
  if (time instanceof TimeOfDay) {
    parts.push(time.hour, time.minute);
    if (time.second !== 0 || time.microsecond !== 0) parts.push(time.second);
    if (time.microsecond !== 0) parts.push(time.microsecond);
  }
  if (value instanceof DateTime && value.offset !== undefined) parts.push(`tzinfo=${zoneRepr(value.offset)}`);
  return `${value.typeName}(${parts.join(', ')})`;
}

const zoneRepr = (offset: number) => (offset === 0 ? 'tzutc()' : `tzoffset(None, ${offset})`);

/** Move a date by months, to the last day of a month that is too short (`dateutil.relativedelta`). */
export function addMonths(days: number, months: number): number {
  const date = new CalendarDate(days);
  const month = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(month / 12);
  if (!(year >= 1 && year <= 9999)) throw new TemplateError('date value out of range');
  const last = new Date(Date.UTC(2000 + (year % 400), (month % 12) + 1, 0)).getUTCDate();
  return CalendarDate.of(year, (month % 12) + 1, Math.min(date.day, last)).days;
}

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
