import { TemplateError } from '../engines/template/errors.ts';
import { RenderError } from '../kernel/errors.ts';

/** Turn an error of customer code into a failure of that delivery alone. @throws RenderError */
export function orRenderError<Value>(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) throw new RenderError(error.message);
    throw error;
  }
}

/** Return what is wrong with a source, as the rest of a sentence that starts with its field, or null. */
export function sourceFault(compile: () => unknown, verdict: string): string | null {
  try {
    compile();
    return null;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const line = error.line === undefined ? '' : `line ${error.line}: `;
    return `${verdict}: ${line}${error.message}`;
  }
}
