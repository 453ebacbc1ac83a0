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
  const known = scope.conditions.get(source) ?? evaluate(source, scope);
  scope.conditions.set(source, known);
  if (known instanceof RenderError) throw known;
  return known;
}

function evaluate(source: string, scope: EventScope): boolean | RenderError {
  const meter = new StepMeter();
  try {
    return condition(source, scope).holds(scope, meter);
  } catch (error) {
    const wrapped = asRenderError(error, 'condition');
    if (wrapped instanceof RenderError) return wrapped;
    throw wrapped;
  } finally {
    scope.allowance?.take(meter.spent);
  }
}

/**
 * Return whether an event matches a condition. It may match one that raises an error: the attempt raises it again, and the
 * request log shows it. It may also match one that is not evaluated because the allowance is spent.
 */
export function matchOf(source: string | null, scope: EventScope): 'yes' | 'no' | 'maybe' {
  if (source !== null && !scope.conditions.has(source) && scope.allowance?.isSpent) return 'maybe';
  try {
    return conditionHolds(source, scope) ? 'yes' : 'no';
  } catch (error) {
    if (error instanceof RenderError) return 'maybe';
    throw error;
  }
}

/** Return whether an event matches a condition or may match it. */
export const mayMatch = (source: string | null, scope: EventScope): boolean =>
  matchOf(source, scope) !== 'no';

/** Check a condition that is created. @throws TemplateSyntaxError */
export function checkCondition(source: string): void {
  const { refusal } = compileCondition(source);
  if (refusal !== undefined) throw refusal;
}

/** Return why a source is not a valid condition, as the rest of a sentence that starts with its field, or null. */
export function conditionFault(source: string): string | null {
  try {
    checkCondition(source);
    return null;
  } catch (error) {
    return faultOf(error, 'is not a valid condition');
  }
}
