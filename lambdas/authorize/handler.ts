import middy from '@middy/core';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import { type IdentifyDependencies, identify } from '../../core/auth/identify.ts';
import type { AuthorizerContext } from '../../core/contract.ts';
import type { FunctionLog } from '../middleware/log.ts';

/**
 * Says who is calling. It lets everybody through, strangers with an empty context: HTTP APIs answer a refusal with a
 * 403 of their own, and callers are promised a 401 with a problem document, which the function behind the route gives.
 */
export function authorizeHandler({ log, ...dependencies }: IdentifyDependencies & { log: FunctionLog }) {
  const who = identify(dependencies);
  const contextOf = async ({ headers, requestContext }: Event): Promise<AuthorizerContext> => {
    try {
      const principal = await who(headers?.authorization);
      return principal ? { ...principal, scopes: principal.scopes.join(' ') } : {};
    } catch (error) {
      // Thrown on, this would be the gateway's own 500 instead of a problem document.
      log.error('bearer not looked up', { apiRequestId: requestContext.requestId, error });
      return { unavailable: 'true' };
    }
  };
  return middy<Event, Result>()
    .before(({ context }) => log.begin(context))
    .handler(async (event) => ({ isAuthorized: true, context: await contextOf(event) }));
}

type Event = APIGatewayRequestAuthorizerEventV2;
type Result = APIGatewaySimpleAuthorizerWithContextResult<AuthorizerContext>;
