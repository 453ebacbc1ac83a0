import type { MiddlewareObj } from '@middy/core';
import type { OriginCheck } from '../../core/auth/origin-check.ts';
import { type AuthorizerContext, ORIGIN_HEADER } from '../../core/contract.ts';
import { ForbiddenError } from '../../core/kernel/errors.ts';

interface GatewayEvent {
  headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: {
    readonly authorizer?: { readonly lambda?: AuthorizerContext | null | undefined };
  };
}

/**
 * Refuse requests that did not come through CloudFront although they must. The authorizer has checked those of its routes, so
 * that only open routes need the secret. The response says nothing that an outsider could use.
 *
 * @param check for functions with open routes; undefined if the stage takes requests from anywhere
 */
export const outsiders = (check: OriginCheck | undefined): MiddlewareObj<GatewayEvent> => ({
  before: async ({ event }) => {
    const { [ORIGIN_HEADER]: value, ...headers } = event.headers;
    // Neither a handler nor a log needs it.
    event.headers = headers;
    const { isOutside } = event.requestContext.authorizer?.lambda ?? {};
    if (isOutside || (check !== undefined && !(await check(value))))
      throw new ForbiddenError('This request is not allowed.');
  },
});
