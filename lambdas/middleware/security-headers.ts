import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/**
 * Headers of every answer of the API: it may hold secrets, so nobody stores it, and a browser neither guesses its type nor asks
 * for it over http. CloudFront adds those that an answer lacks, since some are the gateway's own.
 */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000',
} as const;

/** Add the headers that an answer does not set itself. It must be the first of a chain, to see also the answers to errors. */
export function securityHeaders(): MiddlewareObj<unknown, APIGatewayProxyStructuredResultV2> {
  const add = (request: { response?: APIGatewayProxyStructuredResultV2 | null | undefined }): void => {
    if (!request.response) return;
    request.response.headers = { ...SECURITY_HEADERS, ...request.response.headers };
  };
  return { after: add, onError: add };
}
