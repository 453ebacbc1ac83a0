import { describe, expect, it } from 'vitest';
import { render } from './rendering.ts';

const DATA = `{"nums":[3,1,2],"tags":["b","A","c","a"],"m":{"k":"v"},"u":"Orléans 😀",
  "items":[{"a":1,"b":"x"},{"a":3,"b":"Y"},{"a":2,"b":"x"}]}`;

/** The expected output is that of Jinja 3.1 ("List of Builtin Filters") with Frappe's filters. */
describe('a filter', () => {
  it.each([
    // default, length
    [
      '{{ foo|default("x") }}{{ doc.zz|default("x") }}{{ doc.zz|d("x", true) }}{{ ""|default("w", boolean=true) }}',
      'xNonexw',
    ],
    [
      '{{ "é😀"|length }} {{ doc.nums|count }} {{ doc.m|length }} {{ [1]|len }} {{ foo|length }}',
      '2 3 1 1 0',
    ],
    // numbers: int is Frappe's cint
    [
      '{{ "42"|int }} {{ "3.9"|int }} {{ "x"|int }} {{ "x"|int(7) }} {{ 3.9|int }} {{ true|int }} {{ none|int }} {{ "ff"|int(base=16) }}',
      '42 3 0 7 3 1 0 255',
    ],
    [
      '{{ "3.5"|float }} {{ "x"|float }} {{ "x"|float(1.5) }} {{ 3|float }} {{ "inf"|float }}',
      '3.5 0.0 1.5 3.0 inf',
    ],
    [
      '{{ "１２"|int }} {{ "٣.٥"|float }} {{ "1٢"|flt }} {{ "½"|int }} {{ "𝟡"|int }} {{ utils.fmt_money("٣") }}',
      '12 3.5 12.0 0 9 3.00',
    ],
    ['{{ "1,234.5"|flt }} {{ "x"|flt }} {{ "10,500.5666"|flt(2) }} {{ 5|flt }}', '1234.5 0.0 10500.57 5.0'],
    // Rounds half to even from the exact binary value (Python's round()).
    [
      '{{ 2.675|round(2) }} {{ 2.5|round }} {{ 3.5|round }} {{ 42.55|round(1, "floor") }} {{ 42.51|round(1, "ceil") }} {{ 5|round }}',
      '2.67 2.0 4.0 42.5 42.6 5',
    ],
    [
      '{{ 1234.5|round(-2) }} {{ 15|round(-1) }} {{ -0.4|round }} {{ 0.125|round(2) }}',
      '1200.0 20 -0.0 0.12',
    ],
    ['{{ -5|abs }} {{ -5.5|abs }} {{ 5|string ~ "!" }} {{ true|string }} {{ none|str }}|', '5 5.5 5! True |'],
    [
      '{{ doc.nums|sum }} {{ doc["items"]|sum(attribute="a") }} {{ [0.1, 0.2]|sum }} {{ [[1],[2]]|sum(start=[]) }}',
      '6 6 0.30000000000000004 [1, 2]',
    ],
    [
      '{{ doc.nums|min }} {{ doc.nums|max }} {{ ["B","a"]|min }} {{ [{"a":1},{"a":5}]|max(attribute="a") }}',
      "1 3 a {'a': 5}",
    ],
    // text
    [
      '{{ "aBc"|upper }} {{ "ABC"|lower }} {{ "hELLO"|capitalize }} {{ "straße"|upper }}',
      'ABC abc Hello STRASSE',
    ],
    ['{{ "hello world-foo (bar"|title }} {{ "it\'s"|title }}', "Hello World-Foo (Bar It's"],
    [
      '[{{ "  x "|trim }}] {{ "xxaxx"|trim("x") }} {{ "aaaa"|replace("a", "b", 2) }} {{ "abc"|replace("", "-") }}',
      '[x] a bbaa -a-b-c-',
    ],
    [
      '{{ "<a href=\'x\'>&"|e }} {{ "<b>"|escape }} {{ "<b>"|forceescape }} {{ "<b>"|safe }}',
      '&lt;a href=&#39;x&#39;&gt;&amp; &lt;b&gt; &lt;b&gt; <b>',
    ],
    ['{{ "<p>a  <b>b</b>&amp; <!-- c > d --> x</p>"|striptags }}', 'a b& x'],
    [
      '{{ "foo bar baz qux"|truncate(9) }} {{ "foo bar baz qux"|truncate(9, True) }} {{ "foo bar baz qux"|truncate(11) }} {{ "foo bar baz qux"|truncate(9, False, "!", 0) }}',
      'foo... foo ba... foo bar baz qux foo bar!',
    ],
    [
      '{{ "a\\nb\\n\\nc"|indent }}|{{ "a\\nb"|indent(2, true) }}|{{ "a\\n\\nb"|indent(1, blank=true) }}|{{ "a\\nb"|indent(">") }}',
      'a\n    b\n\n    c|  a\n  b|a\n \n b|a\n>b',
    ],
    ['[{{ "ab"|center(7) }}] [{{ "abc"|center(6) }}] {{ "a b  c"|wordcount }}', '[   ab  ] [ abc  ] 3'],
    [
      '{{ "a b/c?d=é&"|urlencode }} {{ {"a b": "c/d", "x": 1}|urlencode }} {{ [("a", 1)]|urlencode }}',
      'a%20b/c%3Fd%3D%C3%A9%26 a+b=c%2Fd&x=1 a=1',
    ],
    ['{{ "%s - %s"|format("a", 1) }} {{ "%(x)s"|format(x=5) }}', 'a - 1 5'],
    [
      '{{ 1000000|filesizeformat }} {{ 1|filesizeformat }} {{ 1024|filesizeformat(true) }}',
      '1.0 MB 1 Byte 1.0 KiB',
    ],
    // lists
    [
      '{{ doc.tags|join(", ") }} {{ [1, none, true]|join("-") }} {{ doc["items"]|join(",", attribute="a") }}',
      'b, A, c, a 1-None-True 1,3,2',
    ],
    ['{{ doc.nums|first }} {{ doc.nums|last }} {{ "abc"|first }} {{ []|first is defined }}', '3 2 a False'],
    // Case-insensitive by default.
    [
      '{{ doc.tags|sort }} {{ doc.tags|sort(case_sensitive=true) }} {{ doc.nums|sort(reverse=true) }}',
      "['A', 'a', 'b', 'c'] ['A', 'a', 'b', 'c'] [3, 2, 1]",
    ],
    ['{{ doc["items"]|sort(attribute="b,a")|map(attribute="a")|join(",") }}', '1,2,3'],
    [
      '{{ [1,2,1,3,2]|unique|list }} {{ ["a","A","b"]|unique|list }} {{ doc["items"]|unique(attribute="b")|map(attribute="a")|list }}',
      "[1, 2, 3] ['a', 'b'] [1, 3]",
    ],
    [
      '{{ [1,2,3,4]|select("odd")|list }} {{ [1,2,3]|reject("odd")|list }} {{ [0,1,"",none]|select|list }} {{ [1,2,3,4]|select("divisibleby", 2)|list }}',
      '[1, 3] [2] [1] [2, 4]',
    ],
    [
      '{{ doc["items"]|selectattr("a", ">", 1)|map(attribute="b")|list }} {{ doc["items"]|rejectattr("b", "eq", "x")|list }}',
      "['Y', 'x'] [{'a': 3, 'b': 'Y'}]",
    ],
    [
      '{{ ["a"]|map("upper")|list }} {{ ["a"]|map("replace", "a", "z")|list }} {{ [{"x":{"y":1}}]|map(attribute="x.y")|list }} {{ [{}]|map(attribute="x", default="d")|list }} {{ [[1,2]]|map(attribute=1)|list }}',
      "['A'] ['z'] [1] ['d'] [2]",
    ],
    [
      '{% for g in doc["items"]|groupby("b") %}{{ g.grouper }}:{{ g.list|map(attribute="a")|list }};{% endfor %}',
      'x:[1, 2];Y:[3];',
    ],
    ['{% for k, l in doc["items"]|groupby("a") %}{{ k }}{{ l|length }}{% endfor %}', '112131'],
    [
      '{{ [1,2,3,4,5]|batch(2)|list }} {{ [1,2,3]|batch(2, "x")|list }}',
      "[[1, 2], [3, 4], [5]] [[1, 2], [3, 'x']]",
    ],
    [
      '{{ [1,2,3,4,5]|slice(2)|list }} {{ [1,2,3,4,5]|slice(3, "f")|list }}',
      "[[1, 2, 3], [4, 5]] [[1, 2], [3, 4], [5, 'f']]",
    ],
    [
      '{{ {"b":1,"A":2,"c":0}|dictsort }} {{ {"b":1,"a":2}|dictsort(by="value") }} {{ {"b":1,"a":2}|dictsort(reverse=true) }}',
      "[('A', 2), ('b', 1), ('c', 0)] [('b', 1), ('a', 2)] [('b', 1), ('a', 2)]",
    ],
    [
      '{{ {"a":1}|items|list }} {{ "abc"|reverse }} {{ [1,2]|reverse|list }} {{ "abc"|list }} {{ {"a":1}|list }}',
      "[('a', 1)] cba [2, 1] ['a', 'b', 'c'] ['a']",
    ],
    // None has no elements: the table of a document that has none. Keys without an order may be equal.
    [
      '{{ doc.zz|map("upper")|list }} {{ doc.zz|map(attribute="a")|list }} {{ doc.zz|selectattr("a")|list }} {{ none|select|list }} {{ ""|reject|list }}',
      '[] [] [] [] []',
    ],
    [
      '{{ [{"a":1},{"b":2}]|sort(attribute="c")|list }} {{ [none, none]|sort|list }}',
      "[{'a': 1}, {'b': 2}] [None, None]",
    ],
    [
      '{{ "one two-three fourfive"|wordwrap(6) }}|{{ "one two-three fourfive"|wordwrap(6, false, "/") }}|{{ "a\n\nb"|wordwrap(3) }}|{{ "word---dash"|wordwrap(5, true, "/", false) }}',
      'one\ntwo-\nthree \nfourfi\nve|one/two-/three/fourfive|a\n\nb|word-/--das/h',
    ],
    [
      '{{ ["ª".isupper(), "aʷ".islower(), "ǅ".isupper(), "ʷ"|upper is upper, "A1".isupper()] }}',
      '[False, True, False, False, True]',
    ],
    [
      '{{ "ßa".capitalize() }} {{ "ǆ".title() }} {{ "ß"|capitalize }} {{ "ß"|title }} {{ "%c%c" % (65, "b") }}',
      'Ssa ǅ Ss SS Ab',
    ],
    ['{{ {"a":1}|attr("a") is defined }} {{ {"a":1}|attr("keys") is defined }}', 'False True'],
    ['{{ foo|truncate(3) }}|{{ foo|truncate is defined }}', '{{ foo }}|False'],
    ['{{ doc.nums|truncate }} {{ doc.m|truncate(3) }}', "[3, 1, 2] {'k': 'v'}"],
    // Frappe's serialiser writes what can be iterated over as a list, and a time span in hours.
    [
      '{{ foo|json }} {{ range(2)|json(none) }} {{ utils.to_timedelta("1:02:03.5")|json }} {{ (utils.getdate("2026-01-03") - utils.getdate("2026-01-01"))|json }} {{ as_json([foo], none) }}',
      '[] [0,1] "1:02:3.5" "48:00:00" [[]]',
    ],
    [
      '{{ (-0.4)|round(0, "ceil") }} {{ -0.0 // 3 }} {{ (utils.getdate("2026-01-01") - utils.getdate("2026-01-03"))|abs }} {{ abs(utils.getdate("2026-01-01") - utils.getdate("2026-01-03")) }}',
      '0.0 -0.0 2 days, 0:00:00 2 days, 0:00:00',
    ],
    // JSON: tojson sorts keys and escapes for HTML; json is frappe.as_json.
    [
      '{{ {"b":[1,2.0,none,true],"a":"<&>\'é😀\\n"}|tojson }}',
      '{"a": "\\u003c\\u0026\\u003e\\u0027\\u00e9\\ud83d\\ude00\\n", "b": [1, 2.0, null, true]}',
    ],
    ['{{ [1,{"a":2}]|tojson(indent=2) }} {{ {}|tojson(2) }}', '[\n  1,\n  {\n    "a": 2\n  }\n] {}'],
    ['{{ {"b":1,"a":[1,2]}|json }}', '{\n "a": [\n  1,\n  2\n ],\n "b": 1\n}'],
    [
      '{{ doc|attr("nums") }} {{ "abc"|attr("upper") is defined }} {{ doc|attr("__class__") is defined }}',
      '[3, 1, 2] True False',
    ],
    [
      '{{ doc.u|upper }} {{ doc.u[::-1] }} {{ doc.u|truncate(4, true, "…", 0) }}',
      'ORLÉANS 😀 😀 snaélrO Orl…',
    ],
  ])('renders %s', (source, expected) => expect(render(source, DATA)).toBe(expected));
});

