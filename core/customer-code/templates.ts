import { StepMeter } from '../engines/template/step-meter.ts';
import { compileTemplate } from '../engines/template/template.ts';
import type { Mark } from '../engines/template/values/values.ts';
import { compiledOnce } from './compiled.ts';
import type { EventScope } from './event-scope.ts';
import { asRenderError, faultOf } from './failures.ts';

/** An eighth of the memory of the functions that render: 35 templates of 28 KB, or a thousand of 1 KB. */
const MAX_BYTES = 64 * 1024 * 1024;

const template = compiledOnce(compileTemplate, MAX_BYTES);

interface TemplateContext {
  /** The setting that has the template. @default template */
  readonly setting?: 'template' | 'url';
  readonly mark?: Mark;
  /** The address of the project's Frappe site, with which links begin. */
  readonly siteUrl?: string | undefined;
}

/**
 * Render a subscription's template for an event.
 *
 * @throws RenderError
 */
export function renderTemplate(
  source: string,
  scope: EventScope,
  { setting = 'template', mark, siteUrl }: TemplateContext = {},
): string {
  const meter = new StepMeter();
  try {
    const { now, values } = scope;
    return template(source, scope).render({ now, values, siteUrl }, meter, mark);
  } catch (error) {
    throw asRenderError(error, setting);
  } finally {
    scope.allowance?.take(meter.spent);
  }
}

/**
 * Return the line of a template that rendered the character at this position, by rendering it again; null if it rendered less.
 *
 * @throws RenderError
 */
export function lineThatRendered(
  source: string,
  scope: EventScope,
  context: TemplateContext,
  position: number,
): number | null {
  let [from, found]: [number, number | null] = [0, null];
  const mark: Mark = (text, { isValue, line }) => {
    const end = from + text.length;
    // JSON that ends too early fails behind the last character: the last piece is to blame.
    if (position >= from && (position < end || found === null)) {
      const before = isValue ? '' : text.slice(0, position - from);
      found = line + before.split('\n').length - 1;
    }
    from = end;
    return text;
  };
  renderTemplate(source, scope, { ...context, mark });
  return found;
}

/** Check a template that is created. @throws TemplateSyntaxError */
export function checkTemplate(source: string): void {
  const { refusal } = compileTemplate(source);
  if (refusal !== undefined) throw refusal;
}

/** Return why a source is not a valid template, as the rest of a sentence that starts with its field, or null. */
export function templateFault(source: string): string | null {
  try {
    checkTemplate(source);
    return null;
  } catch (error) {
    return faultOf(error, 'is not a valid template');
  }
}
