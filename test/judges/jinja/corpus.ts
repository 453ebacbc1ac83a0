/**
 * Templates and conditions in the style of Frappe's users: every value with every filter, every number with every format, every
 * date with every function, and whole templates. Their document is the first of `test/support/frappe-golden.json`.
 */
export interface Source {
  readonly kind: 'text' | 'cond';
  readonly src: string;
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const grid = (outer: readonly string[], inner: readonly string[], join: (a: string, b: string) => string) =>
  outer.flatMap((a) => inner.map((b) => join(a, b)));

const VALUES = lines(`
  doc.nope
  unknown
  none
  ""
  "abc"
  "  a b  "
  "<b>x</b> &amp; y"
  5
  1.5
  true
  [3,1,2]
  ["b","A","c"]
  (1,2)
  {"b":1,"a":2}
  doc.customer
  doc.description
  doc.notes
  doc.emoji
  doc.tags
  doc.taxes
  doc["items"]
  doc.empty_table
  doc.big
  doc.neg
  doc.name
  doc.posting_date
  doc.get("items")
`);

const FILTERS = words(`
  abs attr("name") batch(2)|list batch(2,"-")|list capitalize center center(20) default("x") default("x",true) dictsort
  dictsort(by="value",reverse=true) escape filesizeformat first float float(7.5) flt flt(2) forceescape format(1)
  groupby("idx")|list groupby("warehouse",default="none")|map(attribute="grouper")|list indent indent(2,true) int int(7)
  items|list join join(",") join("|","idx") json last length len count list lower lower|replace("a","-") map("upper")|list
  map(attribute="item_code")|list map(attribute="nope",default="z")|list map("string")|join(";") map("length")|list
  map("default","x")|list max max(attribute="qty") min pprint reject|list reject("none")|list rejectattr("warehouse")|list|length
  replace("a","b") replace("a","b",1) reverse|list round round(1) round(method="floor") select|list select("string")|list
  selectattr("warehouse")|list|length selectattr("qty","gt",1)|map(attribute="item_code")|list
  selectattr("item_code","in",["LAMPE"])|list|length slice(2)|list sort sort(reverse=true)
  sort(attribute="qty,idx")|map(attribute="idx")|list str string striptags sum sum(attribute="amount") title tojson
  tojson(indent=2) trim trim("a") truncate truncate(5) truncate(5,true,"") unique(attribute="warehouse")|list|length upper
  urlencode urlize wordcount wordwrap(6) xmlattr
`);

const BEHIND = lines(`
  is defined
  is none
  is string
  is number
  is integer
  is float
  is boolean
  is mapping
  is sequence
  is iterable
  is callable
  is even
  is divisibleby(2)
  is eq(1)
  is gt(1)
  is in [1,5]
  is lower
  == 5
  != none
  > 1
  < "z"
  in [none]
  and 1
  or "z"
  if true else 1
  ~ "s"
  + "s"
  + 1
  * 2
  - 1
  / 2
  // 2
  % 2
  ** 2
`);

const MEMBERS = words(`
  [0] [-1] ["a"] .a .name .length .upper() .lower() .strip() .split() .split(",") .split("-")[0] .replace("a","b") .title()
  .startswith("A") .endswith(("c","1")) .find("b") .index("b") .count("a") .isdigit() .isalpha() .isupper() .zfill(8)
  .ljust(8,"*") .rjust(8) .center(9,"-") .partition("-") .rpartition("-") .splitlines() .join(["x","y"]) .encode() .swapcase()
  .casefold() .expandtabs() .removeprefix("a") .get("a") .get("a","z") .keys()|list .values()|list .items()|list .nope .nope()
`);

const NUMBERS = words(`
  1440 1440.5 -1234567.891 0 0.005 1.005 2.675 99999999.995 1e15 1e16 1e22 True 2.5 -2.5 (0.1+0.2) 1e-7 None "1,234.5" "abc"
  "12.50" "" doc.big doc.neg doc.nope
`);

const NUMBER_FUNCTIONS = words(`
  flt({}) flt({},2) flt({},0) cint({}) cint({},7) cstr({}) floor({}) ceil({}) rounded(utils.flt({})) rounded(utils.flt({}),2)
  fmt_money({}) fmt_money({},0) fmt_money({},1) fmt_money({},3) fmt_money({},5) fmt_money({},currency="EUR")
  fmt_money({},format="#.###,##") fmt_money({},format="#,##,###.##") fmt_money({},format="#,###") in_words({})
  money_in_words(utils.flt({},2),"EUR") safe_div({},3) remainder({},7) flt({},2,"Commercial_Rounding") format_duration({})
`).map((call) => call.replace('_Rounding', ' Rounding'));

const FORMATS = words(`
  %.2f %d %e %g %5.1f| %s %r %x %c %05d %-8s| %8s| %+d %.0f %10.3f %% {:.2f} {:,} {:,.2f} {:,.0f} {:>12,.2f} {:e} {:g} {:n}
  {:+.1f} {:.1%} {:d} {:05d} {:x} {:b} {:_} {:<8}| {:^8}| {:*^9} {:08.2f} {} {0}{0} {!r} {!s:>6} {:.3} {:0>5}
`);

const DATES = lines(`
  2026-01-05
  05-01-2026
  05/01/2026
  2026/01/05
  20260105
  5 Jan 2026
  January 5, 2026
  2026-01-05T10:20:30
  2026-01-05T10:20:30.123Z
  2026-01-05 10:20
  2026-01-05 10:20:30.5
  13/01/2026
  2026-13-01
  Mon, 05 Jan 2026 10:20:30 GMT
  2026-01-05 10:20 PM
  10:20
  tomorrow
  2024-02-29
  1900-01-01
`);

const DATE_FUNCTIONS = words(`
  getdate({}) get_datetime({}) formatdate({}) format_datetime({}) get_first_day({}) get_last_day({}) get_timestamp({})
  get_quarter_start({}) get_quarter_ending({}) get_year_ending({}) get_first_day_of_week({}) global_date_format({}) get_time({})
  to_timedelta({}) format_time({}) add_days({},3) add_months({},-1) add_years({},1) add_to_date({},hours=5)
  add_to_date({},months=13,days=-1) date_diff({},"2026-01-01") month_diff({},"2026-01-01") getdate({}).strftime("%d/%m/%Y")
  getdate({}).weekday() get_datetime({}).timestamp() get_datetime({}).isoformat() getdate({}).isocalendar()
  formatdate({},"dd.MM.yyyy") formatdate({},"EEEE,d_MMM") format_datetime({},"medium") getdate({})|string|length
`);

const PATTERNS = lines(`
  dd.MM.yyyy
  dd-mm-yyyy
  mm/dd/yyyy
  yyyy-MM-dd
  d MMM yyyy
  MMMM d, y
  EEEE
  EEE
  c
  yyyyMMdd
  w
  D
  Q
  QQQ
  G
  full
  long
  medium
  short
  %d/%m/%Y
  ddd
  YYYY-'W'ww
  'le' d MMMM
  d 'of' MMMM
  dd''yy
  HH:mm
  hh:mm a
  h:mm:ss a
  K
  SSS
  z
  Z
  yyyy-MM-dd'T'HH:mm:ss'Z'
  dd.MM.yyyy HH:mm
  yyyyMMddHHmmss
`);

const DOCUMENT = [
  'doc.status == "Unpaid"',
  'doc.grand_total > 1000',
  'doc.nope',
  'not doc.is_return',
  'doc.territory in ["France", "UK"]',
  'doc.discount is None',
  'doc.posting_date >= "2026-01-01"',
];

const CONDITIONS = lines(`
  1 < doc.docstatus + 1 < 3
  doc.nope > 1
  doc.x.y
  doc.x.y if doc.x else True
  doc.get("x", {}).get("y")
  (doc.get("x") or {}).get("y")
  doc.get("items")[0].item_code == "CHAISE-01"
  doc.get("items")[99]
  doc["items"][0].qty
  [i for i in doc.get("items") if i.qty > 5]
  "LAMPE" in [i.item_code for i in doc.get("items")]
  {t.idx: t.rate for t in doc.taxes}
  [k for k, v in doc.items() if v]
  doc.taxes[0]["rate"] == 20
  doc.taxes[-1].rate
  doc.taxes[1]
  (lambda x, y=2: x + y)(1) == 3
  f"{doc.grand_total:.2f}" == "1440.00"
  f"{doc.nope!r:>6}"
  "%s-%d" % (doc.status, doc.docstatus)
  doc.customer_name.lower().startswith("caf")
  doc.email_id.split("@")[1].lower() == "example.com"
  doc.status[0:2] == "Un"
  doc.status.nope
  doc.status()
  doc.big == 12345678901234567890
  doc.grand_total == "1440"
  doc.grand_total > "5"
  doc.status > 5
  doc.intval & 1
  doc.intval << 2 == 28
  ~doc.docstatus
  doc.zero / doc.zero
  -7 // 2 == -4 and 7 % -3 == -2
  0.1 + 0.2 == 0.3
  round(0.1 + 0.2, 2) == 0.3
  round(2.5) == 2
  int("5") == 5 and float("1.5") == 1.5
  int("x")
  int(None)
  None in [None, 1]
  1 in 5
  doc.status = "Unpaid"
  doc.status === "Unpaid"
  doc.status <> "Unpaid"
  doc.status && True
  !doc.is_return
  doc.status == “Unpaid”
  (doc.status
  doc.status)
  doc.status is not null
  doc.status; doc.name
  doc._private
  doc.__class__
  (x := 5)
  import os
  return doc.status
  open("x")
  utils.date_diff(doc.due_date, doc.posting_date) > 30
  utils.getdate(doc.posting_date).weekday() == 0
  utils.getdate(doc.posting_date) == doc.posting_date
  utils.getdate(doc.posting_date) < utils.getdate(doc.due_date)
  utils.getdate(doc.posting_date) < doc.due_date
  (utils.getdate("2026-01-05") - utils.getdate("2026-01-01")).days == 4
  utils.add_days(doc.posting_date, 7) > utils.nowdate()
  utils.now_datetime().hour > 8
  utils.flt(doc.grand_total) > 5 and utils.cint(doc.is_return) == 0
`);

const TEMPLATES: readonly string[] = [
  '{% for item in doc["items"] %}{{ item.item_code }}{{ ", " if not loop.last else "" }}{% endfor %}',
  '{% for i in doc.get("items") -%}\n {{ loop.index }}. {{ i.item_name }} {{ i.nope }}\n{%- endfor %}',
  '{% for i in doc.get("items") %}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.revindex }}{{ loop.length }}{{ loop.previtem.idx }}{{ loop.nextitem.idx }}{{ loop.cycle("a", "b") }}{% endfor %}',
  '{% for i in [1,2,2,3] %}{{ loop.changed(i) }}{% endfor %}',
  '{% for i in [1,[2,[3]]] recursive %}{% if i is iterable %}{{ loop(i) }}{% else %}{{ i }}{{ loop.depth }}{% endif %}{% endfor %}',
  '{% for i in doc.nope %}{{ i }}{% else %}-{% endfor %}',
  '{% for i in unknown %}{{ i }}{% else %}-{% endfor %}',
  '{% for k, v in doc.items() if v %}{{ k }};{% endfor %}',
  '{% for i in doc["items"] if i.qty > 2 %}{{ i.qty }}{% if not loop.last %},{% endif %}{% endfor %}',
  '{% set x = 0 %}{% for i in [1,2] %}{% set x = x + i %}{% endfor %}{{ x }}',
  '{% set ns = namespace(t=0) %}{% for i in doc.get("items") %}{% set ns.t = ns.t + i.amount %}{% endfor %}{{ ns.t | round(1) }}',
  '{% set x %}a {{ doc.name }}{% endset %}{{ x | length }}',
  '{% set x | upper %}abc{% endset %}{{ x }}',
  '{% set a, b = 1, 2 %}{{ a }}{{ b }}',
  '{% set x.y = 1 %}',
  '{% macro f(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ f(1) }}{{ f(1,3) }}{{ f(b=5,a=4) }}{{ f() }}',
  '{% macro f(a) %}{{ a }}{% endmacro %}{{ f(1,2) }}',
  '{% macro f(x) %}{% if x > 0 %}{{ x }}{{ f(x-1) }}{% endif %}{% endmacro %}{{ f(3) }}',
  '{% call(x) f() %}{{ x }}{% endcall %}',
  '{% filter upper | replace("A", "b") %}abc{% endfilter %}',
  '{% raw %}{{ x }}{% endraw %}{# c #}x {#- c -#} y',
  '{% with a = doc.name %}{{ a }}{% endwith %}{{ a }}',
  '{% if doc.a %}x{% elif doc.status %}y{% else %}z{% endif %}',
  ...[
    '{% if doc.status %}',
    '{% endif %}',
    '{% unknown %}',
    '{{ x',
    '{{ }}',
    '{{ 1 + }}',
    '{{ a b }}',
    '{{ "a" "b" }}',
    '{{ doc. }}',
  ],
  ...grid(
    ['{%- if 1 -%}', '{% if 1 %}', '{%+ if 1 %}', '{%- if 1 %}', '{% if 1 -%}'],
    ['{% endif %}', '{%- endif %}', '{% endif -%}', '{%- endif -%}'],
    (open, close) => `x \n  ${open} \n y \n ${close} \n z\n`,
  ),
  ...[
    'a\n',
    'a\n\n',
    '{{ 1 }}\n',
    '{{- 1 -}} \n x',
    'x {{- 1 }} y',
    '\r\n{{ 1 }}\r\n',
    '{{-1}}',
    '{{ -1 -}}\n y',
    '{%-if 1-%}x{%-endif-%}',
  ],
  '{"customer": {{ doc.customer | tojson }}, "total": {{ "%.2f" | format(doc.grand_total) }}, "items": [{% for i in doc.get("items") %}{"code": "{{ i.item_code }}", "wh": {{ i.warehouse | tojson }}}{{ "," if not loop.last }}{% endfor %}]}',
  '{"text": "*{{ doc.doctype }}* <{{ frappe.utils.get_url() }}/app/{{ doc.doctype | lower | replace(" ", "-") }}/{{ doc.name }}|{{ doc.name }}> {{ doc.customer_name }}: {{ frappe.utils.fmt_money(doc.grand_total, currency="EUR") }}"}',
  '{{ json.dumps({"a": doc.customer, "n": doc.taxes}) }}',
  '{{ {"a": doc.customer, "d": doc.due_date} | json }}',
  '{{ dict(doc.taxes[0], extra=1) | tojson }}',
];

const texts: readonly string[] = [
  ...grid(VALUES, FILTERS, (value, filter) => `{{ ${value} | ${filter} }}`),
  ...grid(VALUES, BEHIND, (value, behind) => `{{ ${value} ${behind} }}`),
  ...grid(VALUES, MEMBERS, (value, member) => `{{ (${value})${member} }}`),
  ...VALUES.map((value) => `{% for i in ${value} %}{{ loop.index }}{{ i }},{% else %}-{% endfor %}`),
  ...VALUES.map(
    (value) => `{% if ${value} %}Y{% else %}N{% endif %}{{ [${value}] }}{{ "%s" % (${value},) }}`,
  ),
  ...grid(NUMBERS, NUMBER_FUNCTIONS, (number, call) => `{{ utils.${call.replaceAll('{}', number)} }}`),
  ...grid(NUMBERS, FORMATS, (number, format) =>
    format.startsWith('%') ? `{{ "${format}" % ${number} }}` : `{{ "${format}".format(${number}) }}`,
  ),
  ...grid(DATES, DATE_FUNCTIONS, (date, call) => `{{ utils.${call.replaceAll('{}', `"${date}"`)} }}`),
  ...grid(
    PATTERNS,
    ['2026-01-05', '2024-02-29'],
    (pattern, date) => `{{ utils.formatdate("${date}", "${pattern}") }}`,
  ),
  ...grid(
    PATTERNS,
    ['2026-01-15 09:05:04.118200', '2026-01-15 21:00:00'],
    (pattern, time) => `{{ utils.format_datetime("${time}", "${pattern}") }}`,
  ),
  ...TEMPLATES,
];

const conditions: readonly string[] = [
  ...DOCUMENT,
  ...grid(DOCUMENT, DOCUMENT, (a, b) => `${a} and not (${b})`),
  ...grid(DOCUMENT, DOCUMENT, (a, b) => `(${a}) == (${b})`),
  ...CONDITIONS,
];

export const CORPUS: readonly Source[] = [
  ...[...new Set(texts)].map((src): Source => ({ kind: 'text', src })),
  ...[...new Set(conditions)].map((src): Source => ({ kind: 'cond', src })),
];
