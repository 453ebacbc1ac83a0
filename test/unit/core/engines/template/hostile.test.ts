import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { TemplateError } from '../../../../../core/engines/template/errors.ts';
import { StepMeter } from '../../../../../core/engines/template/step-meter.ts';
import { compileTemplate } from '../../../../../core/engines/template/template.ts';
import { COSTLY_TEMPLATES, HOSTILE_TEMPLATES, LARGE_DATA } from '../../../../support/hostile-templates.ts';
import { holds, render, scopeOf } from './rendering.ts';

const large = scopeOf(LARGE_DATA);
describe('a hostile template', () => {
  it.each(HOSTILE_TEMPLATES)('ends at a limit: %s', (_, source) => {
    expect(() => compileTemplate(source).render(large)).toThrow(
      expect.objectContaining({ name: 'RenderLimitError' }),
    );
  });

  it.each(COSTLY_TEMPLATES)('pays for what one call does: %s', (_, source, leastSteps) => {
    const meter = new StepMeter();
    const document = scopeOf(`{"list":[${'{},'.repeat(20_000)}1]}`);
    try {
      compileTemplate(source).render(document, meter);
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
    }
    expect(meter.spent).toBeGreaterThan(leastSteps);
  });

  it('finds numbers quickly that an engine would hash alike: their last 64 bits are the same', () => {
    const numbers = Array.from({ length: 12_000 }, (_, at) => BigInt(at + 1) << 64n);
    const document = scopeOf(`{"list":[${numbers}]}`);
    const source =
      '{{ set(doc.list)|length }} {{ doc.list|unique|length }} {% set d = {} %}{% for n in doc.list %}{% do d.update([(n, 1)]) %}{% endfor %}{{ d|length }}';
    const start = process.cpuUsage();
    expect(() => compileTemplate(source).render(document)).toThrow('takes more than');
    // Compared with each other, they take two seconds.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
  });

  it('keeps the keys of mappings and sets as they are, whatever stands in their place', () => {
    const source =
      '{% set d = {1: "a", 1.5: "b", "1": "c", true: "d", none: "e", "\\udfffi1": "f", -2: "g"} %}{{ d[1] }}{{ d[1.0] }}{{ d[1.5] }}{{ d["1"] }}{{ d["\\udfffi1"]}}{{ d[-2] }} {{ d.keys()|list }}';
    expect(render(source)).toBe("aabcfg [1, 1.5, '1', True, None, '\\udfffi1', -2]");
    expect(render('{{ dict({1: 2}, a=3) }} {{ set([1, 1.5, "x"]) }} {{ {1: 2}.popitem() }}')).toBe(
      "{1: 2, 'a': 3} {1, 1.5, 'x'} (1, 2)",
    );
    expect(holds('({1: 2} | {3: 4}) == {1: 2, 3: 4} and {1, 2} & {2, 3} == {2} and 1 in {1, 2} - {2}')).toBe(
      true,
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
  ])('does not compile, or ends at a limit: too many %s', (_, source) => {
    expect(() => render(source)).toThrow(
      expect.objectContaining({ name: expect.stringMatching(/^(TemplateSyntaxError|RenderLimitError)$/) }),
    );
  });

  it('does not compile with too many fields of f-strings', () => {
    expect(() => holds(`f"${'{1}'.repeat(20_000)}"`)).toThrow('has more than 4000 fields');
    expect(holds(`f"${'{1}'.repeat(3000)}"`)).toBe(true);
  });

  it('pays for finding each named argument among the parameters of a lambda', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `a${at}`);
    const source = `[(lambda ${names}: 1)(**doc) for i in "x" * 99]`;
    const data = `{${names.map((name) => `"${name}":1`)}}`;
    const start = process.cpuUsage();
    expect(() => holds(source, data)).toThrow('takes more than');
    // Unpaid, 99 calls take several seconds.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
  });

  it('may change a list in the function by which it is sorted', () => {
    const macro = '{% set l = [2, 3, 1] %}{% macro k(x) %}{% do l.clear() %}{{ x }}{% endmacro %}';
    expect(render(`${macro}{{ max(l, key=k) }}`)).toBe('3');
    expect(render(`${macro}{{ sorted(l, key=k) }}`)).toBe('[1, 2, 3]');
  });

  it('fails with a short message', () => {
    expect(() => render('{{ utils[doc.s]() }}', LARGE_DATA)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,501}$/) }),
    );
  });

  it('is not confused with a legitimate one that has long chains without nesting', () => {
    expect(render(`{{ ${'1+'.repeat(5000)}1 }}`)).toBe('5001');
    expect(render(`{{ ${'1~'.repeat(5000)}1 }}`)).toHaveLength(5001);
    expect(render(`{{ ${'1<='.repeat(5000)}1 }}`)).toBe('True');
    expect(render(`{% if 0 %}${'{% elif 0 %}'.repeat(3000)}{% else %}x{% endif %}`)).toBe('x');
  });

  // Backtracking regular expressions are slow on each of these; the test would time out.
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
  ])('compiles or throws a TemplateError, made of many %j', (unit) => {
    const source = unit.repeat(Math.floor(65_536 / unit.length));
    for (const compile of [compileTemplate, compileCondition]) {
      try {
        compile(source);
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
      }
    }
  });

  describe('cannot reach JavaScript objects', () => {
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
        '{{ "%(constructor)s"|format(constructor=1) }}{{ utils.now_datetime().strftime("%Y %(constructor)s") }}',
        '12026 %(constructor)s',
      ],
    ])('in %s', (source, expected) => expect(render(source)).toBe(expected));

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
    ])('with an error: %s', (source) => expect(() => render(source, '{"name":1}')).toThrow(TemplateError));

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
