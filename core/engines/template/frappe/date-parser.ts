import { CalendarDate, DAY, DateTime, SECOND } from '../values/dates.ts';

/** The longest text that is examined. A date in words has about 40 characters. */
export const MAX_LENGTH = 128;

/**
 * Parse a date or a time in any form that Python's `dateutil.parser` understands (version 2.8, which Frappe uses), in its order
 * of preference: 05-01-2026 is the first of May. What the text leaves out is taken from today; a weekday alone is the next one.
 *
 * @param now milliseconds since the epoch
 * @returns null if the text is no date
 */
export function parseDate(text: string, now: number, dayFirst = false): DateTime | null {
  if (text.length > MAX_LENGTH) return null;
  try {
    return new Reader(text, now, dayFirst).read();
  } catch (error) {
    if (error instanceof NoDate) return null;
    throw error;
  }
}

class NoDate extends Error {}

function no(): never {
  throw new NoDate();
}

const JUMPS = new Set(" |.|,|;|-|/|'|at|on|and|ad|m|t|of|st|nd|rd|th".split('|'));
const UTC = new Set(['UTC', 'GMT', 'Z', 'z']);
const UNITS = table([
  ['h', 'hour', 'hours'],
  ['m', 'minute', 'minutes'],
  ['s', 'second', 'seconds'],
]);
const HALVES = table([
  ['am', 'a'],
  ['pm', 'p'],
]);
const WEEKDAYS = table([
  ['mon', 'monday'],
  ['tue', 'tuesday'],
  ['wed', 'wednesday'],
  ['thu', 'thursday'],
  ['fri', 'friday'],
  ['sat', 'saturday'],
  ['sun', 'sunday'],
]);
const MONTHS = table([
  ['jan', 'january'],
  ['feb', 'february'],
  ['mar', 'march'],
  ['apr', 'april'],
  ['may'],
  ['jun', 'june'],
  ['jul', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
]);

function table(names: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  return new Map(names.flatMap((each, at) => each.map((name): [string, number] => [name, at])));
}

const find = (names: ReadonlyMap<string, number>, token: string | undefined) =>
  token === undefined ? undefined : names.get(token.toLowerCase());
const isJump = (token: string | undefined) => token !== undefined && JUMPS.has(token.toLowerCase());
const isNumber = (token: string) => /^(?:\d+\.?\d*|\.\d+)$/.test(token);

const TOKEN =
  /\s|\d+(?:(?<=\d\d),\d+)?(?:\.+(?:\d+|\p{L}+))*\.*|\p{L}+(?:\.+(?:\d+|\p{L}+))*\.*|[^\s\d\p{L}]/gu;

/** Split a text into numbers, words, spaces and single characters. */
function tokensOf(text: string): string[] {
  return Array.from(text.matchAll(TOKEN)).flatMap(([token]) => {
    if (/^\s$/.test(token)) return ' ';
    if (!/[.,]/.test(token) || token.length === 1) return token;
    // A number has one decimal point, or one comma behind at least two digits.
    if (/^\d+(?:\.\d+)?$/.test(token) || /^\d{2,},\d+$/.test(token)) return token.replace(',', '.');
    return token.split(/([.,])/).filter((part) => part !== '');
  });
}

const daysIn = (year: number, month: number) =>
  new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

type Parts = [year: number | undefined, month: number | undefined, day: number | undefined];

/** The numbers of a date in the order in which they were written. */
class Numbers {
  readonly values: number[] = [];
  year: number | undefined;
  month: number | undefined;
  day: number | undefined;
  /** Whether the year has more than two digits. */
  hasCentury = false;

  add(value: string | number, label?: 'Y' | 'M'): void {
    let kind = label;
    if (typeof value === 'string' ? /^\d{3,}$/.test(value) : value > 100) {
      if (kind === 'M') no();
      this.hasCentury = true;
      kind = 'Y';
    }
    const number = Number(value);
    if (!Number.isFinite(number) || (typeof value === 'string' && !/^\d+$/.test(value))) no();
    this.values.push(Math.trunc(number));
    const at = this.values.length - 1;
    if (kind === 'M') {
      if (this.month !== undefined) no();
      this.month = at;
    }
    if (kind === 'Y') {
      if (this.year !== undefined) no();
      this.year = at;
    }
  }

  /** Return whether a number may be the day. */
  couldBeDay(value: number): boolean {
    if (this.month === undefined) return value >= 1 && value <= 31;
    const month = this.values[this.month] as number;
    const year = this.year === undefined ? 2000 : (this.values[this.year] as number);
    return value >= 1 && value <= daysIn(year, month);
  }

  /** Return year, month and day. */
  resolve(dayFirst: boolean): Parts {
    const [a, b, c] = this.values as [number, number, number];
    const count = this.values.length;
    const labelled = [this.year, this.month].filter((each) => each !== undefined).length;
    if ((count === labelled && count > 0) || (count === 3 && labelled === 2)) return this.#byLabels();
    if (count > 3) no();
    if (count === 0) return [undefined, undefined, undefined];
    if (count === 1 || (this.month !== undefined && count === 2)) {
      const month = this.month === undefined ? undefined : this.values[this.month];
      const other = this.month === undefined ? a : this.values[1 - this.month];
      if (count === 1 && month !== undefined) return [undefined, month, undefined];
      return (other as number) > 31 ? [other, month, undefined] : [undefined, month, other];
    }
    if (count === 2) {
      if (a > 31) return [a, b, undefined];
      if (b > 31) return [b, a, undefined];
      return dayFirst && b <= 12 ? [undefined, b, a] : [undefined, a, b];
    }
    if (this.month === 0) return b > 31 ? [b, a, c] : [c, a, b];
    if (this.month === 1) return a > 31 ? [a, b, c] : [c, b, a];
    if (this.month === 2) return b > 31 ? [b, c, a] : [a, c, b];
    if (a > 31 || this.year === 0) return dayFirst && c <= 12 ? [a, c, b] : [a, b, c];
    return a > 12 || (dayFirst && b <= 12) ? [c, b, a] : [c, a, b];
  }

  #byLabels(): Parts {
    const rest = [0, 1, 2].find((at) => at !== this.year && at !== this.month);
    const day = this.values.length === 3 ? rest : undefined;
    const read = (at: number | undefined) => (at === undefined ? undefined : this.values[at]);
    return [read(this.year), read(this.month), read(day)];
  }
}

