import { filters } from './all-filters.ts';
import { guarded, TemplateError, TemplateSyntaxError } from './errors.ts';
import { tests } from './filters/value-tests.ts';
import { conditionGlobals } from './globals.ts';
import { evaluate } from './interpreter/evaluate.ts';
import { Scope, type Variables } from './interpreter/scope.ts';
import type { Expression } from './parser/ast.ts';
import { ExpressionParser } from './parser/expression-parser.ts';
import { expressionTokens } from './parser/lexer.ts';
import { type Access, refusalAmong } from './parser/refused-calls.ts';
import { TokenStream } from './parser/token-stream.ts';
import { MAX_SOURCE, StepMeter } from './step-meter.ts';
import { truth } from './values/operators.ts';

/** A compiled condition. It has no state. */
export interface Condition {
  /**
   * Why a new one is refused although it compiles: it uses what only a Frappe site has, or a method that documents lack. One that
   * was stored before this was known keeps its parts that work.
   */
  readonly refusal: TemplateSyntaxError | undefined;
  /**
   * Return whether the expression is true to Python. A missing field is None, and an operation that raises an exception in
   * Python, such as `None > 3`, is an error here too.
   *
   * @throws TemplateError, including RenderLimitError; nothing else
   */
  holds(variables: Variables, meter?: StepMeter): boolean;
}

/**
 * Compile a Python expression as Frappe's `safe_eval` does. Like that, it rejects names, attributes and keys that begin with an
 * underscore, assignments and unknown names. Unlike that, it also accepts filters (`doc.name | lower`) and tests (`is defined`).
 *
 * @throws TemplateSyntaxError; nothing else
 */
export function compileCondition(source: string, names: readonly string[]): Condition {
  const { expression, refusal } = guarded(
    () => parse(source.normalize('NFKC'), new Set([...names, ...conditionGlobals.keys()])),
    (message) => new TemplateSyntaxError(`the condition ${message}`, 1),
  );
  return { refusal, holds: (variables, meter = new StepMeter()) => holds(expression, variables, meter) };
}

function parse(
  source: string,
  names: ReadonlySet<string>,
): { readonly expression: Expression } & Pick<Condition, 'refusal'> {
  if (source.length > MAX_SOURCE)
    throw new TemplateSyntaxError(`a condition has at most ${MAX_SOURCE / 1024} KB`, 1);
  const stream = new TokenStream(expressionTokens(source));
  const unknown = new Map<string, TemplateSyntaxError>();
  const bound = new Set<string>();
  const onName = (name: string, kind: 'name' | 'member' | 'bound') => {
    if (name.startsWith('_'))
      throw stream.error(
        `"${name}" is an invalid ${kind === 'member' ? 'attribute ' : ''}name because it starts with "_".`,
      );
    if (kind === 'bound') bound.add(name);
    if (kind === 'name' && !names.has(name) && !unknown.has(name))
      unknown.set(name, stream.error(`name '${name}' is not defined`));
  };
  const accesses: [Access, number][] = [];
  const onAccess = (node: Access, line: number) => accesses.push([node, line]);
  const parser = new ExpressionParser(stream, { python: true, filters, tests, onName, onAccess });
  const expression = parser.tuple();
  if (stream.is('operator', ':=')) throw stream.error("':=' is not allowed");
  if (!stream.is('end')) throw stream.unexpected();
  // A comprehension uses its names before it binds them.
  for (const [name, error] of unknown) if (!bound.has(name)) throw error;
  return { expression, refusal: refusalAmong(accesses, bound) };
}

function holds(expression: Expression, { now, values, siteUrl }: Variables, meter: StepMeter): boolean {
  const runtime = { meter, now, siteUrl, filters, tests, strict: true };
  const scope = new Scope(new Scope(undefined, conditionGlobals), values);
  return guarded(
    () => truth(evaluate(expression, scope, runtime)),
    (message) => new TemplateError(`the condition ${message}`),
  );
}
