import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Fault, RequestError } from '../../core/domain/errors.ts';
import type { Log } from '../../core/ports.ts';

interface GatewayEvent {
  readonly requestContext: { readonly requestId: string; readonly routeKey: string };
}

/** Answers every error as a problem document (RFC 9457). Only what callers did wrong is told to them. */
export function problemDetails(log: Log): MiddlewareObj<GatewayEvent, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const { error, event } = request;
      if (error instanceof RequestError) {
        request.response = problem(error.status, error.title, error.message, error.faults);
      } else if (isHttpError(error)) {
        request.response = bodyProblem(error);
      } else {
        const { requestId, routeKey } = event.requestContext;
        log.error('request failed', { requestId, routeKey, error });
        request.response = problem(
          500,
          'Internal error',
          `This is our fault. The log has it under the request id ${requestId}.`,
        );
      }
    },
  };
}

/** What middy's body parser found wrong. */
function bodyProblem({ statusCode, message, cause }: HttpError): APIGatewayProxyStructuredResultV2 {
  if (statusCode === 415) {
    return problem(
      statusCode,
      'Unsupported media type',
      'Send JSON, with the header "content-type: application/json".',
    );
  }
  const where = (cause as { message?: unknown } | undefined)?.message;
  return problem(statusCode, 'Not JSON', typeof where === 'string' ? `${message}: ${where}` : message);
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

function problem(
  status: number,
  title: string,
  detail: string,
  faults: readonly Fault[] = [],
): APIGatewayProxyStructuredResultV2 {
  const document = {
    type: 'about:blank',
    title,
    status,
    detail,
    ...(faults.length > 0 && { errors: faults }),
  };
  const headers = {
    'content-type': 'application/problem+json',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  };
  return { statusCode: status, headers, body: JSON.stringify(document) };
}
