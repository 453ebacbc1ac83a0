import { TemplateError } from '../errors.ts';
import { isoWeek } from '../formats/strftime.ts';
import { CalendarDate, DateTime, MONTHS, offsetText, pad, TimeOfDay, WEEKDAYS } from '../values/dates.ts';

type Kind = 'date' | 'datetime' | 'time';

const TIMES = { short: 'h:mm a', medium: 'h:mm:ss a', long: 'h:mm:ss a z', full: 'h:mm:ss a zzzz' } as const;
const DATES = { short: 'M/d/yy', medium: 'MMM d, y', long: 'MMMM d, y', full: 'EEEE, MMMM d, y' } as const;
/** What joins the date and the time of a named format. */
const JOINS = { short: ', ', medium: ', ', long: " 'at' ", full: " 'at' " } as const;

/** Return the pattern of a named format; undefined for any other text. */
function namedPattern(name: string, kind: Kind): string | undefined {
  if (!Object.hasOwn(DATES, name)) return undefined;
  const known = name as keyof typeof DATES;
  if (kind === 'date') return DATES[known];
  return kind === 'time' ? TIMES[known] : DATES[known] + JOINS[known] + TIMES[known];
}

/** The lengths that each letter of a pattern may have in a row; any for undefined (Babel 2.13). */
const LENGTHS: ReadonlyMap<string, readonly number[] | undefined> = new Map<
  string,
  readonly number[] | undefined
>([
  ...[...'GQqMLabBZxX'].map((letter) => [letter, [1, 2, 3, 4, 5]] as const),
  ...[...'yYuSA'].map((letter) => [letter, undefined] as const),
  ...[...'wdhHKkms'].map((letter) => [letter, [1, 2]] as const),
  ...[...'WF'].map((letter) => [letter, [1]] as const),
  ['D', [1, 2, 3]],
  ['E', [1, 2, 3, 4, 5, 6]],
  ['e', [1, 2, 3, 4, 5, 6]],
  ['c', [1, 3, 4, 5, 6]],
  ['z', [1, 2, 3, 4]],
  ['V', [1, 2, 3, 4]],
  ['O', [1, 4]],
  ['v', [1, 4]],
  // Babel knows its name, and cannot write it.
  ['g', []],
]);

const MAX_WIDTH = 64;

/**
 * Format a date or a time in English by a pattern of Unicode TR 35, such as `dd-MM-yyyy HH:mm`, or by the name of a format
 * (`short`, `medium`, `long`, `full`), as Babel does. Letters that are no field stay as they are.
 *
 * @throws TemplateError for a field of a length that there is not, or that the value does not have
 */
export function formatByPattern(value: CalendarDate | TimeOfDay, pattern: string): string {
  const kind = value instanceof TimeOfDay ? 'time' : value instanceof DateTime ? 'datetime' : 'date';
  const fields = new Fields(value);
  let text = '';
  // A doubled quote is one, inside of quotes too.
  const source = (namedPattern(pattern, kind) ?? pattern).replaceAll("''", '\0');
  for (const [run, quoted, letter] of source.matchAll(/'([^']*)'?|([A-Za-z])\2*|[^A-Za-z']/g)) {
    if (quoted !== undefined) text += quoted;
    else text += letter === undefined || !LENGTHS.has(letter) ? run : field(fields, letter, run);
  }
  return text.replaceAll('\0', "'");
}

function field(fields: Fields, letter: string, run: string): string {
  const lengths = LENGTHS.get(letter);
  if (lengths?.includes(run.length) === false || run.length > MAX_WIDTH)
    throw new TemplateError(`Invalid length for field: '${run.slice(0, MAX_WIDTH)}'`);
  return fields.format(letter, run.length);
}

/** Times of the day with their names within a text, and alone. */
const PERIODS: readonly (readonly [until: number, within: string, alone: string])[] = [
  [6, 'at night', 'night'],
  [12, 'in the morning', 'morning'],
  [18, 'in the afternoon', 'afternoon'],
  [21, 'in the evening', 'evening'],
  [24, 'at night', 'night'],
];

const QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'];

class Fields {
  readonly #value: CalendarDate | TimeOfDay;

  constructor(value: CalendarDate | TimeOfDay) {
    this.#value = value;
  }

  /** @throws TemplateError if the value is a time */
  get #date(): CalendarDate {
    if (this.#value instanceof CalendarDate) return this.#value;
    throw new TemplateError("'datetime.time' object has no date");
  }

