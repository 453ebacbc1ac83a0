import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { AuthorizerContext } from '../../core/contract.ts';
import { type Fault, RequestError } from '../../core/kernel/errors.ts';
import type { Logger } from '../../core/ports/logger.ts';
import type { FunctionLog } from './log.ts';

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
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: {
    readonly requestId: string;
    readonly routeKey: string;
    readonly timeEpoch: number;
    readonly authorizer?: { readonly lambda?: AuthorizerContext | null | undefined };
  };
}

/** Answers every error in this form, and logs those that are ours. Only what callers did wrong is told to them. */
export function failures(
  log: FunctionLog,
  form: FailureForm,
): MiddlewareObj<GatewayEvent, APIGatewayProxyStructuredResultV2> {
  return {
    before: ({ context }) => log.begin(context),
    onError: (request) => {
      const failure = failureOf(request.error, request.event.requestContext.requestId);
      // What callers did wrong is in the gateway's access log.
      if (failure.status >= 500) tell(log, request.event, failure);
      request.response = form(failure);
    },
  };
}

function tell(
  log: Logger,
  { pathParameters, requestContext }: GatewayEvent,
  { status, cause }: Failure,
): void {
  const { requestId: apiRequestId, routeKey, timeEpoch, authorizer } = requestContext;
  const fields = {
    project: pathParameters?.project,
    keyId: authorizer?.lambda?.keyId,
    routeKey,
    apiRequestId,
    status,
    durationMs: Date.now() - timeEpoch,
  };
  log.error('request failed', { ...fields, error: cause });
}

function failureOf(cause: unknown, requestId: string): Failure {
  if (cause instanceof RequestError) {
    const { status, title, message: detail, faults } = cause;
    return { status, title, detail, faults, cause };
  }
  const detail = `This is our fault. The log has it under the request id ${requestId}.`;
  return { status: 500, title: 'Internal error', detail, faults: [], cause };
}
