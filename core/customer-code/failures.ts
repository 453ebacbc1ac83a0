import { TemplateError } from '../engines/template/errors.ts';
import { RenderError, type RenderFault } from '../kernel/errors.ts';

/** Return what to throw for an error of customer code: it fails that delivery alone. Any other error stays as it is. */
export function asRenderError(error: unknown, setting: RenderFault['setting']): unknown {
  if (!(error instanceof TemplateError)) return error;
  const { message, line } = error;
  if (line === undefined) return new RenderError(message);
  return new RenderError(`line ${line}: ${message}`, { setting, line });
}

/**
 * Return what is wrong with a source that could not be compiled, as the rest of a sentence that starts with its field.
 *
 * @throws the error if it is not one of customer code
 */
export function faultOf(error: unknown, verdict: string): string {
  if (!(error instanceof TemplateError)) throw error;
  const line = error.line === undefined ? '' : `line ${error.line}: `;
  return `${verdict}: ${line}${error.message}`;
}