  /** @throws TemplateError if the value is a date */
  get #time(): TimeOfDay {
    if (this.#value instanceof TimeOfDay) return this.#value;
    if (this.#value instanceof DateTime) return this.#value.time;
    throw new TemplateError("'datetime.date' object has no time");
  }

  format(letter: string, width: number): string {
    switch (letter) {
      case 'G':
        return this.#date && width < 4 ? 'AD' : width === 4 ? 'Anno Domini' : 'A';
      case 'y':
      case 'u':
      case 'Y':
        return this.#year(letter, width);
      case 'Q':
      case 'q':
        return this.#quarter(width);
      case 'M':
      case 'L':
        return named(MONTHS, this.#date.month, width, 3);
      case 'd':
        return pad(this.#date.day, width);
      case 'D':
        return pad(this.#dayOfYear, width);
      case 'w':
        return pad(this.#weekOfYear, width);
      case 'W':
        return String(this.#weekOf(this.#date.day));
      case 'F':
        return String(Math.floor((this.#date.day - 1) / 7) + 1);
      case 'E':
      case 'e':
      case 'c':
        return this.#weekday(letter, width);
      case 'a':
      case 'b':
      case 'B':
        return this.#period(letter, width);
      case 'h':
        return pad(this.#time.hour % 12 || 12, width);
      case 'H':
        return pad(this.#time.hour, width);
      case 'K':
        return pad(this.#time.hour % 12, width);
      case 'k':
        return pad(this.#time.hour || 24, width);
      case 'm':
        return pad(this.#time.minute, width);
      case 's':
        return pad(this.#time.second, width);
      case 'S':
        return pad(Math.round(this.#time.microsecond * 10 ** (width - 6)), width);
      case 'A':
        return pad(Math.floor(this.#time.micros / 1000), width);
      default:
        return this.#zone(letter, width);
    }
  }

  #year(letter: string, width: number): string {
    const year = letter === 'Y' ? isoWeek(this.#date)[0] : this.#date.year;
    const text = pad(year, width);
    return width === 2 ? text.slice(-2) : text;
  }

  #quarter(width: number): string {
    const quarter = Math.floor((this.#date.month - 1) / 3) + 1;
    if (width === 3) return `Q${quarter}`;
    return width === 4 ? (QUARTERS[quarter - 1] as string) : pad(quarter, width === 2 ? 2 : 1);
  }

  #weekday(letter: string, width: number): string {
    const { weekday } = this.#date;
    if (width < 3 && letter !== 'E') return pad(weekday + 1, width);
    if (width === 6) return (WEEKDAYS[weekday] as string).slice(0, 2);
    return named(WEEKDAYS, weekday + 1, Math.max(3, width), 3);
  }

  #period(letter: string, width: number): string {
    const { hour, minute, second } = this.#time;
    const narrow = width === 5;
    if (letter === 'a') return narrow ? (hour < 12 ? 'a' : 'p') : hour < 12 ? 'AM' : 'PM';
    const abbreviated = letter === 'B' && narrow;
    const exact = minute === 0 && second === 0;
    if (exact && hour === 0) return abbreviated ? 'mi' : 'midnight';
    if (exact && hour === 12) return abbreviated ? 'n' : 'noon';
    const [, within, alone] = PERIODS.find(([until]) => hour < until) as (typeof PERIODS)[number];
    return letter === 'B' ? within : alone;
  }

  get #dayOfYear(): number {
    return this.#date.days - CalendarDate.of(this.#date.year, 1, 1).days + 1;
  }

  /** Weeks begin on Monday, and one day makes a week. */
  #weekOf(day: number, weekday = this.#date.weekday): number {
    const first = (((weekday - day + 1) % 7) + 7) % 7;
    return Math.floor((day + first - 1) / 7) + 1;
  }

  get #weekOfYear(): number {
    const week = this.#weekOf(this.#dayOfYear);
    // The weeks of the year to ISO 8601: those beyond are the first of the next year.
    const [, weeks] = isoWeek(CalendarDate.of(this.#date.year, 12, 28));
    return week > weeks ? week - weeks : week;
  }

  #zone(letter: string, width: number): string {
    const isDate = !(this.#value instanceof DateTime || this.#value instanceof TimeOfDay);
    if (isDate && 'zvV'.includes(letter)) throw new TemplateError("'datetime.date' object has no time zone");
    const offset = (this.#value instanceof DateTime ? this.#value.offset : undefined) ?? 0;
    const written = offsetText(offset);
    switch (letter) {
      case 'z':
        if (offset === 0) return width === 4 ? 'Coordinated Universal Time' : 'UTC';
        return width === 4 ? `GMT${written}` : written.replace(':', '');
      case 'Z':
        if (width === 5) return offset === 0 ? 'Z' : written;
        return width === 4 ? `GMT${written}` : written.replace(':', '');
      case 'O':
        return width === 4 ? `GMT${written}` : 'None';
      case 'x':
      case 'X':
        if (letter === 'X' && offset === 0) return 'Z';
        if (width === 1) return written.endsWith(':00') ? written.slice(0, 3) : written.replace(':', '');
        return width === 3 || width === 5 ? written : written.replace(':', '');
      default:
        if (offset !== 0) throw new TemplateError('a time zone with an offset has no name');
        if (letter === 'V' && width === 2) return 'Etc/UTC';
        return letter === 'V' && width === 3 ? 'UTC' : 'Unknown Region (UTC) Time';
    }
  }
}

/** Write an index from 1 as a number, as a name, abbreviated, or as the name's first letter. */
function named(names: readonly string[], index: number, width: number, short: number): string {
  const name = names[index - 1] ?? '';
  if (width < 3) return pad(index, width);
  return width === 3 ? name.slice(0, short) : width === 4 ? name : name.slice(0, 1);
}