/** What Python or Jinja does not convert. */
describe('a template that fails in Frappe', () => {
  it.each([
    ['{{ 1234|truncate(3) }}', "object of type 'int' cannot be truncated"],
    ['{{ doc.nums|truncate(1, end="", leeway=0) }}', "object of type 'list' cannot be truncated"],
    ['{{ utils.get_datetime([1]) }}', "'list' object cannot be interpreted as an integer"],
    ['{{ "a"|truncate(2) }}', 'truncate() needs a length of at least 3'],
    ['{{ utils.fmt_money() }}', "fmt_money() needs the argument 'amount'"],
    ['{{ doc.zz|truncate }}', "object of type 'NoneType' cannot be truncated"],
    ['{{ doc.zz|indent }}', "unsupported operand type(s) for +=: 'NoneType' and 'str'"],
    ['{{ foo|indent }}', "'foo' is undefined"],
    ['{{ foo|float }}', "'foo' is undefined"],
    ['{{ 5|wordwrap }}', "'int' object has no attribute 'splitlines'"],
    ['{{ "x"|wordwrap(0) }}', 'wordwrap() needs a width above zero'],
    ['{{ "%x" % 1.5 }}', '%x format: an integer is required, not float'],
    ['{{ "%c" % "ab" }}', '%c requires int or char'],
    ['{{ "%c" % 1.5 }}', '%c requires int or char'],
    ['{{ "{:,}".format("x") }}', "Cannot specify ',' with 's'."],
    ['{{ "{:+}".format("x") }}', 'Sign not allowed in string format specifier'],
    ['{{ "{:.3}".format(5) }}', 'Precision not allowed in integer format specifier'],
    ['{{ utils.add_to_date("2026-01-31", days=doc.zz) }}', 'days must be int, not NoneType'],
    ['{{ utils.comma_and() }}', "comma_and() needs the argument 'some_list'"],
    ['{{ utils.get_first_day() }}', "get_first_day() needs the argument 'dt'"],
    ['{{ utils.get_date_str("") }}', 'get_date_str() needs a date'],
  ])('fails here: %s', (source, reason) => expect(() => render(source, DATA)).toThrow(reason));
});

