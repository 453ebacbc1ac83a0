"""What a Frappe site offers to templates and conditions: our own wording of the functions of `frappe.utils.data` that users call.

A site with the settings of a new one (UTC, English, `yyyy-mm-dd`, `#,###.##`, banker's rounding as of old) whose clock stands still.
"""

import datetime
import json
import math
import re
import time
from functools import partial
from operator import contains, eq, ge, gt, le, lt, ne
from urllib.parse import quote, urljoin

import babel.dates
from babel.core import UnknownLocaleError
from dateutil import parser
from dateutil.relativedelta import relativedelta
from num2words import num2words

SITE = "https://erp.example.com"
NOW = datetime.datetime(2026, 11, 28, 15, 15, 42, 911602)
DAY, CLOCK = "%Y-%m-%d", "%H:%M:%S.%f"
MOMENT = f"{DAY} {CLOCK}"


class ValidationError(Exception):
    pass


class Record(dict):
    """A document or a row: `frappe._dict`, whose missing members are None."""

    __getattr__ = dict.get
    __setattr__ = dict.__setitem__

    def copy(self):
        return Record(self)


# Numbers


def cint(value, default=0):
    for convert in (int, lambda it: int(float(it))):
        try:
            return convert(value)
        except Exception:
            pass
    return default


def cstr(value):
    if value is None:
        return ""
    return str(value, "utf-8") if isinstance(value, bytes) else str(value)


def rounded(num, precision=0, rounding_method=None):
    precision = cint(precision)
    method = rounding_method or "Banker's Rounding (legacy)"
    if method == "Commercial Rounding":
        if num == 0:
            return 0.0
        return round(num + math.copysign(2.0 ** (math.log(abs(num), 2) - 52.0), num), precision)
    factor = 10**precision
    if method == "Banker's Rounding":
        num = round(num * factor, 12)
        if num == 0:
            return 0.0
        low = math.floor(num)
        is_half = abs(num - low - 0.5) < 2.0 ** (math.log(abs(num), 2) - 52.0)
        return (low + low % 2 if is_half else round(num)) / factor
    if method != "Banker's Rounding (legacy)":
        raise ValidationError(f"Unknown Rounding Method: {method}")
    num = round(num * factor if precision else num, 8)
    low = math.floor(num)
    if num - low == 0.5:
        num = low + 1 if precision else low + low % 2
    else:
        num = round(num)
    return num / factor if precision else num


def flt(value, precision=None, rounding_method=None):
    try:
        number = float(value.replace(",", "") if isinstance(value, str) else value)
        return number if precision is None else rounded(number, precision, rounding_method)
    except ValidationError:
        raise
    except Exception:
        return 0.0


def whole(to_int, value):
    try:
        return cint(to_int(flt(value)))
    except Exception:
        return 0


def remainder(numerator, denominator, precision=2):
    precision = cint(precision)
    if not precision:
        return flt(numerator % denominator, precision)
    factor = 10**precision
    return flt(((numerator * factor) % (denominator * factor)) / factor, precision)


def safe_div(numerator, denominator, precision=2):
    return flt(0.0 if denominator == 0 else float(numerator) / denominator, cint(precision))


FORMATS = {
    "#,###.##": (".", ",", 2),
    "#.###,##": (",", ".", 2),
    "# ###.##": (".", " ", 2),
    "# ###,##": (",", " ", 2),
    "#'###.##": (".", "'", 2),
    "#, ###.##": (".", ", ", 2),
    "#,##,###.##": (".", ",", 2),
    "#,###.###": (".", ",", 3),
    "#.###": ("", ".", 0),
    "#,###": ("", ",", 0),
    "#.########": (".", "", 8),
}


def get_number_format_info(format):
    return FORMATS.get(format) or (".", ",", 2)


