import { StepMeter } from '../engines/template/step-meter.ts';
import { compileTemplate } from '../engines/template/template.ts';
import { compiledOnce } from './compiled.ts';
import type { EventScope } from './event-scope.ts';
import { asRenderError, faultOf } from './failures.ts';

/** An eighth of the memory of the functions that render: 35 templates of 28 KB, or a thousand of 1 KB. */
const MAX_BYTES = 64 * 1024 * 1024;

const template = compiledOnce(compileTemplate, MAX_BYTES);

/**
 * Render a subscription's template for an event.
 *
 * @param markValue is given the text of each tag's value, and returns what is rendered for it
 * @throws RenderError
 */
export function renderTemplate(
  source: string,
  scope: EventScope,
  markValue?: (text: string) => string,
): string {
  const meter = new StepMeter();
  try {
    return template(source, scope).render(scope, meter, markValue);
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
