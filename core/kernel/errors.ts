/** A fault of a request's body: where, and what is wrong there. */
export interface Fault {
  /** Dotted path such as `events.0`; empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

/**
 * What callers did wrong. The HTTP layer turns `status` into a problem document's; the queue workers turn every one
 * of these into a dead letter with the message as its reason. Anything else that is thrown is our own fault.
 */
export abstract class RequestError extends Error {
  abstract readonly status: number;
  abstract readonly title: string;
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[] = []) {
    super(message);
    this.faults = faults;
  }
}

export class ValidationError extends RequestError {
  override readonly name = 'ValidationError';
  readonly status = 422;
  readonly title = 'The request is not valid';

  static of(faults: readonly Fault[]): ValidationError {
    const told = reportable(faults);
    return new ValidationError(told.map(({ path, message }) => `${path} ${message}`.trim()).join('; '), told);
  }
}

const MAX_REPORTED = 500;
const MAX_PATH = 256;
const MAX_MESSAGE = 1024;
const MAX_REPORTED_LENGTH = 100_000;

/** Names and values are the caller's and may be long: an answer that repeats them hundreds of times could not be sent. */
function reportable(faults: readonly Fault[]): Fault[] {
  const told: Fault[] = [];
  let length = 0;
  for (const { path, message } of faults.slice(0, MAX_REPORTED)) {
    const fault = { path: shortened(path, MAX_PATH), message: shortened(message, MAX_MESSAGE) };
    length += fault.path.length + fault.message.length;
    if (length > MAX_REPORTED_LENGTH) break;
    told.push(fault);
  }
  return told;
}

const shortened = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length)}…` : text;

export class InvalidCursorError extends RequestError {
  override readonly name = 'InvalidCursorError';
  readonly status = 400;
  readonly title = 'The request is not valid';

  constructor() {
    super('The cursor is not one that this list gave.', [
      { path: 'cursor', message: 'is not one that this list gave' },
    ]);
  }
}

export class TooLargeError extends RequestError {
  override readonly name = 'TooLargeError';
  readonly status = 413;
  readonly title = 'Too large';
}

export class UnauthorizedError extends RequestError {
  override readonly name = 'UnauthorizedError';
  readonly status = 401;
  readonly title = 'Unauthorized';
}

export class ForbiddenError extends RequestError {
  override readonly name = 'ForbiddenError';
  readonly status = 403;
  readonly title = 'Forbidden';
}

export class NotFoundError extends RequestError {
  override readonly name = 'NotFoundError';
  readonly status = 404;
  readonly title = 'Not found';
}

/** What was looked up. @throws NotFoundError where there is none */
export function found<Value>(value: Value | null | undefined, what: string, name: string): Value {
  if (value === null || value === undefined) throw new NotFoundError(`There is no ${what} "${name}".`);
  return value;
}

export class ConflictError extends RequestError {
  override readonly name = 'ConflictError';
  readonly status = 409;
  readonly title = 'Conflict';
}

/** A request that cannot be made from an event: the delivery fails and is not tried again. It is no caller's fault. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
}

/** The request was fine and is not done: the caller may send it again. */
export class UnavailableError extends RequestError {
  override readonly name = 'UnavailableError';
  readonly status = 503;
  readonly title = 'Try again';
}

/** What was thrown, which may be anything. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
