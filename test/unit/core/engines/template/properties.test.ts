import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { TemplateError } from '../../../../../core/engines/template/errors.ts';
import { compileTemplate } from '../../../../../core/engines/template/template.ts';
import { render, scopeOf } from './rendering.ts';

const scope = scopeOf(
  '{"name":"x","n":7,"f":1.5,"list":[3,1,2],"map":{"a":[1,{"b":null}]},"text":"a b <c>"}',
);

/** Fail on any error other than a TemplateError, and on exceeded limits. */
function isContained(run: () => string | boolean): void {
  try {
    const result = run();
    if (typeof result === 'string') expect(Buffer.byteLength(result)).toBeLessThanOrEqual(256 * 1024);
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
    expect((error as Error).message).not.toMatch(/failed:|too much memory/);
  }
}

const WORDS = [
  'doc',
  'doc.n',
  'doc.f',
  'doc.list',
  'doc.map',
  'doc.text',
  'foo',
  'loop',
  'utils',
  'event',
  'range',
  '1',
  '0',
  '2.5',
  '10',
  '"x"',
  "'%s'",
  '""',
  'none',
  'true',
  '[1, 2]',
  '[]',
  '{}',
  '{"a": 1}',
  '(1, 2)',
  '()',
];
const OPERATORS = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '~',
  '==',
  '!=',
  '<',
  '>=',
  ' in ',
  ' not in ',
  ' and ',
  ' or ',
  ' if ',
  ' else ',
  ' is ',
  ' is not ',
  'not ',
  '|',
  '.',
  ',',
  ':',
  '=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '**',
  '*',
];
const NAMES = [
  'upper',
  'length',
  'sort',
  'join',
  'map',
  'select',
  'tojson',
  'round',
  'sum',
  'batch',
  'slice',
  'groupby',
  'format',
  'replace',
  'indent',
  'truncate',
  'center',
  'default',
  'first',
  'reverse',
  'int',
  'float',
  'flt',
  'items',
  'dictsort',
  'unique',
  'string',
  'urlencode',
  'attr',
  'odd',
  'defined',
  'divisibleby',
  'n',
  'a',
  'b',
  'append',
  'pop',
  'get',
  'keys',
  'split',
  'strip',
  'zfill',
  'find',
  'nowdate',
  'getdate',
  'add_days',
  'fmt_money',
  'constructor',
  '__class__',
];
const TAGS = [
  '{{ ',
  ' }}',
  '{% ',
  ' %}',
  '{%- ',
  ' -%}',
  '{# ',
  ' #}',
  'for ',
  'endfor',
  'if ',
  'endif',
  'else',
  'elif ',
  'set ',
  'endset',
  'macro ',
  'endmacro',
  'call ',
  'endcall',
  'filter ',
  'endfilter',
  'with ',
  'endwith',
  'raw',
  'endraw',
  'recursive',
  'in ',
  'text',
];

const soup = (words: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...words), { maxLength }).map((parts) => parts.join(' '));

/** Expressions that are likely to compile. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...WORDS),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '/', '//', '%', '**', '~', '==', '<', ' in ', ' and ', ' or '),
        tie('expression'),
      )
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc
      .tuple(tie('expression'), fc.constantFrom(...NAMES), fc.array(tie('expression'), { maxLength: 2 }))
      .map(([a, name, args]) => `${a} | ${name}(${args.join(', ')})`),
    fc
      .tuple(tie('expression'), fc.constantFrom(...NAMES), fc.array(tie('expression'), { maxLength: 2 }))
      .map(([a, name, args]) => `(${a}).${name}(${args.join(', ')})`),
    fc
      .tuple(fc.constantFrom(...NAMES), fc.array(tie('expression'), { maxLength: 2 }))
      .map(([name, args]) => `utils.${name}(${args.join(', ')})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a})[${b}]`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a})[${b}:${c}]`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(${a} if ${b} else ${c})`),
  ),
}));

describe('any source', () => {
  it('only throws TemplateErrors and stays within the limits, made of arbitrary text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `{{ ${text} }}`),
        ),
        (source) => {
          isContained(() => compileTemplate(source).render(scope));
          isContained(() => compileCondition(source).holds(scope));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('only throws TemplateErrors and stays within the limits, made of random tokens', () => {
    const body = soup([...WORDS, ...OPERATORS, ...NAMES], 12);
    fc.assert(
      fc.property(body, soup([...TAGS, ...WORDS, ...OPERATORS, ...NAMES], 20), (inner, outer) => {
        isContained(() => compileTemplate(`{{ ${inner} }}`).render(scope));
        isContained(() => compileCondition(inner).holds(scope));
        isContained(() => compileTemplate(outer).render(scope));
      }),
      { numRuns: 1000 },
    );
  });

  it('only throws TemplateErrors and stays within the limits, made of expressions of every kind', () => {
    fc.assert(
      fc.property(expression, (source) => {
        isContained(() => compileTemplate(`{{ ${source} }}`).render(scope));
        isContained(() => compileTemplate(`{% for x in ${source} %}{{ x }}{% endfor %}`).render(scope));
        isContained(() => compileCondition(source).holds(scope));
      }),
      { numRuns: 2000 },
    );
  });

  it('renders text without tags unchanged', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !/\{[{%#]|\.__|\r|\n$/.test(text)),
        (text) => {
          expect(render(text)).toBe(text);
        },
      ),
    );
  });

  it('renders text in raw blocks unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '%', '}', '#', '-', ' ', 'a', 'raw') }), (text) => {
        fc.pre(!/\{%[-+]?\s*endraw/.test(`${text}{`));
        expect(render(`{% raw %}${text}{% endraw %}|`)).toBe(`${text}|`);
      }),
    );
  });
});

describe('Python arithmetic', () => {
  it('is exact on ints: a == (a // b) * b + a % b', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ max: 10n ** 40n, min: -(10n ** 40n) }),
        fc.bigInt({ max: 10n ** 20n, min: -(10n ** 20n) }),
        (a, b) => {
          fc.pre(b !== 0n);
          const data = `{"a":${a},"b":${b}}`;
          expect(render('{{ doc.a == doc.a // doc.b * doc.b + doc.a % doc.b }} {{ doc.a }}', data)).toBe(
            `True ${a}`,
          );
          expect(render('{{ (doc.a % doc.b) * doc.b >= 0 }}', data)).toBe('True');
        },
      ),
    );
  });

  it('slices so that text[a:b] + text[b:] is text[a:] for 0 <= a <= b', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), fc.nat(20), (text, a, b) => {
        const data = JSON.stringify({ t: text, a: Math.min(a, b), b: Math.max(a, b) });
        expect(render('{{ doc.t[doc.a:doc.b] ~ doc.t[doc.b:] == doc.t[doc.a:] }}', data)).toBe('True');
        expect(
          render('{{ doc.t[::-1][::-1] == doc.t }}{{ doc.t[:]|length == doc.t|list|length }}', data),
        ).toBe('TrueTrue');
      }),
    );
  });
});
