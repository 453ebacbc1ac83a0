import { LocalStackError } from '../errors.ts';
import { type FunctionDefinition, findFunction } from '../functions/function-definition.ts';
import { type Referents, resolve } from '../resolve.ts';
import { resourcesOf, type Template } from '../template.ts';
import type { Route } from './route-table.ts';

/** A Lambda authorizer with simple responses. */
export interface Authorizer {
  readonly functionName: string;
  /** Selection expressions such as `$request.header.Authorization`; the gateway responds with 401 if one is missing. */
  readonly identitySources: readonly string[];
  readonly cacheSeconds: number;
}

export interface Target {
  readonly functionName: string;
  readonly authorizer: Authorizer | undefined;
  readonly timeoutMs: number;
}

const MAX_INTEGRATION_TIMEOUT_MS = 30_000;

type Properties = Record<string, unknown>;

/** Read the routes of the template's HTTP API with their functions and authorizers. */
export function readRoutes(
  template: Template,
  referents: Referents,
  functions: readonly FunctionDefinition[],
): Route<Target>[] {
  const resolved = (type: string) =>
    new Map(
      resourcesOf(template, type).map(([logicalId, resource]) => [
        logicalId,
        resolve(resource.Properties ?? {}, referents) as Properties,
      ]),
    );
  const integrations = resolved('AWS::ApiGatewayV2::Integration');
  const authorizers = resolved('AWS::ApiGatewayV2::Authorizer');
  return [...resolved('AWS::ApiGatewayV2::Route').values()].map((route) => {
    const routeKey = String(route.RouteKey);
    const integration = integrations.get(String(route.Target).replace(/^integrations\//, ''));
    if (integration?.PayloadFormatVersion !== '2.0') {
      throw new LocalStackError(
        `The route ${routeKey} has no integration with payload format 2.0, the only one that the local stack supports`,
      );
    }
    return {
      routeKey,
      target: {
        functionName: findFunction(functions, integration.IntegrationUri).name,
        authorizer: readAuthorizer(routeKey, route, authorizers, functions),
        timeoutMs: Number(integration.TimeoutInMillis ?? MAX_INTEGRATION_TIMEOUT_MS),
      },
    };
  });
}

function readAuthorizer(
  routeKey: string,
  route: Properties,
  authorizers: ReadonlyMap<string, Properties>,
  functions: readonly FunctionDefinition[],
): Authorizer | undefined {
  if ((route.AuthorizationType ?? 'NONE') === 'NONE') return undefined;
  const authorizer = authorizers.get(String(route.AuthorizerId));
  // Ignoring an unsupported authorizer would open the route.
  if (authorizer?.AuthorizerType !== 'REQUEST' || authorizer.EnableSimpleResponses !== true) {
    throw new LocalStackError(
      `The route ${routeKey} has an authorizer other than a Lambda function with simple responses, the only kind that the local stack supports`,
    );
  }
  return {
    functionName: findFunction(functions, authorizer.AuthorizerUri).name,
    identitySources: (authorizer.IdentitySource ?? []) as string[],
    cacheSeconds: Number(authorizer.AuthorizerResultTtlInSeconds ?? 0),
  };
}
