import { describe, expect, it } from 'vitest';
import { render } from './rendering.ts';

/** `frappe.utils.data`, at 2026-11-21 09:05:07.123 UTC, a Saturday. */
describe('utils', () => {
  it.each([
    [
      'utils.nowdate() ~ " " ~ utils.today() ~ " " ~ utils.nowtime()',
      '2026-11-21 2026-11-21 09:05:07.123000',
    ],
    ['utils.now() ~ " | " ~ utils.now_datetime()', '2026-11-21 09:05:07.123000 | 2026-11-21 09:05:07.123000'],
    [
      'utils.getdate("2026-02-28") ~ " " ~ utils.getdate() ~ " " ~ utils.get_datetime("2026-02-28")',
      '2026-02-28 2026-11-21 2026-02-28 00:00:00',
    ],
    [
      'utils.get_datetime("2026-02-28T10:20:30.5+02:00") ~ " " ~ utils.get_datetime("2026-02-28 10:20")',
      '2026-02-28 10:20:30.500000+02:00 2026-02-28 10:20:00',
    ],
    [
      'utils.floor("1,234.5") ~ " " ~ utils.ceil("1,234.5") ~ " " ~ utils.flt("nan", 2) ~ " " ~ utils.safe_div("12.50", 3) ~ " " ~ utils.fmt_money("inf")',
      '1234 1235 0.0 4.17 0.00',
    ],
    [
      'utils.fmt_money(1e16) ~ " " ~ utils.fmt_money(-1234567.5, format="#,##,###.##") ~ " " ~ utils.fmt_money(12, format="#,##,###.##")',
      '1e,+16.00 -12,34,567.50 12.00',
    ],
    // Ints of any length are exact.
    [
      'utils.remainder(12345678901234567890, 7) ~ " " ~ utils.rounded(12345678901234567890) ~ " " ~ utils.add_to_date("4764-01-31 10:20:30.000001", days=-1000000)',
      '1.0 12345678901234567890 2026-03-05 10:20:30.000001',
    ],
    [
      'utils.format_duration(-5) ~ "|" ~ utils.format_duration(-90000) ~ "|" ~ utils.format_duration(-5, true)',
      '-1d 23h 59m 55s|-2d 23h|-1h 59m 55s',
    ],
    ['frappe.bold(5)', '<strong>5</strong>'],
    // They return a text for a text and a date for a date.
    [
      'utils.add_days("2026-02-28", 1) ~ " " ~ utils.add_days(utils.getdate("2026-02-28"), 1) ~ " " ~ utils.add_days(utils.nowdate(), -30)',
      '2026-03-01 2026-03-01 2026-10-22',
    ],
    [
      'utils.add_months("2026-01-31", 1) ~ " " ~ utils.add_months("2024-03-31", -1) ~ " " ~ utils.add_years("2024-02-29", 1)',
      '2026-02-28 2024-02-29 2025-02-28',
    ],
    [
      'utils.add_to_date("2026-01-01 10:00:00", hours=15) ~ " " ~ utils.add_to_date("2026-01-01", weeks=1, days=1)',
      '2026-01-02 01:00:00.000000 2026-01-09',
    ],
    [
      'utils.date_diff("2026-11-21", "2026-11-01") ~ " " ~ utils.month_diff("2026-11-21", "2026-09-01")',
      '20 3',
    ],
    ['utils.time_diff("2026-01-02 01:00:00", "2026-01-01 00:30:00")', '1 day, 0:30:00'],
    [
      'utils.time_diff_in_seconds("2026-01-01 01:00:00", "2026-01-01 00:59:00") ~ " " ~ utils.time_diff_in_hours("2026-01-01 01:00:00", "2026-01-01 00:40:00")',
      '60.0 0.333333',
    ],
    [
      'utils.get_first_day("2026-02-15") ~ " " ~ utils.get_last_day("2024-02-15") ~ " " ~ utils.get_first_day("2026-02-15", 0, 1, true)',
      '2026-02-01 2024-02-29 2026-03-01',
    ],
    [
      'utils.get_quarter_start("2026-05-15") ~ " " ~ utils.get_quarter_ending("2026-05-15") ~ " " ~ utils.get_year_start("2026-05-15") ~ " " ~ utils.get_year_ending("2026-05-15")',
      '2026-04-01 2026-06-30 2026-01-01 2026-12-31',
    ],
    [
      'utils.get_first_day_of_week("2026-11-21") ~ " " ~ utils.get_last_day_of_week("2026-11-21") ~ " " ~ utils.get_weekday()',
      '2026-11-15 2026-11-21 Saturday',
    ],
    [
      'utils.formatdate("2026-11-21") ~ " " ~ utils.formatdate("2026-11-21", "dd-mm-yyyy") ~ " " ~ utils.format_date("2026-11-21", "EEEE d MMM yy")',
      '2026-11-21 21-11-2026 Saturday 21 Nov 26',
    ],
    [
      'utils.format_datetime("2026-11-21 14:05:00", "dd/MM/yyyy hh:mm a") ~ " " ~ utils.format_time("14:05:00", "HH:mm")',
      '21/11/2026 02:05 PM 14:05',
    ],
    [
      'utils.global_date_format("2026-01-02") ~ " " ~ utils.get_datetime_str("2026-01-02") ~ " " ~ utils.get_date_str("2026-01-02 10:00:00")',
      'January 2, 2026 2026-01-02 00:00:00.000000 2026-01-02',
    ],
    [
      'utils.now_datetime().strftime("%d/%m/%y %H:%M:%S %a %B %j %% %q") ~ " " ~ utils.now_datetime().isoformat()',
      '21/11/26 09:05:07 Sat November 325 % %q 2026-11-21T09:05:07.123000',
    ],
    [
      'utils.getdate().year, utils.getdate().weekday(), utils.now_datetime().hour, utils.now_datetime().date() == utils.getdate()',
      '(2026, 5, 9, True)',
    ],
    [
      '[utils.getdate(), utils.now_datetime(), utils.getdate() - utils.getdate("2026-11-20")]',
      '[datetime.date(2026, 11, 21), datetime.datetime(2026, 11, 21, 9, 5, 7, 123000), datetime.timedelta(days=1)]',
    ],
    [
      'utils.getdate("2026-01-01") < utils.getdate("2026-01-02"), utils.getdate("2026-01-01") == utils.getdate("2026-01-01")',
      '(True, True)',
    ],
    ['{"d": utils.getdate()}|tojson', '{"d": "2026-11-21"}'],
    // flt keeps all decimals without a precision, and returns an int with precision 0, like Frappe's legacy rounding.
    [
      'utils.flt("1,234.567", 2) ~ " " ~ utils.flt("43.5", precision=0) ~ " " ~ utils.flt("42.5", 0) ~ " " ~ utils.flt("x")',
      '1234.57 44 42 0.0',
    ],
    [
      'utils.cint("42.9") ~ " " ~ utils.cint("x") ~ " " ~ utils.cint("x", 7) ~ " " ~ utils.cint(none)',
      '42 0 7 0',
    ],
    ['utils.cstr(none) ~ "|" ~ utils.cstr(1.0) ~ "|" ~ utils.floor(1.7) ~ utils.ceil("1.2")', '|1.0|12'],
    [
      'utils.rounded(2.5) ~ " " ~ utils.rounded(2.345, 2) ~ " " ~ utils.safe_div(1, 0) ~ " " ~ utils.safe_div(1, 3)',
      '2 2.35 0.0 0.33',
    ],
    [
      'utils.fmt_money(1234567.891) ~ " " ~ utils.fmt_money("1,234.5", currency="EUR") ~ " " ~ utils.fmt_money(-5) ~ " " ~ utils.fmt_money(none)',
      '1,234,567.89 EUR 1,234.50 -5.00 0.00',
    ],
    [
      'utils.fmt_money(1234567.891, 0) ~ " " ~ utils.fmt_money(1234567.891, 2, none, "#.###,##") ~ " " ~ utils.fmt_money(1234567.891, format="#,##,###.##")',
      '1,234,568 1.234.567,89 12,34,567.89',
    ],
    [
      'utils.comma_and(["a", "b", "c"]) ~ " " ~ utils.comma_or(["a", "b"], false) ~ " " ~ utils.comma_and(["a"])',
      "'a', 'b' and 'c' a or b a",
    ],
    [
      'utils.strip_html("<p>a<br>b</p>") ~ " " ~ utils.escape_html("<a href=\'\\"\'>&")',
      'ab &lt;a href=&apos;&quot;&apos;&gt;&amp;',
    ],
  ])('renders %s', (expression, expected) => expect(render(`{{ ${expression} }}`)).toBe(expected));

  it.each([
    ['utils.getdate("21/11/2026 at noon")', 'is not a valid date string'],
    ['utils.add_days("2026-01-01", "3")', 'days must be int, not str'],
    ['utils.getdate("2026-02-30")', 'is not a valid date string'],
    ['utils.add_days("9999-12-31", 1)', 'date value out of range'],
    ['utils.add_days("2026-01-01", 10**299)', 'date value out of range'],
    ['utils.add_months("2026-01-01", -10**299)', 'date value out of range'],
    ['utils.getdate() + 1', 'unsupported operand'],
    ['utils.getdate() < "2026-01-01"', 'not supported between instances'],
  ])('fails in %s: %s', (expression, message) => {
    expect(() => render(`{{ ${expression} }}`)).toThrow(
      expect.objectContaining({ name: 'TemplateError', message: expect.stringContaining(message) }),
    );
  });
});
