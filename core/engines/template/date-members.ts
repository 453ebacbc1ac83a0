import { textOf } from './coerce.ts';
import { CalendarDate, DateTime, dateText, strftime, TimeDelta } from './dates.ts';
import { SCAN } from './step-meter.ts';
import { type Arguments, Callable, type Runtime, type Value } from './values.ts';

/** Return an attribute or a method of a date. These are the members of Python's dates that templates use. */
export function dateAttribute(owner: CalendarDate | TimeDelta, name: string): Value | undefined {
  const number = NUMBERS.get(name)?.(owner);
  if (number !== undefined) return BigInt(number);
  const method = METHODS.get(name);
  return method && new Callable(name, (args, runtime) => method(owner, args, runtime));
}

type Dated = CalendarDate | TimeDelta;

const NUMBERS: ReadonlyMap<string, (owner: Dated) => number | undefined> = new Map<
  string,
  (owner: Dated) => number | undefined
>([
  ['year', (owner) => (owner instanceof CalendarDate ? owner.year : undefined)],
  ['month', (owner) => (owner instanceof CalendarDate ? owner.month : undefined)],
  ['day', (owner) => (owner instanceof CalendarDate ? owner.day : undefined)],
  ['hour', (owner) => (owner instanceof DateTime ? owner.hour : undefined)],
  ['minute', (owner) => (owner instanceof DateTime ? owner.minute : undefined)],
  ['second', (owner) => (owner instanceof DateTime ? owner.second : undefined)],
  ['microsecond', (owner) => (owner instanceof DateTime ? owner.microsecond : undefined)],
  ['days', (owner) => (owner instanceof TimeDelta ? owner.days : undefined)],
  ['seconds', (owner) => (owner instanceof TimeDelta ? owner.seconds : undefined)],
  ['microseconds', (owner) => (owner instanceof TimeDelta ? owner.micros % 1_000_000 : undefined)],
]);

type Method = (owner: Dated, args: Arguments, runtime: Runtime) => Value;

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['strftime', strftimeOf],
  ['isoformat', (owner, args) => dateText(date(owner, args), 'T')],
  ['weekday', (owner, args) => BigInt(date(owner, args).weekday)],
  ['isoweekday', (owner, args) => BigInt(date(owner, args).weekday + 1)],
  ['date', (owner, args) => new CalendarDate(date(owner, args).days)],
  [
    'total_seconds',
    (owner, args) => {
      if (owner instanceof TimeDelta) return owner.totalSeconds;
      throw args.error(`is no method of '${owner.typeName}'`);
    },
  ],
]);

function date(owner: Dated, args: Arguments): CalendarDate {
  if (owner instanceof CalendarDate) return owner;
  throw args.error(`is no method of '${owner.typeName}'`);
}

/** A directive of two characters becomes at most nine. */
function strftimeOf(owner: Dated, args: Arguments, { meter }: Runtime): string {
  const pattern = textOf(args.require('format')[0], 'format');
  meter.spend(pattern.length * SCAN * 10);
  meter.text(pattern.length * 5);
  return strftime(date(owner, args), pattern);
}
