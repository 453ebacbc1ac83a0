import { compileTemplate } from '../engines/template/template.ts';
import { compiledOnce } from './compiled.ts';
import type { EventScope } from './event-scope.ts';
import { orRenderError, sourceFault } from './failures.ts';

const template = compiledOnce(compileTemplate);

/** Render a subscription's template for an event. @throws RenderError */
export function renderTemplate(source: string, scope: EventScope): string {
  return orRenderError(() => template(source).render(scope));
}

/** Return why a source is not a valid template, as the rest of a sentence that starts with its field, or null. */
export const templateFault = (source: string): string | null =>
  sourceFault(() => template(source), 'is not a valid template');
