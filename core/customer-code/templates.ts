import { compileTemplate } from '../engines/template/template.ts';
import { compiledOnce } from './compiled.ts';
import type { EventScope } from './event-scope.ts';
import { asRenderError, faultOf } from './failures.ts';

const template = compiledOnce(compileTemplate);

/** Render a subscription's template for an event. @throws RenderError */
export function renderTemplate(source: string, scope: EventScope): string {
  try {
    return template(source).render(scope);
  } catch (error) {
    throw asRenderError(error);
  }
}

/** Return why a source is not a valid template, as the rest of a sentence that starts with its field, or null. */
export function templateFault(source: string): string | null {
  try {
    template(source);
    return null;
  } catch (error) {
    return faultOf(error, 'is not a valid template');
  }
}