class Reader {
  readonly #tokens: string[];
  readonly #now: number;
  readonly #dayFirst: boolean;
  readonly #numbers = new Numbers();
  #hour: number | undefined;
  #minute: number | undefined;
  #second: number | undefined;
  #micros: number | undefined;
  #weekday: number | undefined;
  #zone: string | undefined;
  /** Seconds. */
  #offset: number | undefined;

  constructor(text: string, now: number, dayFirst: boolean) {
    this.#tokens = tokensOf(text);
    this.#now = now;
    this.#dayFirst = dayFirst;
  }

  read(): DateTime {
    for (let at = 0; at < this.#tokens.length; at++) at = this.#token(at);
    const [year, month, day] = this.#numbers.resolve(this.#dayFirst);
    const given = [year, month, day, this.#hour, this.#minute, this.#second, this.#micros, this.#weekday];
    if (given.every((each) => each === undefined) && this.#zone === undefined && this.#offset === undefined)
      no();
    return this.#build(year === undefined ? undefined : this.#fullYear(year), month, day);
  }

  /** Read the token at an index, and return the index of the last one that was read with it. */
  #token(at: number): number {
    const token = this.#tokens[at] as string;
    if (isNumber(token)) return this.#number(at, token);
    const weekday = find(WEEKDAYS, token);
    if (weekday !== undefined) {
      this.#weekday = weekday;
      return at;
    }
    const month = find(MONTHS, token);
    if (month !== undefined) return this.#month(at, month + 1);
    const half = find(HALVES, token);
    if (half !== undefined) {
      if (this.#hour === undefined || this.#hour > 12) no();
      this.#setHalf(this.#hour, half);
      return at;
    }
    if (this.#isZone(token)) return this.#zoneName(at, token);
    if (this.#hour !== undefined && (token === '+' || token === '-')) return this.#zoneOffset(at, token);
    return isJump(token) ? at : no();
  }

  #month(at: number, month: number): number {
    const tokens = this.#tokens;
    this.#numbers.add(month, 'M');
    const separator = tokens[at + 1];
    if (separator === '-' || separator === '/') {
      this.#numbers.add(tokens[at + 2] ?? no());
      if (tokens[at + 3] !== separator) return at + 2;
      this.#numbers.add(tokens[at + 4] ?? no());
      return at + 4;
    }
    // "Jan of 99"
    if (separator !== ' ' || tokens[at + 2]?.toLowerCase() !== 'of' || tokens[at + 3] !== ' ') return at;
    const year = tokens[at + 4];
    if (year === undefined) return at;
    if (/^\d+$/.test(year)) this.#numbers.add(String(this.#fullYear(Number(year))), 'Y');
    return at + 4;
  }

  #number(at: number, token: string): number {
    const tokens = this.#tokens;
    const { length } = token;
    const value = Number(token);
    const next = tokens[at + 1];
    const numbers = this.#numbers;
    const digits = (from: number, to: number) => Number(whole(token.slice(from, to)));
    if (
      numbers.values.length === 3 &&
      (length === 2 || length === 4) &&
      this.#hour === undefined &&
      (next === undefined || (next !== ':' && find(UNITS, next) === undefined))
    ) {
      this.#hour = digits(0, 2);
      if (length === 4) this.#minute = digits(2, 4);
      return at;
    }
    if (length === 6 || (length > 6 && token.indexOf('.') === 6)) {
      if (numbers.values.length === 0 && !token.includes('.'))
        for (const from of [0, 2, 4]) numbers.add(token.slice(from, from + 2));
      else {
        this.#hour = digits(0, 2);
        this.#minute = digits(2, 4);
        this.#seconds(token.slice(4));
      }
      return at;
    }
    if (length === 8 || length === 12 || length === 14) {
      numbers.add(token.slice(0, 4), 'Y');
      numbers.add(token.slice(4, 6));
      numbers.add(token.slice(6, 8));
      if (length > 8) {
        this.#hour = digits(8, 10);
        this.#minute = digits(10, 12);
      }
      if (length > 12) this.#second = digits(12, 14);
      return at;
    }
    const unit = this.#unitAt(at);
    if (unit !== undefined) return this.#unit(at, unit, token);
    if (next === ':' && tokens[at + 2] !== undefined) {
      this.#hour = Math.trunc(value);
      this.#minutes(Number(tokens[at + 2]));
      if (tokens[at + 3] !== ':' || tokens[at + 4] === undefined) return at + 2;
      this.#seconds(tokens[at + 4] as string);
      return at + 4;
    }
    if (next === '-' || next === '/' || next === '.') return this.#separated(at, token, next);
    if (next === undefined || isJump(next)) {
      const half = find(HALVES, tokens[at + 2]);
      if (half === undefined) {
        numbers.add(value);
        return at + 1;
      }
      this.#setHalf(Math.trunc(value), half);
      return at + 2;
    }
    const half = find(HALVES, next);
    if (half !== undefined && value < 24) {
      this.#setHalf(Math.trunc(value), half);
      return at + 1;
    }
    if (!numbers.couldBeDay(value)) no();
    numbers.add(value);
    return at;
  }

  /** Read `01-01-26`, `01-Jan-26` and the like. */
  #separated(at: number, token: string, separator: string): number {
    const tokens = this.#tokens;
    this.#numbers.add(token);
    const second = tokens[at + 2];
    if (second === undefined || isJump(second)) return at + 1;
    if (/^\d+$/.test(second)) this.#numbers.add(second);
    else this.#numbers.add((find(MONTHS, second) ?? no()) + 1, 'M');
    if (tokens[at + 3] !== separator) return at + 2;
    const third = tokens[at + 4] ?? no();
    const month = find(MONTHS, third);
    if (month === undefined) this.#numbers.add(third);
    else this.#numbers.add(month + 1, 'M');
    return at + 4;
  }

  /** Return the index of the unit (h, m or s) that a number has, before or behind it. */
  #unitAt(at: number): number | undefined {
    const tokens = this.#tokens;
    const has = (index: number) => find(UNITS, tokens[index]) !== undefined;
    if (has(at + 1)) return at + 1;
    if (tokens[at + 1] === ' ' && has(at + 2)) return at + 2;
    if (has(at - 1)) return at - 1;
    return at > 1 && at === tokens.length - 1 && tokens[at - 1] === ' ' && has(at - 2) ? at - 2 : undefined;
  }

  #unit(at: number, unitAt: number, token: string): number {
    const unit = (find(UNITS, this.#tokens[unitAt]) ?? 0) + (unitAt > at ? 0 : 1);
    const value = Number(token);
    if (unit === 0) {
      this.#hour = Math.trunc(value);
      if (value % 1 !== 0) this.#minute = Math.trunc(60 * (value % 1));
    } else if (unit === 1) this.#minutes(value);
    else if (unit === 2) this.#seconds(token);
    return Math.max(at, unitAt);
  }

  #minutes(value: number): void {
    if (!Number.isFinite(value)) no();
    this.#minute = Math.trunc(value);
    this.#second = value % 1 === 0 ? undefined : Math.trunc(60 * (value % 1));
  }

  #seconds(text: string): void {
    const [seconds = '', fraction = '0'] = text.split('.');
    this.#second = Number(whole(seconds));
    this.#micros = Number(whole(fraction.padEnd(6, '0').slice(0, 6)));
  }

