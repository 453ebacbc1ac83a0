import { compileCondition } from '../engines/template/condition.ts';
import { TemplateError } from '../engines/template/errors.ts';
import { type Allowance, Meter } from '../engines/template/meter.ts';
import { compileTemplate } from '../engines/template/template.ts';
import { RenderError } from '../kernel/errors.ts';
import type { EventScope } from './event-scope.ts';

/** Sources that a function keeps compiled: some thousand steps each, which a batch of one event would pay time and again. */
const MOST_KEPT = 500;

/** Compiles a source once, as long as it is among those used last. */
function remembering<Compiled>(compile: (source: string) => Compiled): (source: string) => Compiled {
  const kept = new Map<string, Compiled>();
  return (source) => {
    const compiled = kept.get(source) ?? compile(source);
    kept.delete(source);
    kept.set(source, compiled);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
    return compiled;
  };
}

const template = remembering(compileTemplate);
const condition = remembering(compileCondition);

/** What a subscription's template makes of an event. @throws RenderError */
export function renderTemplate(source: string, scope: EventScope): string {
  return orRenderError(() => template(source).render(scope));
}

/** Whether a subscription's condition holds for an event; it does where there is none. @throws RenderError */
export function conditionHolds(source: string | null, scope: EventScope, meter?: Meter): boolean {
  return source === null || orRenderError(() => condition(source).holds(scope, meter));
}

/**
 * Whether an event may be wanted. A condition that fails on an event counts as one that holds: the attempt finds it out
 * again, so that the failure is seen in the request log. So does one that is not evaluated because others, or it itself
 * for other events, have spent the allowance.
 */
export function mayWant(source: string | null, scope: EventScope, allowance?: Allowance): boolean {
  if (source === null || allowance?.isSpent) return true;
  const meter = new Meter();
  try {
    return conditionHolds(source, scope, meter);
  } catch (error) {
    if (error instanceof RenderError) return true;
    throw error;
  } finally {
    allowance?.take(meter.spent);
  }
}

/** Whatever a customer's source does wrong is a failure of that delivery alone. */
export function orRenderError<Value>(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) throw new RenderError(error.message);
    throw error;
  }
}

/** What is wrong with a source, as the rest of a sentence that begins with its field; null if nothing is. */
export const conditionFault = (source: string): string | null =>
  faultOf(() => condition(source), 'is not a condition');
export const templateFault = (source: string): string | null =>
  faultOf(() => template(source), 'is not a template');

function faultOf(compile: () => unknown, what: string): string | null {
  try {
    compile();
    return null;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const line = error.line === undefined ? '' : `line ${error.line}: `;
    return `${what}: ${line}${error.message}`;
  }
}
