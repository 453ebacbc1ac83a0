import { StepMeter } from '../engines/template/step-meter.ts';
import { compileTemplate } from '../engines/template/template.ts';
import { compiledOnce } from './compiled.ts';
import type { EventScope } from './event-scope.ts';
import { asRenderError, faultOf } from './failures.ts';

/** An eighth of the memory of the functions that render: 35 templates of 28 KB, or a thousand of 1 KB. */
const MAX_BYTES = 64 * 1024 * 1024;

const template = compiledOnce(compileTemplate, MAX_BYTES);

interface TemplateContext {
  /** Is given the text of each tag's value, and returns what is rendered for it. */
  readonly markValue?: (text: string) => string;
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
  { markValue, siteUrl }: TemplateContext = {},
): string {
  const meter = new StepMeter();
  try {
    const { now, values } = scope;
    return template(source, scope).render({ now, values, siteUrl }, meter, markValue);
  } catch (error) {
    throw asRenderError(error);
  } finally {
    scope.allowance?.take(meter.spent);
  }
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
