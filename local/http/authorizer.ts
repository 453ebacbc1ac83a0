import type { FunctionHost } from '../functions/function-host.ts';
import { ACCOUNT_ID, REGION } from '../settings.ts';
import type { Authorizer } from './http-api.ts';
import { API_ID, type HttpEvent, STAGE } from './http-event.ts';
import { gatewayResponse, type HttpResponse, INTERNAL_SERVER_ERROR } from './http-response.ts';

/** Either the context for the function of the route, or the response with which the gateway refuses the request. */
export type Authorization = { readonly context: unknown } | { readonly refusal: HttpResponse };

interface CachedAuthorization {
  readonly authorization: Authorization;
  readonly expiresAt: number;
}

/** Invokes Lambda authorizers and caches their results as the template configures. */
export class Authorizers {
  readonly #functions: FunctionHost;
  readonly #cache = new Map<string, CachedAuthorization>();

  constructor(functions: FunctionHost) {
    this.#functions = functions;
  }

  /** @throws FunctionError if the authorizer fails */
  async authorize(authorizer: Authorizer, event: HttpEvent): Promise<Authorization> {
    const identity = authorizer.identitySources.map((source) => identityOf(source, event));
    if (identity.some((value) => value === undefined))
      return { refusal: gatewayResponse(401, 'Unauthorized') };
    // Without identity sources, a cache could not distinguish callers.
    const cacheable = authorizer.cacheSeconds > 0 && identity.length > 0;
    const key = JSON.stringify([authorizer.functionName, identity]);
    const cached = cacheable ? this.#cache.get(key) : undefined;
    if (cached !== undefined && cached.expiresAt > Date.now()) return cached.authorization;
    const authorization = await this.#invoke(authorizer, event, identity as string[]);
    if (cacheable)
      this.#cache.set(key, { authorization, expiresAt: Date.now() + authorizer.cacheSeconds * 1000 });
    return authorization;
  }

  async #invoke(authorizer: Authorizer, event: HttpEvent, identitySource: string[]): Promise<Authorization> {
    const { body: _, isBase64Encoded: __, ...request } = event;
    const { method, path } = event.requestContext.http;
    const result = await this.#functions.invoke(authorizer.functionName, {
      ...request,
      type: 'REQUEST',
      routeArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${API_ID}/${STAGE}/${method}${path}`,
      identitySource,
    });
    if (
      typeof result !== 'object' ||
      result === null ||
      !('isAuthorized' in result) ||
      typeof result.isAuthorized !== 'boolean'
    ) {
      return { refusal: INTERNAL_SERVER_ERROR };
    }
    if (!result.isAuthorized) return { refusal: gatewayResponse(403, 'Forbidden') };
    return { context: 'context' in result ? result.context : null };
  }
}

/** Return the value of `$request.header.Name`, `$request.querystring.name` or `$context.path`; undefined if empty. */
function identityOf(source: string, event: HttpEvent): string | undefined {
  const [, kind, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === 'header') return event.headers[name.toLowerCase()] || undefined;
  if (kind === 'querystring') return event.queryStringParameters?.[name] || undefined;
  const context: Readonly<Record<string, string>> = {
    '$context.path': event.rawPath,
    '$context.httpMethod': event.requestContext.http.method,
    '$context.routeKey': event.routeKey,
    '$context.identity.sourceIp': event.requestContext.http.sourceIp,
  };
  return context[source];
}
