import { DAY_MS } from '../../kernel/clock.ts';
import { TemplateError } from './errors.ts';

const SECOND = 1_000_000;
/** Microseconds. */
const DAY = 86_400 * SECOND;

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

/** Python's `datetime.datetime` without a time zone. Here it is always UTC. */
export class DateTime extends CalendarDate {
  override readonly typeName = 'datetime.datetime';
  /** Microseconds since midnight. */
  readonly micros: number;

  constructor(days: number, micros: number) {
    super(days + Math.floor(micros / DAY));
    this.micros = ((micros % DAY) + DAY) % DAY;
  }

  /** @param time milliseconds since the epoch */
  static at(time: number): DateTime {
    const days = Math.floor(time / DAY_MS);
    return new DateTime(days, Math.round((time - days * DAY_MS) * 1000));
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

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

const fraction = (micros: number) => (micros % SECOND === 0 ? '' : `.${pad(micros % SECOND, 6)}`);

/** Python's `str()` of a date, a time or a delta. */
export function dateText(value: CalendarDate | TimeDelta, separator = ' '): string {
  if (value instanceof TimeDelta) {
    const { days, seconds } = value;
    const time = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}${fraction(value.micros)}`;
    return days === 0 ? time : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${time}`;
  }
  const date = `${pad(value.year, 4)}-${pad(value.month)}-${pad(value.day)}`;
  if (!(value instanceof DateTime)) return date;
  return `${date}${separator}${pad(value.hour)}:${pad(value.minute)}:${pad(value.second)}${fraction(value.micros)}`;
}

/** Python's `repr()` of a date, a time or a delta. */
export function dateRepr(value: CalendarDate | TimeDelta): string {
  if (value instanceof TimeDelta) {
    const parts = [
      ['days', value.days],
      ['seconds', value.seconds],
      ['microseconds', value.micros % SECOND],
    ].flatMap(([name, amount]) => (amount === 0 ? [] : [`${name}=${amount}`]));
    return `datetime.timedelta(${parts.join(', ') || '0'})`;
  }
  const parts = [value.year, value.month, value.day];
  if (value instanceof DateTime) {
    parts.push(value.hour, value.minute);
    if (value.second !== 0 || value.microsecond !== 0) parts.push(value.second);
    if (value.microsecond !== 0) parts.push(value.microsecond);
  }
  return `${value.typeName}(${parts.join(', ')})`;
}

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)? ?(Z|[+-]\d{2}:?\d{2})?$/;

/** Parse ISO 8601 and the forms that Frappe writes, converted to UTC. Return null if the text is not a date. */
export function parseDateTime(text: string): DateTime | null {
  const match = text.length > 64 ? null : ISO.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', part = '0', zone = 'Z'] = match;
  const date = CalendarDate.of(Number(year), Number(month), Number(day));
  const valid =
    date.month === Number(month) &&
    date.day === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!valid) return null;
  const offset =
    zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  const seconds = (Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second);
  return new DateTime(date.days, seconds * SECOND + Number(part.padEnd(6, '0').slice(0, 6)));
}

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
const MONTHS = [
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

const asDateTime = (date: CalendarDate) => (date instanceof DateTime ? date : new DateTime(date.days, 0));
const hour12 = (hour: number) => (hour % 12 === 0 ? 12 : hour % 12);
const half = (hour: number) => (hour < 12 ? 'AM' : 'PM');

/** Python's `strftime`, in English. */
export function strftime(date: CalendarDate, pattern: string): string {
  const at = asDateTime(date);
  return pattern.replace(/%([A-Za-z%])/g, (whole, directive) => DIRECTIVES.get(directive)?.(at) ?? whole);
}

const monthOf = (at: DateTime) => MONTHS[at.month - 1] ?? '';
const weekdayOf = (at: DateTime) => WEEKDAYS[at.weekday] ?? '';

const DIRECTIVES: ReadonlyMap<string, (at: DateTime) => string> = new Map<string, (at: DateTime) => string>([
  ['Y', (at) => String(at.year)],
  ['y', (at) => pad(at.year % 100)],
  ['m', (at) => pad(at.month)],
  ['d', (at) => pad(at.day)],
  ['H', (at) => pad(at.hour)],
  ['I', (at) => pad(hour12(at.hour))],
  ['M', (at) => pad(at.minute)],
  ['S', (at) => pad(at.second)],
  ['f', (at) => pad(at.microsecond, 6)],
  ['p', (at) => half(at.hour)],
  ['b', (at) => monthOf(at).slice(0, 3)],
  ['B', monthOf],
  ['a', (at) => weekdayOf(at).slice(0, 3)],
  ['A', weekdayOf],
  ['j', (at) => pad(at.days - CalendarDate.of(at.year, 1, 1).days + 1, 3)],
  ['%', () => '%'],
]);

/** Format a date in English by a pattern such as `dd-MM-yyyy HH:mm` (Unicode TR 35, as in Frappe's `formatdate`). */
export function formatByPattern(date: CalendarDate, pattern: string): string {
  const at = asDateTime(date);
  const month = MONTHS[at.month - 1] ?? '';
  const weekday = WEEKDAYS[at.weekday] ?? '';
  return pattern.replace(/'([^']*)'|y+|M+|d+|E+|H+|h+|m+|s+|a+/g, (run, literal: string | undefined) => {
    if (literal !== undefined) return literal || "'";
    const width = Math.min(run.length, 64);
    switch (run[0]) {
      case 'y':
        return width === 2 ? pad(at.year % 100) : pad(at.year, width);
      case 'M':
        return width > 3 ? month : width === 3 ? month.slice(0, 3) : pad(at.month, width);
      case 'd':
        return pad(at.day, width);
      case 'E':
        return width > 3 ? weekday : weekday.slice(0, 3);
      case 'H':
        return pad(at.hour, width);
      case 'h':
        return pad(hour12(at.hour), width);
      case 'm':
        return pad(at.minute, width);
      case 's':
        return pad(at.second, width);
      default:
        return half(at.hour);
    }
  });
}