  #setHalf(hour: number, half: number): void {
    if (hour > 12) {
      // "13 pm" keeps its hour.
      this.#hour = hour;
    } else if (half === 1) this.#hour = hour < 12 ? hour + 12 : hour;
    else this.#hour = hour === 12 ? 0 : hour;
  }

  #isZone(token: string): boolean {
    return (
      this.#hour !== undefined &&
      this.#zone === undefined &&
      this.#offset === undefined &&
      token.length <= 5 &&
      (/^[A-Z]+$/.test(token) || UTC.has(token))
    );
  }

  #zoneName(at: number, token: string): number {
    this.#zone = token;
    if (UTC.has(token)) this.#offset = 0;
    const sign = this.#tokens[at + 1];
    if (sign !== '+' && sign !== '-') return at;
    // "GMT+3" says what is to be added to get GMT, as in POSIX.
    this.#tokens[at + 1] = sign === '+' ? '-' : '+';
    this.#offset = undefined;
    if (UTC.has(token)) this.#zone = undefined;
    return at;
  }

  #zoneOffset(at: number, sign: string): number {
    const tokens = this.#tokens;
    const hours = tokens[at + 1] ?? no();
    if (!/^\d+$/.test(hours)) no();
    const ahead = sign === '+' ? 1 : -1;
    if (hours.length === 4) {
      this.#offset = ahead * (Number(hours.slice(0, 2)) * 3600 + Number(hours.slice(2)) * 60);
      return at + 1;
    }
    if (tokens[at + 2] === ':') {
      this.#offset = ahead * (Number(hours) * 3600 + Number(whole(tokens[at + 3] ?? no())) * 60);
      return at + 3;
    }
    if (hours.length > 2) no();
    this.#offset = ahead * Number(hours) * 3600;
    return at + 1;
  }

  /** Return a year of two digits as one within 50 years from now. */
  #fullYear(year: number): number {
    if (year >= 100 || this.#numbers.hasCentury) return year;
    const current = new Date(this.#now).getUTCFullYear();
    const full = year + Math.floor(current / 100) * 100;
    if (full >= current + 50) return full - 100;
    return full < current - 50 ? full + 100 : full;
  }

  #build(year: number | undefined, month: number | undefined, day: number | undefined): DateTime {
    const today = DateTime.at(this.#now);
    const y = year ?? today.year;
    const m = month ?? today.month;
    if (!(y >= 1 && y <= 9999 && m >= 1 && m <= 12)) no();
    const d = day ?? Math.min(today.day, daysIn(y, m));
    const [hour = 0, minute = 0, second = 0, micros = 0] = [
      this.#hour,
      this.#minute,
      this.#second,
      this.#micros,
    ];
    if (!(d >= 1 && d <= daysIn(y, m) && hour < 24 && minute < 60 && second < 60)) no();
    let { days } = CalendarDate.of(y, m, d);
    if (this.#weekday !== undefined && !day) days += (this.#weekday - new CalendarDate(days).weekday + 7) % 7;
    const time = ((hour * 60 + minute) * 60 + second) * SECOND + micros;
    const offset = this.#offset !== undefined && Math.abs(this.#offset) * SECOND >= DAY ? no() : this.#offset;
    return new DateTime(days, time, offset);
  }
}

const whole = (text: string): string => (/^\d+$/.test(text) ? text : no());
