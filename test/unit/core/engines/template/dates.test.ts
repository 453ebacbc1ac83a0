import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../../../core/engines/template/frappe/date-parser.ts';
import { dateText } from '../../../../../core/engines/template/values/dates.ts';
import { render } from './rendering.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 5, 7);
const parsed = (text: string, dayFirst = false) => {
  const date = parseDate(text, NOW, dayFirst);
  return date === null ? null : dateText(date);
};

describe('a date that is read', () => {
  it.each([
    ['2026-03-04', '2026-03-04 00:00:00'],
    ['20260304', '2026-03-04 00:00:00'],
    ['2026-03-04T05:06:07.08Z', '2026-03-04 05:06:07.080000+00:00'],
    ['2026-03-04 05:06 -0330', '2026-03-04 05:06:00-03:30'],
    // The month comes first where both could be it.
    ['03/04/2026', '2026-03-04 00:00:00'],
    ['23/04/2026', '2026-04-23 00:00:00'],
    ['4.3.26', '2026-04-03 00:00:00'],
    ['4 March 2026', '2026-03-04 00:00:00'],
    ['Wed, 4th of Mar 2026, 5:06 pm', '2026-03-04 17:06:00'],
    ['12:30 am', '2026-11-21 00:30:00'],
    ['7h 30m', '2026-11-21 07:30:00'],
    // What is left out is today's; a weekday is the next one.
    ['March', '2026-03-21 00:00:00'],
    ['Monday', '2026-11-23 00:00:00'],
    ['31.1.75', '2075-01-31 00:00:00'],
    ['31.1.77', '1977-01-31 00:00:00'],
  ])('%s is %s', (text, expected) => expect(parsed(text)).toBe(expected));

  it('begins with the day if that is asked for', () => {
    expect([parsed('03/04/2026', true), parsed('2026-03-04', true)]).toEqual([
      '2026-04-03 00:00:00',
      '2026-04-03 00:00:00',
    ]);
  });

  it.each(['', 'tomorrow', '2026-02-30', '24:00', '1 2 3 4', '2026-03-04 5:61', 'x'.repeat(200)])(
    'is none: %s',
    (text) => expect(parsed(text)).toBeNull(),
  );
});

describe('a pattern of a date', () => {
  const formatted = (pattern: string, at = '2026-02-09 15:04:05.678') =>
    render(`{{ utils.format_datetime("${at}", "${pattern}") }}`);

  it.each([
    ['GGGG y yy yyyyy', 'Anno Domini 2026 26 02026'],
    ['Q QQ QQQ QQQQ', '1 01 Q1 1st quarter'],
    ['M MM MMM MMMM MMMMM', '2 02 Feb February F'],
    ['w W d dd D DDD F', '7 3 9 09 40 040 2'],
    ['E EEEE EEEEE EEEEEE e ccc', 'Mon Monday M Mo 1 Mon'],
    ['h hh H K k m s', '3 03 15 3 15 4 5'],
    ['S SSS SSSSSS A a aaaaa B b', '7 678 678000 54245678 PM p in the afternoon afternoon'],
    ['z zzzz Z ZZZZ ZZZZZ X x', 'UTC Coordinated Universal Time +0000 GMT+00:00 Z Z +00'],
    ["yyyy-MM-dd'T'HH:mm 'o''clock'", "2026-02-09T15:04 o'clock"],
    ['short', '2/9/26, 3:04 PM'],
    ['medium', 'Feb 9, 2026, 3:04:05 PM'],
    ['long', 'February 9, 2026 at 3:04:05 PM UTC'],
    ['full', 'Monday, February 9, 2026 at 3:04:05 PM Coordinated Universal Time'],
  ])('%s gives %s', (pattern, expected) => expect(formatted(pattern)).toBe(expected));

  it.each([
    ['utils.format_datetime("2026-02-09", "MMMMMM")', "Invalid length for field: 'MMMMMM'"],
    ['utils.format_datetime("2026-02-09", "HHH")', "Invalid length for field: 'HHH'"],
    ['utils.formatdate("2026-02-09", "HH:MM")', 'has no time'],
    ['utils.format_time("10:00", "dd")', 'has no date'],
    ['utils.formatdate("2026-02-09", "%m")', 'has no time'],
  ])('is an error: %s', (expression, message) => {
    expect(() => render(`{{ ${expression} }}`)).toThrow(message);
  });
});

