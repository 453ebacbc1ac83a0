import { CalendarDate, DateTime, MONTHS, offsetText, pad, TimeOfDay, WEEKDAYS } from '../values/dates.ts';

/** A date or a time as its directives read it: Python uses 1900-01-01 and midnight for the other half. */
class Moment {
  readonly date: CalendarDate;
  readonly time: TimeOfDay;
  readonly offset: number | undefined;

  constructor(value: CalendarDate | TimeOfDay) {
    this.date = value instanceof CalendarDate ? value : CalendarDate.of(1900, 1, 1);
    this.time =
      value instanceof TimeOfDay ? value : value instanceof DateTime ? value.time : new TimeOfDay(0);
    this.offset = value instanceof DateTime ? value.offset : undefined;
  }

  /** From 0. */
  get dayOfYear(): number {
    return this.date.days - CalendarDate.of(this.date.year, 1, 1).days;
  }

  /** The year and the week of ISO 8601. */
  get iso(): readonly [year: number, week: number] {
    return isoWeek(this.date);
  }
}

/** Return the year and the week of ISO 8601. */
export function isoWeek(date: CalendarDate): readonly [year: number, week: number] {
  const thursday = date.days - date.weekday + 3;
  // The first week has the year's first Thursday, which may belong to the year before or after.
  const year = new Date(thursday * 86_400_000).getUTCFullYear();
  return [year, Math.floor((thursday - CalendarDate.of(year, 1, 1).days) / 7) + 1];
}

/**
 * Python's `strftime`, in English: the directives and flags of glibc, with which Frappe's servers run. As there, an unknown
 * directive stays as it is.
 */
export function strftime(value: CalendarDate | TimeOfDay, pattern: string): string {
  const at = new Moment(value);
  return pattern.replace(DIRECTIVE, (whole, flag: string, width: string, directive: string) => {
    const numeric = NUMERIC.get(directive);
    if (numeric !== undefined) {
      const [read, digits, fill] = numeric;
      return sized(String(read(at)), flag, width === '' ? digits : Number(width), fill);
    }
    const text = TEXTS.get(directive)?.(at);
    if (text === undefined) return whole;
    return sized(cased(text, flag, directive), flag, Number(width), flag === '0' ? '0' : ' ');
  });
}

const DIRECTIVE = /%([-_0^#]?)(\d{0,2})[EO]?([A-Za-z%])/g;

function sized(text: string, flag: string, width: number, fill: string): string {
  if (flag === '-') return text;
  return text.padStart(width, flag === '_' ? ' ' : flag === '0' ? '0' : fill);
}

function cased(text: string, flag: string, directive: string): string {
  if (directive === 'P') return text;
  if (flag === '^') return text.toUpperCase();
  if (flag !== '#' || directive === 'c' || directive === 'r') return text;
  return directive === 'p' || directive === 'Z' ? text.toLowerCase() : text.toUpperCase();
}

const hour12 = (at: Moment) => (at.time.hour % 12 === 0 ? 12 : at.time.hour % 12);
const half = (at: Moment) => (at.time.hour < 12 ? 'AM' : 'PM');
const week = (at: Moment, first: number) =>
  Math.floor((at.dayOfYear + 7 - ((at.date.weekday - first + 7) % 7)) / 7);

/** Each directive of a number with its digits and what pads it. */
const NUMERIC: ReadonlyMap<string, readonly [(at: Moment) => number, number, string]> = new Map<
  string,
  readonly [(at: Moment) => number, number, string]
>([
  ['Y', [(at) => at.date.year, 1, '0']],
  ['C', [(at) => Math.floor(at.date.year / 100), 2, '0']],
  ['y', [(at) => at.date.year % 100, 2, '0']],
  ['G', [(at) => at.iso[0], 1, '0']],
  ['g', [(at) => at.iso[0] % 100, 2, '0']],
  ['m', [(at) => at.date.month, 2, '0']],
  ['d', [(at) => at.date.day, 2, '0']],
  ['e', [(at) => at.date.day, 2, ' ']],
  ['j', [(at) => at.dayOfYear + 1, 3, '0']],
  ['U', [(at) => week(at, 6), 2, '0']],
  ['W', [(at) => week(at, 0), 2, '0']],
  ['V', [(at) => at.iso[1], 2, '0']],
  ['u', [(at) => at.date.weekday + 1, 1, '0']],
  ['w', [(at) => (at.date.weekday + 1) % 7, 1, '0']],
  ['H', [(at) => at.time.hour, 2, '0']],
  ['I', [hour12, 2, '0']],
  ['k', [(at) => at.time.hour, 2, ' ']],
  ['l', [hour12, 2, ' ']],
  ['M', [(at) => at.time.minute, 2, '0']],
  ['S', [(at) => at.time.second, 2, '0']],
  ['f', [(at) => at.time.microsecond, 6, '0']],
  ['s', [(at) => at.date.days * 86_400 + Math.floor(at.time.micros / 1_000_000), 1, '0']],
]);

const monthOf = (at: Moment) => MONTHS[at.date.month - 1] ?? '';
const weekdayOf = (at: Moment) => WEEKDAYS[at.date.weekday] ?? '';
const clock = ({ time }: Moment) => `${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}`;
const american = ({ date }: Moment) => `${pad(date.month)}/${pad(date.day)}/${pad(date.year % 100)}`;
const zone = ({ offset }: Moment) => (offset === undefined ? '' : offset === 0 ? 'UTC' : '');

const TEXTS: ReadonlyMap<string, (at: Moment) => string> = new Map<string, (at: Moment) => string>([
  ['b', (at) => monthOf(at).slice(0, 3)],
  ['h', (at) => monthOf(at).slice(0, 3)],
  ['B', monthOf],
  ['a', (at) => weekdayOf(at).slice(0, 3)],
  ['A', weekdayOf],
  ['p', half],
  ['P', (at) => half(at).toLowerCase()],
  ['F', ({ date }) => `${date.year}-${pad(date.month)}-${pad(date.day)}`],
  ['D', american],
  ['x', american],
  ['T', clock],
  ['X', clock],
  ['R', ({ time }) => `${pad(time.hour)}:${pad(time.minute)}`],
  ['r', (at) => `${pad(hour12(at))}:${pad(at.time.minute)}:${pad(at.time.second)} ${half(at)}`],
  [
    'c',
    (at) =>
      `${weekdayOf(at).slice(0, 3)} ${monthOf(at).slice(0, 3)} ${String(at.date.day).padStart(2)} ${clock(at)} ${at.date.year}`,
  ],
  ['z', ({ offset }) => (offset === undefined ? '' : offsetText(offset, ''))],
  ['Z', zone],
  ['n', () => '\n'],
  ['t', () => '\t'],
  ['%', () => '%'],
]);