def fmt_money(amount, precision=None, currency=None, format=None):
    point, comma, standard = get_number_format_info(format or "#,###.##")
    precision = standard if precision is None else precision
    if isinstance(amount, str):
        amount = flt(amount, precision)
    amount = 0 if amount is None else amount
    digits = str(round(amount % 1, precision)).split(".")[-1] if point else ""
    if point and precision > 2:
        if len(digits) < 3:
            precision = 2 if currency else standard
        elif len(digits) < precision:
            precision = len(digits)
    text = "%.*f" % (precision, round(flt(amount), precision))
    decimals = text.split(".")[1] if "." in text else ""
    sign = "-" if flt(text) < 0 else ""
    rest = cstr(abs(flt(text))).split(".", 1)[0]
    groups = []
    if len(rest) > 3:
        groups, rest = [rest[-3:]], rest[:-3]
        size = 2 if format == "#,##,###.##" else 3
        while len(rest) > size:
            groups, rest = [rest[-size:], *groups], rest[:-size]
    text = comma.join([rest, *groups]) + (point + decimals if precision and point else "")
    text = text if text == "0" else sign + text
    return f"{currency} {text}" if currency else text


def in_words(integer, in_million=True):
    return num2words(int(integer), lang="en" if in_million else "en_IN").replace("-", " ")


def money_in_words(number, main_currency=None, fraction_currency=None):
    try:
        number = float(number)
    except ValueError:
        return ""
    if number < 0:
        return ""
    main, fraction = ("%.2f" % number).split(".")
    currency, cents = main_currency or "INR", fraction_currency or "Cent"
    if main == "0" and fraction == "00":
        return f"{currency} Zero only."
    if main == "0":
        return f"{in_words(fraction).title()} {cents} only."
    out = f"{currency} {in_words(main).title()}"
    return out + (f" and {in_words(fraction).title()} {cents} only." if cint(fraction) else " only.")


# Dates


def is_invalid_date_string(text):
    return not isinstance(text, str) or not text or text.startswith(("0001-01-01", "0000-00-00"))


def getdate(string_date=None, parse_day_first=False):
    if not string_date:
        return NOW.date()
    if isinstance(string_date, datetime.datetime):
        return string_date.date()
    if isinstance(string_date, datetime.date):
        return string_date
    if is_invalid_date_string(string_date):
        return None
    return parser.parse(string_date, dayfirst=parse_day_first, default=TODAY).date()


TODAY = NOW.replace(hour=0, minute=0, second=0, microsecond=0)


def get_datetime(datetime_str=None):
    if datetime_str is None:
        return NOW
    if isinstance(datetime_str, (datetime.datetime, datetime.timedelta)):
        return datetime_str
    if isinstance(datetime_str, (list, tuple)):
        return datetime.datetime(datetime_str)
    if isinstance(datetime_str, datetime.date):
        return datetime.datetime.combine(datetime_str, datetime.time())
    if is_invalid_date_string(datetime_str):
        return None
    try:
        return datetime.datetime.strptime(datetime_str, MOMENT)
    except ValueError:
        return parser.parse(datetime_str, default=TODAY)


SPAN = r"(?P<hours>\d+):(?P<minutes>\d+):(?P<seconds>\d[\.\d+]*)"


def parse_timedelta(text):
    found = re.match(r"(?P<days>[-\d]+) day[s]*, " + SPAN if "day" in text else SPAN, text)
    return datetime.timedelta(**{unit: float(value) for unit, value in found.groupdict().items()})


def of_day(moment):
    return datetime.timedelta(
        hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
    )


def is_span(error):
    return "day" in error.args[1] or "hour must be in" in error.args[0]


def get_timedelta(time=None):
    if isinstance(time, datetime.timedelta):
        return time
    time = time or "0:0:0"
    try:
        try:
            return of_day(parser.parse(time))
        except parser.ParserError as error:
            if is_span(error):
                return parse_timedelta(time)
            raise
    except Exception:
        return None


def to_timedelta(time_str):
    if isinstance(time_str, datetime.time):
        time_str = str(time_str)
    return of_day(parser.parse(time_str)) if isinstance(time_str, str) else time_str


def add_to_date(
    date, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0, as_string=False, as_datetime=False
):
    date = NOW if date is None else date
    as_datetime = as_datetime or bool(hours)
    if isinstance(date, str):
        as_string = True
        as_datetime = as_datetime or " " in date
        date = parser.parse(date, default=TODAY)
    date = date + relativedelta(
        years=years, months=months, weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
    )
    return date.strftime(MOMENT if as_datetime else DAY) if as_string else date


