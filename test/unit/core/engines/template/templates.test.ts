import { describe, expect, it } from 'vitest';
import { render } from './rendering.ts';

const DATA = `{"name":"TASK-0001","status":"Open","total":50000.0,"price":1.10,"big":12345678901234567890,"ok":true,
  "nil":null,"items":[{"a":1,"b":"x"},{"a":3,"b":"Y"},{"a":2,"b":"x"}],"nums":[3,1,2],"m":{"k":"v","z":[1,2.5]}}`;

/** The expected output is that of Jinja 3.1. The section names are those of its "Template Designer Documentation". */
describe('a Jinja template', () => {
  describe('variables', () => {
    it.each([
      ['{{ doc.name }} {{ doc["name"] }} {{ doc.m.z[1] }} {{ doc.nums.0 }}', 'TASK-0001 TASK-0001 2.5 3'],
      ['{{ data.name }} {{ event.data.name }} {{ event.type }}', 'TASK-0001 TASK-0001 Task.on_update'],
      // A missing field of published data is None, as in Frappe's documents, at any depth.
      ['{{ doc.missing }} {{ doc.nil }} {{ doc.m.missing }} {{ doc["x"] }}', 'None None None None'],
      // DebugUndefined ("Undefined Types" of the API documentation).
      [
        '{{ foo }} {{ {"a": 1}.b }} {{ [1][5] }}',
        "{{ foo }} {{ no such element: dict object['b'] }} {{ no such element: list object[5] }}",
      ],
      ['{{ doc.missing.name }}', "{{ no such element: None['name'] }}"],
      // A field precedes the method of the same name, but a call finds the method.
      ['{{ doc.items }}', "[{'a': 1, 'b': 'x'}, {'a': 3, 'b': 'Y'}, {'a': 2, 'b': 'x'}]"],
      ['{% for k, v in doc.m.items() %}{{ k }}={{ v }};{% endfor %}', 'k=v;z=[1, 2.5];'],
    ])('renders %s', (source, expected) => expect(render(source, DATA)).toBe(expected));
  });

  describe('literals and math ("Literals", "Math")', () => {
    it.each([
      ['{{ 1 + 2 * 3 }} {{ 7 / 2 }} {{ 7 // 2 }} {{ 20 % 7 }} {{ 2 ** 10 }}', '7 3.5 3 6 1024'],
      // Rounds down, and has the divisor's sign (Python's "Binary arithmetic operations").
      ['{{ -7 // 2 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ -7.5 // 2 }} {{ -7.5 % 2 }}', '-4 2 -2 -4.0 0.5'],
      // Unlike in Python, powers are left-associative and bind looser than a sign.
      ['{{ 2**3**2 }} {{ -2**2 }} {{ 2**-1 }}', '64 4 0.5'],
      [
        '{{ 0.1 + 0.2 }} {{ 1/3 }} {{ 10/2 }} {{ 100.0 * 1.1 }}',
        '0.30000000000000004 0.3333333333333333 5.0 110.00000000000001',
      ],
      [
        '{{ 12345678901234567890 * 10 + 1 }} {{ 2**100 }}',
        '123456789012345678901 1267650600228229401496703205376',
      ],
      ['{{ 0x1f }} {{ 0b101 }} {{ 0o17 }} {{ 1_000 }} {{ 1e3 }} {{ 1.5e-7 }}', '31 5 15 1000 1000.0 1.5e-07'],
      ['{{ "a" "b" }} {{ \'it\\\'s\' }} {{ "\\x41\\u00e9\\101\\q" }}', "ab it's AéA\\q"],
      [
        '{{ [1, "a", none, true] }} {{ (1,) }} {{ () }} {{ 1, 2 }} {{ {"a": {1: 2.0}} }}',
        "[1, 'a', None, True] (1,) () (1, 2) {'a': {1: 2.0}}",
      ],
      ['{{ "a" * 3 }} {{ [0] * 2 }} {{ [1] + [2] }} {{ "a" + "b" }}', 'aaa [0, 0] [1, 2] ab'],
    ])('renders %s', (source, expected) => expect(render(source)).toBe(expected));
  });

  describe('comparisons, logic and other operators', () => {
    it.each([
      // Chained as in Python ("Comparisons").
      ['{{ 1 < 2 < 3 }} {{ 3 > 2 > 1 }} {{ 1 < 3 > 2 }} {{ 3 < 2 < 1 }}', 'True True True False'],
      [
        '{{ 1 == 1.0 }} {{ 1 == "1" }} {{ true == 1 }} {{ [1] == [1.0] }} {{ (1,) == [1] }}',
        'True False True True False',
      ],
      ['{{ "a" < "b" }} {{ [1,2] < [1,3] }} {{ "é" < "z" }} {{ "\uffff" < "😀" }}', 'True True False True'],
      ['{{ not true }} {{ "" or "y" }} {{ 1 and 0 }} {{ not 1 == 2 }}', 'False y 0 True'],
      ['{{ "a" in "abc" }} {{ 4 not in [1] }} {{ "k" in doc.m }} {{ 1.0 in [1] }}', 'True True True True'],
      ['{{ "a" ~ 1 ~ none ~ 1.0 }} {{ 2 ~ 3 * 4 }}', 'a1None1.0 212'],
      // "If Expression": without an else it is undefined and renders as an empty text.
      ['{{ "x" if doc.ok else "y" }}|{{ "x" if doc.nil }}|{{ "a" if 0 else "b" if 0 else "c" }}', 'x||c'],
      [
        '{{ "hello"[::-1] }} {{ "hello"[1:-1] }} {{ [1,2,3,4][1:3] }} {{ [1,2,3,4,5][::2] }} {{ [1,2][5:] }}',
        'olleh ell [2, 3] [1, 3, 5] []',
      ],
      // Filters bind tighter than operators, and looser than a sign.
      ['{{ 1 + 2|string|length }} {{ -1|abs }} {{ "a"|upper ~ "b"|upper }}', '2 1 AB'],
      [
        '{{ 5 is odd and 4 is even }} {{ 9 is not divisibleby 2 }} {{ "x" if 5 is odd else "y" }}',
        'True True x',
      ],
    ])('renders %s', (source, expected) => expect(render(source, DATA)).toBe(expected));
  });

  describe('for ("For")', () => {
    it.each([
      [
        '{% for i in [1,2,3] %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.length }} {% endfor %}',
        '10323 21213 32103 ',
      ],
      [
        '{% for i in [1,2] %}{{ loop.first }}{{ loop.last }}{{ loop.cycle("a","b") }} {% endfor %}',
        'TrueFalsea FalseTrueb ',
      ],
      [
        '{% for i in [1,2] %}{{ loop.previtem is defined }}{{ loop.nextitem|default("-") }} {% endfor %}',
        'False2 True- ',
      ],
      ['{% for i in [1,1,2,2,1] %}{% if loop.changed(i) %}{{ i }}{% endif %}{% endfor %}', '121'],
      ['{% for i in [] %}x{% else %}empty{% endfor %}', 'empty'],
      ['{% for i in range(10) if i is odd %}{{ loop.index }}:{{ i }} {% endfor %}', '1:1 2:3 3:5 4:7 5:9 '],
      ['{% for (a, b), c in [((1,2),3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}', '123'],
      ['{% for c in "hé😀" %}{{ c }}.{% endfor %}', 'h.é.😀.'],
      [
        '{% for n in [{"v":1,"c":[{"v":2,"c":[]}]}] recursive %}{{ n.v }}/{{ loop.depth }}({{ loop(n.c) }}){% endfor %}',
        '1/1(2/2())',
      ],
      ['{% for k in doc.m %}{{ k }}{% endfor %}{% for x in foo %}never{% endfor %}', 'kz'],
    ])('renders %s', (source, expected) => expect(render(source, DATA)).toBe(expected));
  });

  describe('assignments and blocks ("Assignments", "Block Assignments", "With Statement")', () => {
    it.each([
      // Assignments in a loop do not outlive the iteration ("Scoping Behavior").
      ['{% set x = 1 %}{% for i in [1,2] %}{{ x }}{% set x = 5 %}{{ x }} {% endfor %}{{ x }}', '15 15 1'],
      [
        '{% set ns = namespace(n=0) %}{% for i in [1,2,3] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}',
        '6',
      ],
      ['{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set (c, d) = [3, 4] %}{{ c }}{{ d }}', '1234'],
      [
        '{% set b %}hi {{ doc.name }}{% endset %}[{{ b }}]{% set u | replace("a","b") | upper %}abc{% endset %}{{ u }}',
        '[hi TASK-0001]BBC',
      ],
      ['{% with a=1, b=2 %}{{ a }}{{ b }}{% endwith %}{{ a }}', '12{{ a }}'],
      ['{% if doc.nil %}a{% elif doc.ok %}b{% else %}c{% endif %}{% if foo %}x{% else %}y{% endif %}', 'by'],
      ['{% set x = none %}{{ x }}', 'None'],
      ['{% filter upper|replace("T", "_") %}{{ doc.status }} task{% endfilter %}', 'OPEN _ASK'],
      [
        '{% do doc %}{% set l = [] %}{% set _ = l.append(1) %}{% do l.extend([2, 3]) %}{{ l }}{{ l.pop() }}',
        '[1, 2, 3]3',
      ],
      ['{% set d = dict(doc.m) %}{% set _ = d.update({"k": 1}) %}{{ d.k }}{{ doc.m.k }}', '1v'],
    ])('renders %s', (source, expected) => expect(render(source, DATA)).toBe(expected));
  });

  describe('macros and calls ("Macros", "Call")', () => {
    it.each([
      [
        '{% macro m(a, b=2, c="x") %}[{{ a }}|{{ b }}|{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, c="z") }}{{ m(1, 5, 6) }}',
        '[1|2|x][1|2|z][1|5|6]',
      ],
      ['{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}', "(1, 2){'x': 3}"],
      ['{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(4) }}', '4321'],
      [
        '{% macro l(xs) %}{% for x in xs %}{{ caller(x) }}{% endfor %}{% endmacro %}{% call(v) l([1,2]) %}<{{ v }}>{% endcall %}',
        '<1><2>',
      ],
      // A macro sees the names around its definition, not those of its caller.
      ['{% macro m() %}{{ v }}{% endmacro %}{% set v = 2 %}{% for v in [9] %}{{ m() }}{% endfor %}', '2'],
      ['{% macro m(a) %}{{ a }}{% endmacro %}{{ m(none) }}{{ m(*[1]) }}{{ m(**{"a": 2}) }}', 'None12'],
    ])('renders %s', (source, expected) => expect(render(source)).toBe(expected));
  });

  describe('whitespace, comments and raw ("Whitespace Control", "Comments", "Escaping")', () => {
    it.each([
      ['a {# comment #} b {#- c -#} d', 'a  bd'],
      ['  {%- if true -%}  x  {%- endif -%}  y', 'xy'],
      ['{{- 1 -}}   2   {{- 3 }}', '123'],
      ['{% if true +%}  q {%+ endif %}', '  q '],
      ['{% raw %}{{ x }} {% if %}{% endraw %}!{% raw -%}  y  {%- endraw %}', '{{ x }} {% if %}!y'],
      ['{% if true %}\nx\n{% endif %}\n', '\nx\n'],
      ['a\r\nb\rc\n\n', 'a\nb\nc\n'],
      ['{{ {"a": {"b": 1}}.a }} {{ {"a":{"b":"}}"}} }} { } }} {x}', "{'b': 1} {'a': {'b': '}}'}} { } }} {x}"],
    ])('renders %j', (source, expected) => expect(render(source)).toBe(expected));
  });

  describe('errors', () => {
    it.each([
      ['{{ 1 +', 1],
      ['a\n{% if x %}', 2],
      ['a\n\n{{ foo|nofilter }}', 3],
      ['{{ foo is notest }}', 1],
      ['{% unknown %}', 1],
      ['\n{% endif %}', 2],
      ['{{ (1 }}', 1],
      ["{{ 'abc }}", 1],
      ['{# unclosed', 1],
      ['{% raw %}', 1],
      ['{{ }}', 1],
      ['{{ a b }}', 1],
      ['{% include "x" %}', 1],
      ['{% for x in %}{% endfor %}', 1],
      ['{% set true = 1 %}', 1],
    ])('does not compile: %j, in line %i', (source, line) => {
      expect(() => render(source)).toThrow(expect.objectContaining({ name: 'TemplateSyntaxError', line }));
    });

    it.each([
      ['{{ foo.bar }}', "'foo' is undefined"],
      ['{{ none > 3 }}', "'>' not supported between instances of 'NoneType' and 'int'"],
      ['{{ "a" + 1 }}', "unsupported operand type(s) for +: 'str' and 'int'"],
      ['{{ 1 / 0 }}', 'division by zero'],
      ['{% for x in doc.missing %}{% endfor %}', "'NoneType' object is not iterable"],
      ['{{ foo() }}', "'foo' is undefined"],
      ['{{ doc.name() }}', 'is not callable'],
      ['{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}', 'm() takes no such many arguments'],
      ['{% macro m(a) %}{% endmacro %}{{ m(b=2) }}', 'm() takes no such keyword argument'],
      ['{{ {"a": foo}|tojson }}', 'Object of type Undefined is not JSON serializable'],
      ['{{ {[]: 1} }}', "'list' cannot be a key"],
    ])('fails when rendered: %s: %s', (source, message) => {
      expect(() => render(source, DATA)).toThrow(
        expect.objectContaining({
          name: 'TemplateError',
          line: 1,
          message: expect.stringContaining(message),
        }),
      );
    });
  });
});
