import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../core/domain/template/condition.ts';
import { TemplateError } from '../../../core/domain/template/errors.ts';
import { compileTemplate } from '../../../core/domain/template/template.ts';
import { holds, render, scopeOf } from './rendering.ts';

const LARGE = JSON.stringify({
  s: 'a'.repeat(200_000),
  list: Array.from({ length: 20_000 }, (_, at) => at),
  objects: Array.from({ length: 4000 }, (_, at) => ({ a: (at * 7919) % 4001, b: `x${at}` })),
});
const large = scopeOf(LARGE);
const forever = (body: string) => `{% for i in range(30000) %}${body}{% endfor %}`;

describe('a hostile template', () => {
  it.each([
    [
      'a text that doubles',
      '{% set n = namespace(s="x") %}{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}',
    ],
    ['a repeated text', '{{ "x" * 10**9 }}'],
    ['a repeated list', '{{ [0] * 10**9 }}'],
    ['a list that doubles', '{% set l = [1] %}{% for i in range(99) %}{% do l.extend(l) %}{% endfor %}'],
    ['a huge range', '{{ range(10**9)|length }}'],
    ['many ranges', '{% for i in range(100) %}{% set x = range(90000) %}{% endfor %}'],
    [
      'nested loops',
      '{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}{% endfor %}{% endfor %}',
    ],
    ['a huge power', '{{ 10**100000 }}'],
    ['a tower of powers', '{{ 10**(10**100) }}'],
    [
      'a factorial',
      '{% set n = namespace(x=1) %}{% for i in range(1, 9999) %}{% set n.x = n.x * i %}{% endfor %}',
    ],
    ['a long join', '{{ range(20000)|join("x" * 1000) }}'],
    ['a growing replacement', '{{ ("a" * 1000)|replace("a", "b" * 1000) }}'],
    ['a replacement of nothing', '{{ ("a" * 1000)|replace("", "b" * 1000) }}'],
    ['a wide centre', '{{ "x"|center(10**9) }}'],
    ['a deep indent', '{{ "a\\nb"|indent(10**9) }}'],
    ['a wide indent', '{{ ("a\\n" * 1000)|indent(1000) }}'],
    ['zeros', '{{ "x".zfill(10**9) }}'],
    ['a wide format', '{{ "%100000000s" % "x" }}'],
    ['a wide number', '{{ "%0100000000d" % 1 }}'],
    ['a precise number', '{{ "%.100000000f" % 1.5 }}'],
    ['a wide brace format', '{{ "{:>100000000}".format("x") }}'],
    ['a wide batch', '{{ [1]|batch(10**9, "x") }}'],
    ['many slices', '{{ [1]|slice(10**9, "x") }}'],
    ['indented JSON', '{{ [[[1]]]|tojson(indent=10**8) }}'],
    ['a long output', forever('{{ "x" * 99 }}')],
    ['a long output of wide characters', '{{ "€" * 90000 }}'],
    ['endless recursion', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}'],
    [
      'exponential recursion',
      '{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}',
    ],
    [
      'recursion through calls',
      '{% macro f() %}{% call f() %}{{ caller() }}{% endcall %}{% endmacro %}{% call f() %}x{% endcall %}',
    ],
    ['a recursive loop', '{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}'],
    ['a list in itself, shown', '{% set l = [] %}{% do l.append(l) %}{{ l }}'],
    ['a list in itself, as JSON', '{% set l = [] %}{% do l.append(l) %}{{ l|tojson }}'],
    [
      'lists in themselves, compared',
      '{% set l = [] %}{% do l.append(l) %}{% set m = [] %}{% do m.append(m) %}{{ l == m }}',
    ],
    [
      'a graph of lists, shown',
      '{% set n = namespace(l=[1]) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l }}',
    ],
    [
      'graphs of lists, compared',
      '{% set n = namespace(l=[1], m=[1]) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% set n.m = [n.m, n.m] %}{% endfor %}{{ n.l == n.m }}',
    ],
    ['a slow search', forever('{% set x = ("b" ~ doc.s[:1000]) in doc.s %}')],
    ['counting', forever('{% set x = doc.s.count("a") %}')],
    ['changing case', forever('{% set x = doc.s|upper %}')],
    ['testing case', forever('{% set x = doc.s is upper %}')],
    ['escaping', forever('{% set x = ("<" * 40000)|e %}')],
    ['stripping tags', forever('{% set x = ("<" * 40000)|striptags %}')],
    ['splitting', forever('{% set x = doc.s.split("a") %}')],
    ['characters', forever('{% set x = doc.s[:50000]|list %}')],
    ['showing', forever('{% set x = doc.objects|string %}')],
    ['JSON of texts that need escapes', forever('{% set x = ("é" * 30000)|tojson %}')],
    ['sorting', forever('{% set x = doc.objects|sort(attribute="a") %}')],
    ['grouping', forever('{% set x = doc.objects|groupby("a") %}')],
    ['summing', forever('{% set x = doc.list|sum %}')],
    ['looking through a list', forever('{% set x = -1 in doc.list %}')],
    ['copying a list', forever('{% set x = doc.list[1:] %}')],
    ['long keys that are not there', forever('{% set x = "x"[doc.s ~ "é"] %}')],
    ['asking the time', forever('{% set x = utils.now() %}')],
    [
      'keeping large texts',
      '{% set l = [] %}{% for i in range(3000) %}{% do l.append("x" * 200000) %}{% endfor %}',
    ],
    [
      'keeping mappings',
      '{% set l = [] %}{% for i in range(30000) %}{% do l.append({"a": {}}) %}{% endfor %}{{ l|length }}',
    ],
    ['comparing long texts', forever('{% set x = doc.s ~ "b" < doc.s ~ "c" %}')],
    ['long patterns of dates', forever('{% set x = utils.now_datetime().strftime("%B" * 9000) %}')],
    ['many conversions', '{{ ("%s" * 50000)|format(*range(20000)) }}'],
    ['many fields', '{{ ("{}" * 50000).format(*doc.list) }}'],
  ])('%s ends at a limit', (_, source) => {
    expect(() => compileTemplate(source).render(large)).toThrow(
      expect.objectContaining({ name: 'RenderLimitError' }),
    );
  });

  it.each([
    ['parentheses', `{{ ${'('.repeat(9000)}1${')'.repeat(9000)} }}`],
    ['lists', `{{ ${'['.repeat(9000)}${']'.repeat(9000)} }}`],
    ['signs', `{{ ${'- '.repeat(9000)}1 }}`],
    ['negations', `{{ ${'not '.repeat(9000)}1 }}`],
    ['members', `{{ a${'.a'.repeat(9000)} }}`],
    ['calls', `{{ a${'()'.repeat(9000)} }}`],
    ['filters', `{{ a${'|e'.repeat(9000)} }}`],
    ['choices', `{{ ${'1 if 1 else '.repeat(4000)}1 }}`],
    ['powers', `{{ ${'2**'.repeat(9000)}1 }}`],
    ['blocks', `${'{% if 1 %}'.repeat(6000)}${'{% endif %}'.repeat(100)}`],
    ['loops', '{% for a in b %}'.repeat(4000)],
    ['targets', `{% set ${'('.repeat(9000)}a`],
    ['tokens', `{{ [${'1,'.repeat(30_000)}] }}`],
    ['characters', 'x'.repeat(1024 * 1024)],
    ['digits', `{{ ${'1'.repeat(60_000)} }}`],
  ])('of too many %s is refused, or ends at a limit', (_, source) => {
    expect(() => render(source)).toThrow(
      expect.objectContaining({ name: expect.stringMatching(/^(TemplateSyntaxError|RenderLimitError)$/) }),
    );
  });

  it('has a short message', () => {
    expect(() => render('{{ utils[doc.s]() }}', LARGE)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,501}$/) }),
    );
  });

  it('may have long chains that do not nest', () => {
    expect(render(`{{ ${'1+'.repeat(5000)}1 }}`)).toBe('5001');
    expect(render(`{{ ${'1~'.repeat(5000)}1 }}`)).toHaveLength(5001);
    expect(render(`{{ ${'1<='.repeat(5000)}1 }}`)).toBe('True');
    expect(render(`{% if 0 %}${'{% elif 0 %}'.repeat(3000)}{% else %}x{% endif %}`)).toBe('x');
  });

  // Each is a pattern that backtracking expressions are slow on; the whole test would time out.
  it.each([
    ' ',
    '\n',
    '{%',
    '{{',
    '{#',
    '{% raw %}',
    '{%-',
    "{{ '",
    '\\',
    '{{ 1_',
    '{% ',
    '}',
    '\ud83d',
    '{{ "\\u',
  ])('made of many %j compiles or is refused', (unit) => {
    const source = unit.repeat(Math.floor(65_536 / unit.length));
    for (const compile of [compileTemplate, compileCondition]) {
      try {
        compile(source);
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
      }
    }
  });

  describe('reaches nothing of the host', () => {
    it.each([
      ['{{ doc["constructor"] }}', 'None'],
      ['{{ doc.constructor }}', 'None'],
      [
        '{{ doc["__proto__"] }}{{ doc["__class__"] }}{{ doc.toString }}{{ doc.hasOwnProperty }}',
        'NoneNoneNoneNone',
      ],
      [
        '{{ {}["constructor"] is defined }}{{ {}.constructor is defined }}{{ "".constructor is defined }}',
        'FalseFalseFalse',
      ],
      [
        '{{ [].constructor is defined }}{{ [].length is defined }}{{ [].push is defined }}{{ 1.constructor is defined }}',
        'FalseFalseFalseFalse',
      ],
      ['{{ loop.constructor is defined if loop else "-" }}', '-'],
      [
        '{% for i in [1] %}{{ loop.constructor is defined }}{{ loop["items"] is defined }}{% endfor %}',
        'FalseFalse',
      ],
      [
        '{{ utils.constructor is defined }}{{ utils["__proto__"] is defined }}{{ range.constructor is defined }}',
        'FalseFalseFalse',
      ],
      ['{{ doc|attr("__class__") is defined }}{{ doc|attr("constructor") }}', 'FalseNone'],
      [
        '{{ [doc]|map(attribute="constructor")|list }}{{ [{}]|map(attribute="__proto__.x")|list|length if 0 }}',
        '[None]',
      ],
      [
        '{{ constructor }} {{ process }} {{ globalThis }} {{ require }} {{ this }}',
        '{{ constructor }} {{ process }} {{ globalThis }} {{ require }} {{ this }}',
      ],
      [
        '{% set constructor = 1 %}{% set __proto__ = 2 %}{{ constructor }}{{ __proto__ }}{{ toString }}',
        '12{{ toString }}',
      ],
      [
        '{% set d = {"__proto__": 1, "constructor": 2} %}{{ d["__proto__"] }}{{ d.constructor }}{{ d }}',
        "12{'__proto__': 1, 'constructor': 2}",
      ],
      [
        '{{ "%(constructor)s"|format(constructor=1) }}{{ utils.now_datetime().strftime("%Y %constructor") }}',
        '12026 %constructor',
      ],
    ])('%s', (source, expected) => expect(render(source)).toBe(expected));

    it.each([
      '{{ "{0.name}".format(doc) }}',
      '{{ "{0[name]}".format(doc) }}',
      '{{ "{:{}}".format(1, 2) }}',
      '{{ doc.constructor("return process")() }}',
      '{{ doc["constructor"]["constructor"]("x") }}',
      '{{ [1]|map("constructor") }}',
      '{{ [1]|select("toString") }}',
      '{{ "x".toString() }}',
      '{{ range.call(1) }}',
      '{{ range.bind() }}',
      '{{ utils.constructor() }}',
    ])('%s is an error', (source) => expect(() => render(source, '{"name":1}')).toThrow(TemplateError));

    it.each(['doc|attr("__class__")', '"{0.name}".format(doc)', 'utils["constructor"]'])(
      'in a condition: %s',
      (source) => {
        let held: boolean | undefined;
        try {
          held = holds(source);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
        expect(held ?? false).toBe(false);
      },
    );
  });
});