def date_diff(string_ed_date, string_st_date):
    return (getdate(string_ed_date) - getdate(string_st_date)).days


def month_diff(string_ed_date, string_st_date):
    end, start = getdate(string_ed_date), getdate(string_st_date)
    return (end.year - start.year) * 12 + end.month - start.month + 1


def time_diff(string_ed_date, string_st_date):
    return get_datetime(string_ed_date) - get_datetime(string_st_date)


def time_diff_in_seconds(string_ed_date, string_st_date):
    return time_diff(string_ed_date, string_st_date).total_seconds()


def time_diff_in_hours(string_ed_date, string_st_date):
    return round(float(time_diff_in_seconds(string_ed_date, string_st_date)) / 3600, 6)


def get_eta(from_time, percent_complete):
    seconds = time_diff(NOW, from_time).total_seconds()
    return str(datetime.timedelta(seconds=(100 - percent_complete) / percent_complete * seconds))


def as_text(date, as_str):
    return date.strftime(DAY) if as_str else date


def get_first_day(dt, d_years=0, d_months=0, as_str=False):
    dt = getdate(dt)
    years, month = divmod(dt.month + d_months - 1, 12)
    return as_text(datetime.date(dt.year + d_years + years, month + 1, 1), as_str)


def get_last_day(dt):
    return get_first_day(dt, 0, 1) + datetime.timedelta(-1)


