import middy from '@middy/core';
import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from 'aws-lambda';
import type { AuthorizerContext } from '../../core/contract.ts';
import { type IdentifyDependencies, identify } from '../../core/use-cases/identify.ts';

/**
 * Says who is calling. It lets everybody through, strangers with an empty context: HTTP APIs answer a refusal with a
 * 403 of their own, and callers are promised a 401 with a problem document, which the function behind the route gives.
 */
export function authorizeHandler(dependencies: IdentifyDependencies) {
  const who = identify(dependencies);
  return middy<
    APIGatewayRequestAuthorizerEventV2,
    APIGatewaySimpleAuthorizerWithContextResult<AuthorizerContext>
  >().handler(async ({ headers }) => {
    const principal = await who(headers?.authorization);
    const context = principal
      ? { keyId: principal.keyId, project: principal.project, scopes: principal.scopes.join(' ') }
      : {};
    return { isAuthorized: true, context };
  });
}
