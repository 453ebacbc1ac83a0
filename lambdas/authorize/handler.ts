import middy from '@middy/core';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import type { AuthorizerContext } from '../../core/contract.ts';
import type { Log } from '../../core/ports.ts';
import { type IdentifyDependencies, identify } from '../../core/use-cases/identify.ts';

/**
 * Says who is calling. It lets everybody through, strangers with an empty context: HTTP APIs answer a refusal with a
 * 403 of their own, and callers are promised a 401 with a problem document, which the function behind the route gives.
 */
export function authorizeHandler({ log, ...dependencies }: IdentifyDependencies & { log: Log }) {
  const who = identify(dependencies);
  const contextOf = async (authorization: string | undefined): Promise<AuthorizerContext> => {
    try {
      const principal = await who(authorization);
      return principal ? { ...principal, scopes: principal.scopes.join(' ') } : {};
    } catch (error) {
      // Thrown on, this would be the gateway's own 500 instead of a problem document.
      log.error('bearer not looked up', { error });
      return { unavailable: 'true' };
    }
  };
  return middy<Event, Result>().handler(async ({ headers }) => ({
    isAuthorized: true,
    context: await contextOf(headers?.authorization),
  }));
}

type Event = APIGatewayRequestAuthorizerEventV2;
type Result = APIGatewaySimpleAuthorizerWithContextResult<AuthorizerContext>;
