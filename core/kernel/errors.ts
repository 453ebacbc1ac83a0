/** A fault in a request's body. */
export interface Fault {
  /** A dotted path such as `events.0`, empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

/**
 * A caller's mistake. The HTTP layer responds with a problem document of this status; fan-out dead-letters the message with
 * this error as the reason. Any other error is a fault in Ancrage.
 */
export abstract class RequestError extends Error {
  abstract readonly status: number;
  abstract readonly title: string;
  readonly faults: readonly Fault[];
  /** When it makes sense to send the request again, if that is known. */
  readonly retryAfterSeconds: number | null = null;
  /** The methods that the resource has, if it lacks the request's. */
  readonly allowedMethods: readonly string[] | null = null;

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
    const reported = reportable(faults);
    return new ValidationError(summaryOf(reported), reported);
  }
}

/** Return all faults in one text. */
export const summaryOf = (faults: readonly Fault[], separator = '; '): string =>
  faults.map(({ path, message }) => `${path} ${message}`.trim()).join(separator);

const MAX_REPORTED = 500;
const MAX_PATH = 256;
const MAX_MESSAGE = 1024;
const MAX_REPORTED_LENGTH = 100_000;

/** Keep a response small enough to send: paths and messages may repeat the caller's long names hundreds of times. */
function reportable(faults: readonly Fault[]): Fault[] {
  const reported: Fault[] = [];
  let length = 0;
  for (const { path, message } of faults.slice(0, MAX_REPORTED)) {
    const fault = { path: shortened(path, MAX_PATH), message: shortened(message, MAX_MESSAGE) };
    length += fault.path.length + fault.message.length;
    if (length > MAX_REPORTED_LENGTH) break;
    reported.push(fault);
  }
  return reported;
}

const shortened = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length)}…` : text;

export class InvalidCursorError extends RequestError {
  override readonly name = 'InvalidCursorError';
  readonly status = 400;
  readonly title = 'The request is not valid';

  constructor() {
    super('The cursor does not belong to this list.', [
      { path: 'cursor', message: 'does not belong to this list' },
    ]);
  }
}

/** Return the class of an error with this status and title. */
export const requestError = (errorName: string, errorStatus: number, errorTitle: string) =>
  class extends RequestError {
    override readonly name = errorName;
    readonly status = errorStatus;
    readonly title = errorTitle;
  };

export class TooLargeError extends requestError('TooLargeError', 413, 'Too large') {}
export class UnauthorizedError extends requestError('UnauthorizedError', 401, 'Unauthorized') {}
export class ForbiddenError extends requestError('ForbiddenError', 403, 'Forbidden') {}
export class NotFoundError extends requestError('NotFoundError', 404, 'Not found') {}

/** The path has other methods. */
export class MethodNotAllowedError extends requestError('MethodNotAllowedError', 405, 'Method not allowed') {
  override readonly allowedMethods: readonly string[];

  constructor(message: string, allowedMethods: readonly string[]) {
    super(message);
    this.allowedMethods = allowedMethods;
  }
}

export const notFound = (what: string, name: string) => new NotFoundError(`There is no ${what} "${name}".`);

/** Return the result of a look-up. @throws NotFoundError if there is none */
export function found<Value>(value: Value | null | undefined, what: string, name: string): Value {
  if (value === null || value === undefined) throw notFound(what, name);
  return value;
}

export class ConflictError extends requestError('ConflictError', 409, 'Conflict') {}

/** A project has as many of something as it may have. When it has fewer, nobody knows: the caller is asked to wait for long. */
export class LimitReachedError extends requestError('LimitReachedError', 429, 'Limit reached') {
  override readonly retryAfterSeconds = 600;
}

/** Return the error of a project that has as many as it may have. */
export const limitReached = (limit: number, what: string): LimitReachedError =>
  new LimitReachedError(
    `A project may have ${limit.toLocaleString('en')} ${what}. Delete one first, or ask the operator for more.`,
  );

/** A limit of the caller's own is reached. The caller may send the request again after some seconds. */
export class TooManyRequestsError extends requestError('TooManyRequestsError', 429, 'Too many requests') {
  override readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No request can be made from an event. The delivery fails and is not retried. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
  /** What is at fault, if it is known. */
  readonly fault: RenderFault | undefined;

  constructor(message: string, fault?: RenderFault) {
    super(message);
    this.fault = fault;
  }
}

export interface RenderFault {
  readonly setting: 'condition' | 'template' | 'url';
  /** The line of the setting's text, from 1. */
  readonly line: number;
}

/** The request was valid but could not be carried out now. The caller may send it again. */
export class UnavailableError extends requestError('UnavailableError', 503, 'Try again') {}

/** Return what was thrown as an error. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
