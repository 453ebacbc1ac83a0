const MAX_MESSAGE = 500;

/** Whatever a template, or the data it meets, does wrong. Rendering and evaluating throw nothing else. */
export class TemplateError extends Error {
  override readonly name: string = 'TemplateError';
  /** Where in the source, counted from 1, where that is known. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    // Messages quote the data, and are logged.
    super(message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message);
    this.line = line;
  }
}

/** A template or a condition that takes more steps, memory or nesting than one may. */
export class RenderLimitError extends TemplateError {
  override readonly name = 'RenderLimitError';
}

/** A source that cannot be compiled. Compiling throws nothing else. */
export class TemplateSyntaxError extends TemplateError {
  override readonly name: string = 'TemplateSyntaxError';
  override readonly line: number;

  constructor(message: string, line: number) {
    super(message, line);
    this.line = line;
  }
}

/** What Frappe refuses before it looks at the syntax (`frappe.utils.jinja.render_template`). */
export class IllegalTemplateError extends TemplateSyntaxError {
  override readonly name = 'IllegalTemplateError';

  constructor(line: number) {
    super('Illegal template', line);
  }
}

/**
 * Runs a compiler or an evaluator. Whatever it throws that is not ours, say the engine's RangeError on a full stack,
 * becomes ours: a customer's source must never look like a fault of the platform.
 *
 * @throws TemplateError
 */
export function guarded<T>(run: () => T, wrap: (message: string) => TemplateError): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    if (error instanceof RangeError) throw wrap('takes too much memory or nesting');
    throw wrap(`failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
