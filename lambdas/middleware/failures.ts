import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Fault, RequestError } from '../../core/domain/errors.ts';
import type { Log } from '../../core/ports.ts';

/** What went wrong with a request, as callers may know it. */
interface Failure {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly faults: readonly Fault[];
  readonly cause: unknown;
}

/** How callers are told of it. */
export type FailureForm = (failure: Failure) => APIGatewayProxyStructuredResultV2;

interface GatewayEvent {
  readonly requestContext: { readonly requestId: string; readonly routeKey: string };
}

/** Answers every error in this form. Only what callers did wrong is told to them. */
export function failures(
  log: Log,
  form: FailureForm,
): MiddlewareObj<GatewayEvent, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      request.response = form(failureOf(request.error, request.event, log));
    },
  };
}

function failureOf(cause: unknown, { requestContext }: GatewayEvent, log: Log): Failure {
  if (cause instanceof RequestError) {
    const { status, title, message: detail, faults } = cause;
    return { status, title, detail, faults, cause };
  }
  if (isHttpError(cause)) return bodyFailure(cause);
  const { requestId, routeKey } = requestContext;
  log.error('request failed', { requestId, routeKey, error: cause });
  const detail = `This is our fault. The log has it under the request id ${requestId}.`;
  return { status: 500, title: 'Internal error', detail, faults: [], cause };
}

/** What middy's body parser found wrong. */
function bodyFailure(error: HttpError): Failure {
  const { statusCode: status, message, cause } = error;
  const told = { status, faults: [], cause: error };
  if (status === 415) {
    const detail = 'Send JSON, with the header "content-type: application/json".';
    return { ...told, title: 'Unsupported media type', detail };
  }
  const where = (cause as { message?: unknown } | undefined)?.message;
  return { ...told, title: 'Not JSON', detail: typeof where === 'string' ? `${message}: ${where}` : message };
}

type HttpError = Error & { readonly statusCode: number };

/** The errors of middy's own middlewares, such as the body parser's. */
function isHttpError(error: unknown): error is HttpError {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  );
}