def get_quarter_start(dt, as_str=False):
    date = getdate(dt)
    return as_text(date.replace(month=(date.month - 1) // 3 * 3 + 1, day=1), as_str)


def get_quarter_ending(date):
    return get_last_day(get_first_day(get_quarter_start(date), 0, 2))


def get_year_start(dt, as_str=False):
    return as_text(datetime.date(getdate(dt).year, 1, 1), as_str)


def get_year_ending(date):
    return add_to_date(datetime.date(getdate(date).year + 1, 1, 1), days=-1)


def get_first_day_of_week(dt, as_str=False):
    dt = getdate(dt)
    return as_text(dt - datetime.timedelta(days=(dt.weekday() + 1) % 7), as_str)


def get_last_day_of_week(dt):
    return get_first_day_of_week(dt) + datetime.timedelta(days=6)


def get_time(time_str):
    if isinstance(time_str, datetime.datetime):
        return time_str.time()
    if isinstance(time_str, datetime.time):
        return time_str
    if isinstance(time_str, datetime.timedelta):
        return (datetime.datetime.min + time_str).time()
    try:
        return parser.parse(time_str).time()
    except parser.ParserError as error:
        if is_span(error):
            return (datetime.datetime.min + parse_timedelta(time_str)).time()
        raise


def get_datetime_str(datetime_obj):
    return (get_datetime(datetime_obj) if isinstance(datetime_obj, str) else datetime_obj).strftime(MOMENT)


def get_date_str(date_obj):
    return (get_datetime(date_obj) if isinstance(date_obj, str) else date_obj).strftime(DAY)


def get_time_str(timedelta_obj):
    span = to_timedelta(timedelta_obj) if isinstance(timedelta_obj, str) else timedelta_obj
    hours, rest = divmod(span.seconds, 3600)
    return f"{hours}:{rest // 60}:{rest % 60}"


def format_date(string_date=None, format_string=None, parse_day_first=False):
    if not string_date:
        return ""
    date = getdate(string_date, parse_day_first)
    pattern = (format_string or "yyyy-mm-dd").replace("mm", "MM").replace("Y", "y")
    try:
        return babel.dates.format_date(date, pattern, locale="en")
    except UnknownLocaleError:
        return date.strftime(pattern.replace("MM", "%m").replace("dd", "%d").replace("yyyy", "%Y"))


def format_time(time_string=None, format_string=None):
    if not time_string:
        return ""
    return babel.dates.format_time(get_time(time_string), format_string or "HH:mm:ss", locale="en")


def format_datetime(datetime_string, format_string=None):
    if not datetime_string:
        return None
    moment = get_datetime(datetime_string)
    return babel.dates.format_datetime(moment, format_string or "yyyy-MM-dd HH:mm:ss", locale="en")


def global_date_format(date, format="long"):
    return babel.dates.format_date(getdate(date), locale="en", format=format)


def format_duration(seconds, hide_days=False):
    seconds = cint(seconds)
    days = 0 if hide_days else seconds // 86400
    hours = seconds // 3600 if hide_days else seconds % 86400 // 3600
    parts = {"d": days, "h": hours, "m": seconds % 3600 // 60, "s": seconds % 60}
    return " ".join(f"{count}{unit}" for unit, count in parts.items() if count)


def get_weekdays():
    return ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def get_timespan_date_range(timespan):
    today = NOW.date()
    steps = {"last": -1, "this": 0, "next": 1}
    if timespan in ("yesterday", "today", "tomorrow"):
        return (add_to_date(today, days=["yesterday", "today", "tomorrow"].index(timespan) - 1),) * 2
    if timespan == "last 6 months":
        return get_quarter_start(add_to_date(today, months=-6)), get_quarter_ending(add_to_date(today, months=-3))
    if timespan == "next 6 months":
        return get_quarter_start(add_to_date(today, months=3)), get_quarter_ending(add_to_date(today, months=6))
    units = {
        "week": (get_first_day_of_week, get_last_day_of_week, {"days": 7}),
        "month": (get_first_day, get_last_day, {"months": 1}),
        "quarter": (get_quarter_start, get_quarter_ending, {"months": 3}),
        "year": (get_year_start, get_year_ending, {"years": 1}),
    }
    which, _, unit = str(timespan).partition(" ")
    if which not in steps or unit not in units:
        return None
    start, end, step = units[unit]
    date = add_to_date(today, **{name: count * steps[which] for name, count in step.items()})
    return start(date), end(date)


def pretty_date(iso_datetime):
    if not iso_datetime:
        return ""
    if isinstance(iso_datetime, str):
        iso_datetime = datetime.datetime.strptime(iso_datetime, MOMENT)
    return babel.dates.format_timedelta(iso_datetime - NOW, add_direction=True, locale="en")


# Texts and lists


def strip_html(text):
    return re.sub(r"(<!--.*?-->|<[^>]*>)", "", text)


ENTITIES = {"&": "&amp;", '"': "&quot;", "'": "&apos;", ">": "&gt;", "<": "&lt;"}


def escape_html(text):
    return "".join(ENTITIES.get(each, each) for each in text) if isinstance(text, str) else text


def comma_sep(some_list, pattern, add_quotes=True):
    if not isinstance(some_list, (list, tuple)):
        return some_list
    texts = [str(each) for each in some_list]
    if len(texts) < 2:
        return "".join(texts)
    if add_quotes:
        texts = [f"'{text}'" for text in texts]
    return pattern.format(", ".join(texts[:-1]), texts[-1])


def comma_or(some_list, add_quotes=True):
    return comma_sep(some_list, "{0} or {1}", add_quotes)


def comma_and(some_list, add_quotes=True):
    return comma_sep(some_list, "{0} and {1}", add_quotes)


def new_line_sep(some_list):
    return "\n ".join(map(str, some_list)) if isinstance(some_list, (list, tuple)) else some_list


def get_abbr(string, max_len=2):
    return "".join([part[0] for part in string.split(" ") if part][: max(max_len, 0)]) or "?"


def slug(name):
    return name.lower().replace(" ", "-")


def quoted(url):
    return quote(cstr(url).encode(), safe=b"~@#$&()*!+=:;,.?/'")


def get_url(uri=None, full_address=False):
    return urljoin(SITE, uri) if uri else SITE


def get_url_to_form(doctype, name):
    return get_url(f"/app/{quoted(slug(doctype))}/{quoted(name)}")


COMPARISONS = {
    "^": lambda a, b: (a or "").startswith(b),
    "in": lambda a, b: contains(b, a),
    "not in": lambda a, b: not contains(b, a),
    "=": eq,
    "!=": ne,
    ">": gt,
    "<": lt,
    ">=": ge,
    "<=": le,
    "not None": lambda a, b: bool(a),
    "None": lambda a, b: not a,
}


def compare(val1, condition, val2, fieldtype=None):
    return COMPARISONS[condition](val1, val2) if condition in COMPARISONS else False


def json_default(value):
    if isinstance(value, (datetime.date, datetime.time)):
        return str(value)
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(value.total_seconds(), 60)
        seconds = int(seconds) if round(seconds, 6) == int(seconds) else round(seconds, 6)
        return f"{int(minutes // 60)}:{int(minutes % 60):02}:{seconds:02}"
    if isinstance(value, (set, tuple)) or hasattr(value, "__iter__"):
        return list(value)
    raise TypeError(f"Object of type {type(value)} is not JSON serializable")


def as_json(obj, indent=1, separators=None, ensure_ascii=True):
    style = {"indent": indent, "separators": separators or (",", ": "), "ensure_ascii": ensure_ascii}
    try:
        return json.dumps(obj, sort_keys=True, default=json_default, **style)
    except TypeError:
        obj = dict(sorted(obj.items(), key=lambda item: str(item[0])))
        return json.dumps(obj, default=json_default, **style)


def scrub(txt):
    return cstr(txt).replace(" ", "_").replace("-", "_").lower()


UTILS = Record(
    {
        function.__name__: function
        for function in (
            cint, cstr, rounded, flt, remainder, safe_div, get_number_format_info, fmt_money, in_words, money_in_words,
            is_invalid_date_string, getdate, get_datetime, get_timedelta, to_timedelta, add_to_date, date_diff,
            month_diff, time_diff, time_diff_in_seconds, time_diff_in_hours, get_eta, get_first_day, get_last_day,
            get_quarter_start, get_quarter_ending, get_year_start, get_year_ending, get_first_day_of_week,
            get_last_day_of_week, get_time, get_datetime_str, get_date_str, get_time_str, format_date, format_time,
            format_datetime, global_date_format, format_duration, get_weekdays, get_timespan_date_range, pretty_date,
            strip_html, escape_html, comma_sep, comma_or, comma_and, new_line_sep, get_abbr, quoted, get_url,
            get_url_to_form, compare, parse_timedelta,
        )
    },
    formatdate=format_date,
    floor=partial(whole, math.floor),
    ceil=partial(whole, math.ceil),
    add_days=lambda date, days: add_to_date(date, days=days),
    add_months=lambda date, months: add_to_date(date, months=months),
    add_years=lambda date, years: add_to_date(date, years=years),
    now_datetime=lambda: NOW,
    now=lambda: NOW.strftime(MOMENT),
    nowdate=lambda: NOW.strftime(DAY),
    today=lambda: NOW.strftime(DAY),
    nowtime=lambda: NOW.strftime(CLOCK),
    get_timestamp=lambda date: time.mktime(getdate(date).timetuple()),
    get_weekday=lambda datetime=None: get_weekdays()[(datetime or NOW).weekday()],
    get_user_date_format=lambda: "yyyy-mm-dd",
    get_user_format=lambda: "yyyy-mm-dd",
    get_user_time_format=lambda: "HH:mm:ss",
    get_host_name=lambda: SITE.rsplit("//", 1)[-1],
    get_absolute_url=lambda doctype, name: f"/app/{quoted(slug(doctype))}/{quoted(name)}",
    get_url_to_list=lambda doctype: get_url(f"/app/{quoted(slug(doctype))}"),
    get_link_to_form=lambda doctype, name, label=None: f'<a href="{get_url_to_form(doctype, name)}">{label or name}</a>',
    has_common=lambda l1, l2: set(l1) & set(l2),
    is_subset=lambda list_a, list_b: len(set(list_a) & set(list_b)) == len(list_a),
    is_html=lambda text: isinstance(text, str) and re.search("<[^>]+>", text),
    filter_strip_join=lambda some_list, sep: cstr(sep).join(cstr(a).strip() for a in filter(None, some_list)),
    unique=lambda seq: list(dict.fromkeys(seq)),
    strip=lambda val, chars=None: (val or "").replace("\ufeff", "").replace("\u200b", "").strip(chars),
    DATE_FORMAT=DAY,
    TIME_FORMAT=CLOCK,
    DATETIME_FORMAT=MOMENT,
)