describe('members of dates', () => {
  const AT = 'utils.get_datetime("2026-02-09 15:04:05.678")';

  it.each([
    [`${AT}.time(), ${AT}.date()`, '(datetime.time(15, 4, 5, 678000), datetime.date(2026, 2, 9))'],
    [`${AT}.timestamp()`, '1770649445.678'],
    [
      `${AT}.isoformat(" ") ~ "|" ~ ${AT}.isoformat(timespec="minutes")`,
      '2026-02-09 15:04:05.678000|2026-02-09T15:04',
    ],
    [`${AT}.replace(day=28, hour=0, microsecond=0)`, '2026-02-28 00:04:05'],
    [`${AT}.isocalendar()`, 'datetime.IsoCalendarDate(year=2026, week=7, weekday=1)'],
    [
      `${AT}.timetuple()`,
      'time.struct_time(tm_year=2026, tm_mon=2, tm_mday=9, tm_hour=15, tm_min=4, tm_sec=5, tm_wday=0, tm_yday=40, tm_isdst=-1)',
    ],
    ['utils.getdate("2026-05-17").timetuple().tm_yday', '137'],
    ['utils.get_datetime("2026-05-17T10:11:12+02:00").astimezone()', '2026-05-17 08:11:12+00:00'],
    [
      'utils.getdate("2026-05-17").today() ~ " " ~ utils.get_datetime().now()',
      '2026-11-21 2026-11-21 09:05:07.123000',
    ],
    [`${AT}.isocalendar()[1] ~ "/" ~ ${AT}.isocalendar().weekday ~ " " ~ ${AT}.toordinal()`, '7/1 739656'],
    [
      `${AT}.strftime("%-d.%-m.%y %e %k %l %P %U %V %G %u %w %F %T %R %D %s %^b %5d")`,
      '9.2.26  9 15  3 pm 06 07 2026 1 1 2026-02-09 15:04:05 15:04 02/09/26 1770649445 FEB 00009',
    ],
    [`utils.get_time("5:06").strftime("%H.%M") ~ utils.get_time("5:06").replace(minute=7)`, '05.0605:07:00'],
    ['utils.get_datetime("2026-02-09T10:00+02:00").utcoffset()', '2:00:00'],
    ['(utils.to_timedelta("2:30:00") * 2 + utils.to_timedelta("0:10:00")).total_seconds()', '18600.0'],
    [
      'utils.to_timedelta("3:00:00") / utils.to_timedelta("2:00:00"), utils.to_timedelta("3:00:00") / 2',
      '(1.5, datetime.timedelta(seconds=5400))',
    ],
  ])('%s', (expression, expected) => expect(render(`{{ ${expression} }}`)).toBe(expected));

  it('do not leave the calendar', () => {
    expect(() => render(`{{ ${AT}.replace(month=13) }}`)).toThrow('month must be in 1..12');
    expect(() => render(`{{ ${AT}.replace(day=30) }}`)).toThrow('day is out of range for month');
    expect(() => render(`{{ ${AT}.replace(hour=24) }}`)).toThrow('hour must be in 0..23');
  });
});

describe('utils on times', () => {
  it.each([
    [
      'utils.pretty_date("2026-11-21 08:05:07"), utils.pretty_date("2026-11-23 10:05:07")',
      "('1 hour ago', 'in 2 days')",
    ],
    [
      'utils.format_duration(93784) ~ "|" ~ utils.format_duration(93784, true) ~ "|" ~ utils.format_duration(0)',
      '1d 2h 3m 4s|26h 3m 4s|',
    ],
    ['utils.get_time_str("4:05:06") ~ " " ~ utils.get_timedelta("1 day, 2:00:00")', '4:5:6 1 day, 2:00:00'],
    [
      'utils.get_timespan_date_range("next quarter")',
      '(datetime.date(2027, 1, 1), datetime.date(2027, 3, 31))',
    ],
    [
      'utils.get_timespan_date_range("this week")[0] ~ utils.get_timespan_date_range("someday")',
      '2026-11-15None',
    ],
    [
      'utils.add_to_date("2026-01-31", days=0.5) ~ "|" ~ utils.add_to_date(utils.getdate("2026-01-31"), hours=5)',
      '2026-01-31|2026-01-31 05:00:00',
    ],
    ['utils.get_datetime("2026-01-01T00:00Z") < utils.now_datetime()', 'True'],
    ['"2026-03-04" | global_date_format', 'March 4, 2026'],
  ])('%s', (expression, expected) => expect(render(`{{ ${expression} }}`)).toBe(expected));
});
