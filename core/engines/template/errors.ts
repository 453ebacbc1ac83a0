const MAX_MESSAGE = 500;

/** A fault of a template, a condition or its data. Rendering and evaluating throw nothing else. */
export class TemplateError extends Error {
  override readonly name: string = 'TemplateError';
  /** The line of the source, from 1, if it is known. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    // Messages quote the data, and are logged.
    super(message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message);
    this.line = line;
  }
}

/** A text is not JSON to Python. */
export class JsonTextError extends TemplateError {
  override readonly name = 'JsonTextError';
  /** Where in the text, in UTF-16 units. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A template or a condition takes too many steps, too much memory or too much nesting. */
export class RenderLimitError extends TemplateError {
  override readonly name = 'RenderLimitError';
}

/** A source does not compile. Compiling throws nothing else. */
export class TemplateSyntaxError extends TemplateError {
  override readonly name: string = 'TemplateSyntaxError';
  override readonly line: number;

  constructor(message: string, line: number) {
    super(message, line);
    this.line = line;
  }
}

/** A source that Frappe rejects before parsing it (`frappe.utils.jinja.render_template`). */
export class IllegalTemplateError extends TemplateSyntaxError {
  override readonly name = 'IllegalTemplateError';

  constructor(line: number) {
    super('Illegal template', line);
  }
}

/**
 * Run a compiler or an evaluator, and convert any other error, such as the RangeError of a full stack, to a TemplateError: a
 * customer's source must never look like a fault in Ancrage.
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
