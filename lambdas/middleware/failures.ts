import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { AuthorizerContext } from '../../core/contract.ts';
import { type Fault, RequestError } from '../../core/kernel/errors.ts';
import type { Logger } from '../../core/ports/logger.ts';
import type { Metrics } from '../../core/ports/metrics.ts';
import { type Speech, speechOf } from './languages.ts';
import type { FunctionLog } from './log.ts';

/** An error as callers may see it. */
interface Failure {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly faults: readonly Fault[];
  readonly retryAfterSeconds: number | null;
  readonly allowedMethods: readonly string[] | null;
  readonly cause: unknown;
  /** In which language the caller reads, if the form has texts of ours. */
  readonly speech: Speech;
  /** Of the request. */
  readonly method: string;
  /** Of the request, decoded. */
  readonly path: string;
}

/** Returns the response to a failure. */
export type FailureForm = (failure: Failure) => APIGatewayProxyStructuredResultV2;

interface GatewayEvent {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  speech?: Speech;
  readonly rawPath: string;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: {
    readonly requestId: string;
    readonly routeKey: string;
    readonly http: { readonly method: string };
    readonly timeEpoch: number;
    readonly authorizer?: { readonly lambda?: AuthorizerContext | null | undefined };
  };
}

/** Respond to every error in this form, and log and count internal errors. Callers see details only of their own errors. */
export function failures(
  log: FunctionLog,
  form: FailureForm,
  metrics?: Metrics,
): MiddlewareObj<GatewayEvent, APIGatewayProxyStructuredResultV2> {
  return {
    before: ({ context }) => log.begin(context),
    onError: (request) => {
      const failure = failureOf(request.error, request.event);
      // The gateway's access log has the errors of callers.
      if (failure.status >= 500) {
        logFailure(log, request.event, failure);
        metrics?.count('RequestsFailed');
      }
      request.response = form(failure);
    },
  };
}

function logFailure(
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

function failureOf(cause: unknown, event: GatewayEvent): Failure {
  const { rawPath: path, requestContext } = event;
  const speech = speechOf(event);
  const {
    requestId,
    http: { method },
  } = requestContext;
  if (cause instanceof RequestError) {
    const { status, title, message: detail, faults, retryAfterSeconds, allowedMethods } = cause;
    return { status, title, detail, faults, retryAfterSeconds, allowedMethods, cause, speech, method, path };
  }
  const detail = `An internal error occurred. The log has it under the request id ${requestId}.`;
  return {
    ...{ status: 500, title: 'Internal error', detail, faults: [] },
    ...{ retryAfterSeconds: null, allowedMethods: null, cause, speech, method, path },
  };
}
