import { RequestError } from '../../kernel/errors.ts';
import { isVersion2 } from './version.ts';

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

/** There is no document of this name. */
export class NoSuchDocumentError extends FrappeError {
  constructor(doctype: string, name: string) {
    super('DoesNotExistError', [`${doctype} ${name} not found`]);
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
    readonly errors?: readonly {
      readonly type: string;
      readonly message: string;
      readonly exception: string;
    }[];
  };
}

/** What the form of an error depends on. */
export interface FailedRequest {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
}

/** Every 401 says this, since clients that log in expect users with passwords. */
const NO_KEY =
  'Authenticate with an API key: "Authorization: token <key id>:<secret>". There are no users to log in as';

/**
 * Return an error in the form of Frappe's REST API. `_server_messages` is a JSON list of JSON objects, `exc` a JSON list of
 * tracebacks, here of only their last lines. Frappe's Python client recognises an error by `exc`, and nothing else. Frappe
 * leaves it out of every 404. Here only the reading of a document that does not exist lacks it, which the client reads as "there
 * is no such document": it would take any other for a success. Version 2 of the API has `errors`.
 */
export function errorResponse(
  cause: unknown,
  status: number,
  detail: string,
  { method, path }: FailedRequest,
): ErrorResponse {
  const error = cause instanceof FrappeError ? cause : frappeErrorOf(status, detail);
  const { exceptionType, messages, message } = error;
  // Frappe has no exception for it: its router throws Werkzeug's.
  const module = exceptionType === 'MethodNotAllowed' ? 'werkzeug' : 'frappe';
  const exception = `${module}.exceptions.${exceptionType}: ${message}`;
  const serverMessages = messages.map((text) =>
    JSON.stringify({ message: text, title: 'Message', indicator: 'red', raise_exception: 1 }),
  );
  const isAbsence = error instanceof NoSuchDocumentError && ['GET', 'HEAD'].includes(method);
  return {
    status: error.status,
    body: {
      exception,
      exc_type: exceptionType,
      ...(!isAbsence && { exc: JSON.stringify([exception]) }),
      _server_messages: JSON.stringify(serverMessages),
      ...(isVersion2(path) && {
        errors: [{ type: exceptionType, message: messages.join('\n'), exception }],
      }),
    },
  };
}

const frappeErrorOf = (status: number, detail: string): FrappeError =>
  status === 401
    ? new FrappeError('AuthenticationError', [NO_KEY])
    : new FrappeError(EXCEPTION_OF_STATUS[status] ?? 'ValidationError', [detail]);
