import middy from '@middy/core';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import type { OriginCheck } from '../../core/auth/origin-check.ts';
import { type Caller, PrincipalFinder, type PrincipalFinderPorts } from '../../core/auth/principal-finder.ts';
import { type AuthorizerContext, ORIGIN_HEADER } from '../../core/contract.ts';
import type { FunctionLog } from '../middleware/log.ts';

interface AuthorizePorts extends PrincipalFinderPorts {
  readonly log: FunctionLog;
  /** @default requests may come from anywhere */
  readonly cameThroughCloudFront?: OriginCheck | undefined;
}

/**
 * Identify the caller of a request, and let every request through; an unknown caller gets an empty context. If this denied a
 * request, the gateway would answer with its own 403. The API promises a 401 with a problem document, which the route's
 * function sends.
 */
export function authorizeHandler({ log, cameThroughCloudFront, ...ports }: AuthorizePorts) {
  const finder = new PrincipalFinder(ports);
  const contextOf = async ({ headers, requestContext }: Event): Promise<AuthorizerContext> => {
    try {
      // Nothing is read from the table for a request that is refused anyway.
      if (cameThroughCloudFront !== undefined && !(await cameThroughCloudFront(headers?.[ORIGIN_HEADER])))
        return { isOutside: 'true' };
      const caller = await finder.find(headers?.authorization);
      return caller === null ? {} : contextFor(caller);
    } catch (error) {
      // If this were thrown, the gateway would answer with its own 500 instead of a problem document.
      log.error('bearer not looked up', { apiRequestId: requestContext.requestId, error });
      return { unavailable: 'true' };
    }
  };
  return middy<Event, Result>()
    .before(({ context }) => log.begin(context))
    .handler(async (event) => ({ isAuthorized: true, context: await contextOf(event) }));
}

const contextFor = ({ keyId, project, scopes, generation, projectIsGone }: Caller): AuthorizerContext => ({
  ...{ keyId, project, scopes: scopes.join(' ') },
  ...(generation !== undefined && { generation }),
  ...(projectIsGone && { projectIsGone: 'true' }),
});

type Event = APIGatewayRequestAuthorizerEventV2;
type Result = APIGatewaySimpleAuthorizerWithContextResult<AuthorizerContext>;