/** Jinja's "List of Builtin Tests". */
describe('a test', () => {
  it.each([
    'foo is undefined',
    'doc is defined',
    'doc.zz is defined',
    'none is none',
    '"a" is string',
    '5 is number',
    'true is number',
    '5.0 is float',
    '5 is integer',
    'true is not integer',
    'true is boolean',
    '{} is mapping',
    '[] is sequence',
    '"a" is iterable',
    '5 is not iterable',
    '"A" is upper',
    '"a1" is lower',
    '"1" is not lower',
    '1 is sameas 1',
    '5 is in [5]',
    '5 is eq 5',
    '5 is ne 4',
    '5 is gt 4',
    '4 is lt(5)',
    '5 is ge 5',
    '4 is le 5',
    '5 is equalto 5.0',
    '5 is odd',
    '4.0 is even',
    '9 is divisibleby 3',
    '9 is not divisibleby(2)',
    'range is callable',
    'foo is callable',
    'true is true',
    '1 is not true',
    '"upper" is filter',
    '"odd" is test',
    '1 is not none and 2 is even',
  ])('holds: %s', (test) => expect(render(`{{ ${test} }}`)).toBe('True'));
});

/** Python's "String Methods", "Mapping Types" and "Sequence Types". */
describe('a method', () => {
  it.each([
    ['" x ".strip() ~ "|" ~ "xxaxx".strip("x") ~ " a ".lstrip() ~ "|" ~ " a ".rstrip() ~ "|"', 'x|aa | a|'],
    [
      '"a,b,c".split(","), "a b  c".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1)',
      "(['a', 'b', 'c'], ['a', 'b', 'c'], ['a', 'b,c'], ['a,b', 'c'])",
    ],
    [
      '" a  b c ".split(None, 1), " a  b c ".rsplit(None, 1), "aaa".rsplit("aa", 1)',
      "(['a', 'b c '], [' a  b', 'c'], ['a', ''])",
    ],
    [
      '"a\\nb\\r\\nc\\n".splitlines(), "a-b-c".partition("-"), "a-b-c".rpartition("-")',
      "(['a', 'b', 'c'], ('a', '-', 'b-c'), ('a-b', '-', 'c'))",
    ],
    [
      '"hello".replace("l", "L", 1), "they\'re".title(), "hELLO".capitalize(), "aXb".swapcase()',
      `('heLlo', "They'Re", 'Hello', 'AxB')`,
    ],
    [
      '"é😀x".find("x"), "hello".find("z"), "hello".rfind("l"), "abc".index("c"), "abc".count("")',
      '(2, -1, 3, 2, 4)',
    ],
    ['"abc".startswith("ab"), "abc".endswith(("x", "c")), "abc".startswith("b", 1)', '(True, True, True)'],
    [
      '"123".isdigit(), "".isdigit(), "aé".isalpha(), " ".isspace(), "HI".isupper(), "Hi".islower()',
      '(True, False, True, True, True, False)',
    ],
    [
      '"42".zfill(5), "-42".zfill(5), "x".ljust(3), "x".rjust(3, "."), "ab".center(5, "*")',
      "('00042', '-0042', 'x  ', '..x', '**ab*')",
    ],
    ['"-".join(["a", "b"]), "abc".removeprefix("a"), "abc".removesuffix("c")', "('a-b', 'bc', 'ab')"],
    ['{"a": none}.get("a", 5), {"a": 1}.get("b"), {"a": 1}.get("b", 5)', '(None, None, 5)'],
    ['{"a": 1}.keys()|list, {"a": 1}.values()|list, {"a": 1}.items()|list', "(['a'], [1], [('a', 1)])"],
    ['[1, 2, 1].count(1), [1, 2].index(2), "abc"["upper"]()', "(2, 1, 'ABC')"],
    // printf-style formatting
    [
      '"%.2f" % 3.14159, "%05d" % 42, "%d%%" % 50, "%x" % 255, "%e" % 12345.678, "%-5s|" % "a"',
      "('3.14', '00042', '50%', 'ff', '1.234568e+04', 'a    |')",
    ],
    [
      '"%s %r" % ("a", "b"), "%+d" % 3, "%5.1f|" % 3.14159, "%08.2f" % -3.7, "%.3s" % "abcdef", "%i" % 3.9',
      "(\"a 'b'\", '+3', '  3.1|', '-0003.70', 'abc', '3')",
    ],
    // "Format Specification Mini-Language"
    [
      '"{:,.2f}".format(1234567.891), "{:>6}|{:<4}|{:^5}|".format("a", "b", "c"), "{:05d}".format(42)',
      "('1,234,567.89', '     a|b   |  c  |', '00042')",
    ],
    [
      '"{0}{1}{0}".format("a", "b"), "{x}".format(x=5), "{:.1%}".format(0.256), "{{}}".format(), "{:.2f}".format(2.675)',
      "('aba', '5', '25.6%', '{}', '2.67')",
    ],
    [
      '"{:.3g}".format(12345.678), "{:g}".format(1e10), "{:e}".format(12345.678), "{:#x}".format(255), "{!r}".format("x")',
      "('1.23e+04', '1e+10', '1.234568e+04', '0xff', \"'x'\")",
    ],
  ])('renders %s', (expression, expected) => expect(render(`{{ ${expression} }}`)).toBe(expected));
});
