import { type Condition, compileCondition as compile } from '../engines/template/condition.ts';
import { StepMeter } from '../engines/template/step-meter.ts';
import { RenderError } from '../kernel/errors.ts';
import { compiledOnce } from './compiled.ts';
import { type EventScope, SCOPE_NAMES } from './event-scope.ts';
import { asRenderError, faultOf } from './failures.ts';

/** Compile a condition on an event. @throws TemplateSyntaxError */
export const compileCondition = (source: string): Condition => compile(source, SCOPE_NAMES);

/** Seventy of the largest, or thousands of ordinary ones. */
const MAX_BYTES = 20 * 1024 * 1024;

const condition = compiledOnce(compileCondition, MAX_BYTES);

/** Return whether a subscription's condition holds for an event. A missing condition holds. @throws RenderError */
export function conditionHolds(source: string | null, scope: EventScope): boolean {
  if (source === null) return true;
  const meter = new StepMeter();
  try {
    return condition(source, scope).holds(scope, meter);
  } catch (error) {
    throw asRenderError(error);
  } finally {
    scope.allowance?.take(meter.spent);
  }
}

/**
 * Return whether an event may match a condition. A condition that raises an error counts as matching: the attempt raises it
 * again, and the request log shows it. A condition that is not evaluated because the allowance is spent counts as matching
 * too.
 */
export function mayMatch(source: string | null, scope: EventScope): boolean {
  if (source === null || scope.allowance?.isSpent) return true;
  try {
    return conditionHolds(source, scope);
  } catch (error) {
    if (error instanceof RenderError) return true;
    throw error;
  }
}

/** Return why a source is not a valid condition, as the rest of a sentence that starts with its field, or null. */
export function conditionFault(source: string): string | null {
  try {
    compileCondition(source);
    return null;
  } catch (error) {
    return faultOf(error, 'is not a valid condition');
  }
}
