import { RequestError } from '../../kernel/errors.ts';

/** The exceptions of Frappe that callers may get, with their HTTP statuses (`frappe.exceptions`). */
const STATUS = {
  ValidationError: 417,
  MandatoryError: 417,
  DataError: 417,
  TimestampMismatchError: 417,
  DuplicateEntryError: 409,
  DoesNotExistError: 404,
  PermissionError: 403,
  AuthenticationError: 401,
  MethodNotAllowed: 405,
  RequestEntityTooLarge: 413,
  SessionStopped: 503,
  InternalServerError: 500,
} as const;
export type ExceptionType = keyof typeof STATUS;

/** The exceptions that Frappe would throw for the errors that both APIs have, by their statuses. */
const EXCEPTION_OF_STATUS: Readonly<Record<number, ExceptionType>> = {
  401: 'AuthenticationError',
  403: 'PermissionError',
  404: 'DoesNotExistError',
  405: 'MethodNotAllowed',
  // Other requests kept changing the document at the same time.
  409: 'TimestampMismatchError',
  413: 'RequestEntityTooLarge',
  500: 'InternalServerError',
  503: 'SessionStopped',
};

/** An exception of Frappe's. */
export class FrappeError extends RequestError {
  override readonly name = 'FrappeError';
  readonly status: number;
  readonly title: string;
  readonly exceptionType: ExceptionType;
  readonly messages: readonly string[];

  /** @param summary the exception's own text, if it differs from the messages for users */
  constructor(exceptionType: ExceptionType, messages: readonly string[], summary = messages.join('\n')) {
    super(summary);
    this.exceptionType = exceptionType;
    this.messages = messages;
    this.status = STATUS[exceptionType];
    this.title = exceptionType;
  }
}

/** Return the exception of `frappe.throw` with one message. */
export const refusal = (message: string): FrappeError => new FrappeError('ValidationError', [message]);

export interface ErrorResponse {
  readonly status: number;
  readonly body: {
    readonly exception: string;
    readonly exc_type: ExceptionType;
    readonly exc?: string;
    readonly _server_messages: string;
  };
}

/**
 * Return an error in the form of Frappe's REST API. `_server_messages` is a JSON list of JSON objects, `exc` a JSON list of
 * tracebacks, here of only their last lines. Frappe's Python client recognises an error by `exc`; a 404 has none, which the
 * client reads as "there is no such document".
 */
export function errorResponse(cause: unknown, status: number, detail: string): ErrorResponse {
  const error =
    cause instanceof FrappeError
      ? cause
      : new FrappeError(EXCEPTION_OF_STATUS[status] ?? 'ValidationError', [detail]);
  const { exceptionType, messages, message } = error;
  // Frappe has no exception for it: its router throws Werkzeug's.
  const module = exceptionType === 'MethodNotAllowed' ? 'werkzeug' : 'frappe';
  const exception = `${module}.exceptions.${exceptionType}: ${message}`;
  const serverMessages = messages.map((text) =>
    JSON.stringify({ message: text, title: 'Message', indicator: 'red', raise_exception: 1 }),
  );
  return {
    status: error.status,
    body: {
      exception,
      exc_type: exceptionType,
      ...(error.status !== 404 && { exc: JSON.stringify([exception]) }),
      _server_messages: JSON.stringify(serverMessages),
    },
  };
}
