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
