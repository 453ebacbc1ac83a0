import { RequestError } from '../../kernel/errors.ts';

/** Frappe's exceptions that callers may get, with their HTTP statuses (`frappe.exceptions`). */
const STATUS = {
  ValidationError: 417,
  MandatoryError: 417,
  DataError: 417,
  TimestampMismatchError: 417,
  DuplicateEntryError: 409,
  DoesNotExistError: 404,
  PermissionError: 403,
  AuthenticationError: 401,
  RequestEntityTooLarge: 413,
  SessionStopped: 503,
  InternalServerError: 500,
} as const;
export type ExceptionType = keyof typeof STATUS;

/** Of what callers did wrong by the rules that both APIs have: which exception Frappe would have thrown. */
const EXCEPTION_OF_STATUS: Readonly<Record<number, ExceptionType>> = {
  401: 'AuthenticationError',
  403: 'PermissionError',
  404: 'DoesNotExistError',
  // Somebody else changed it again and again meanwhile.
  409: 'TimestampMismatchError',
  413: 'RequestEntityTooLarge',
  500: 'InternalServerError',
  503: 'SessionStopped',
};

/** What Frappe throws. */
export class FrappeError extends RequestError {
  override readonly name = 'FrappeError';
  readonly status: number;
  readonly title: string;
  readonly exceptionType: ExceptionType;
  readonly messages: readonly string[];

  /** @param summary what the exception says where that is not what callers are shown */
  constructor(exceptionType: ExceptionType, messages: readonly string[], summary = messages.join('\n')) {
    super(summary);
    this.exceptionType = exceptionType;
    this.messages = messages;
    this.status = STATUS[exceptionType];
    this.title = exceptionType;
  }
}

/** `frappe.throw` of one message. */
export const refusal = (message: string): FrappeError => new FrappeError('ValidationError', [message]);

export interface ErrorAnswer {
  readonly status: number;
  readonly body: {
    readonly exception: string;
    readonly exc_type: ExceptionType;
    readonly exc?: string;
    readonly _server_messages: string;
  };
}

/**
 * An error as Frappe's REST API tells it. `_server_messages` is a JSON list of JSON objects, `exc` one of tracebacks, of
 * which only the last line is told here. Frappe's Python client knows an error by `exc`, and takes a 404, which has
 * none, for "there is no such document".
 */
export function errorAnswer(cause: unknown, status: number, detail: string): ErrorAnswer {
  const error =
    cause instanceof FrappeError
      ? cause
      : new FrappeError(EXCEPTION_OF_STATUS[status] ?? 'ValidationError', [detail]);
  const { exceptionType, messages, message } = error;
  const exception = `frappe.exceptions.${exceptionType}: ${message}`;
  const told = messages.map((text) =>
    JSON.stringify({ message: text, title: 'Message', indicator: 'red', raise_exception: 1 }),
  );
  return {
    status: error.status,
    body: {
      exception,
      exc_type: exceptionType,
      ...(error.status !== 404 && { exc: JSON.stringify([exception]) }),
      _server_messages: JSON.stringify(told),
    },
  };
}
