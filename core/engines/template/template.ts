import { filters } from './all-filters.ts';
import { guarded, IllegalTemplateError, RenderLimitError, TemplateSyntaxError } from './errors.ts';
import { tests } from './filters/value-tests.ts';
import { templateGlobals } from './globals.ts';
import { renderBlock } from './interpreter/render.ts';
import { Scope, type Variables } from './interpreter/scope.ts';
import type { Block } from './parser/ast.ts';
import { parseTemplate } from './parser/template-parser.ts';
import { changeableCopies } from './published-data.ts';
import { MAX_OUTPUT, MAX_SOURCE, StepMeter } from './step-meter.ts';
import type { Mark } from './values/values.ts';

/** A compiled Jinja template. It has no state. */
export interface Template {
  /**
   * Why a new one is refused although it compiles: it uses what only a Frappe site has, or a method that documents lack. One that
   * was stored before this was known keeps its parts that work.
   */
  readonly refusal: TemplateSyntaxError | undefined;
  /**
   * @throws TemplateError, including RenderLimitError; nothing else
   */
  render(variables: Variables, meter?: StepMeter, mark?: Mark): string;
}

/**
 * Compile Jinja as Frappe configures it: sandboxed, with DebugUndefined and without autoescape.
 *
 * @throws TemplateSyntaxError with the line; nothing else
 */
export function compileTemplate(source: string): Template {
  const { block, changes, refusal } = guarded(
    () => parse(source),
    (message) => new TemplateSyntaxError(`the template ${message}`, 1),
  );
  return {
    refusal,
    render: (variables, meter = new StepMeter(), mark) => render(block, changes, variables, meter, mark),
  };
}

function parse(source: string): ReturnType<typeof parseTemplate> {
  if (source.length > MAX_SOURCE)
    throw new TemplateSyntaxError(`a template has at most ${MAX_SOURCE / 1024} KB`, 1);
  const illegal = source.indexOf('.__');
  if (illegal >= 0) throw new IllegalTemplateError(source.slice(0, illegal).split('\n').length);
  return parseTemplate(source, { filters, tests });
}

function render(
  block: Block,
  changes: boolean,
  variables: Variables,
  meter: StepMeter,
  mark: Mark | undefined,
): string {
  const { now, siteUrl } = variables;
  const runtime = { meter, now, siteUrl, filters, tests, strict: false, mark };
  const text = guarded(
    () => {
      const values = changes ? changeableCopies(variables.values, meter) : variables.values;
      return renderBlock(block, new Scope(new Scope(new Scope(undefined, templateGlobals), values)), runtime);
    },
    (message) => new RenderLimitError(message),
  );
  if (Buffer.byteLength(text) > MAX_OUTPUT)
    throw new RenderLimitError(`renders more than ${MAX_OUTPUT / 1024} KB`);
  return text;
}
