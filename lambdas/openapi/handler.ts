import { createHash } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { OriginCheck } from '../../core/auth/origin-check.ts';
import { VERSION } from '../../core/kernel/version.ts';
import { openApiDocument } from '../../core/openapi/document.ts';
import { referencePage } from '../../core/openapi/html/reference-page.ts';
import { script } from '../../core/openapi/html/script.ts';
import { stylesheet } from '../../core/openapi/html/stylesheet.ts';
import { openApi30 } from '../../core/openapi/openapi-30.ts';
import { ROUTES, routeKeysOf } from '../../core/routes.ts';
import { failures } from '../middleware/failures.ts';
import type { OperationOf } from '../middleware/handlers.ts';
import { languages } from '../middleware/languages.ts';
import type { FunctionLog } from '../middleware/log.ts';
import { outsiders } from '../middleware/outsiders.ts';
import { problemDetails } from '../middleware/problem-details.ts';
import { securityHeaders } from '../middleware/security-headers.ts';

interface Resource {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface OpenApiPorts {
  readonly log: FunctionLog;
  /** The host that clients use. @default the one at which a document is requested */
  readonly publicHost?: string | undefined;
  /** @default requests may come from anywhere */
  readonly cameThroughCloudFront?: OriginCheck | undefined;
}

/**
 * The OpenAPI document and the page made from it. Both name the API's URL, and depend on nothing else
 * of a request: this function has its own chain, which reads neither key nor body.
 */
export function openApiHandler({ log, publicHost, cameThroughCloudFront }: OpenApiPorts) {
  let known: { readonly url: string; readonly resources: ReadonlyMap<string, Resource> } | undefined;
  const resourcesAt = (url: string) => {
    // A stage has one URL, so they are made once for each cold start, in some ten milliseconds each.
    if (known?.url !== url) known = { url, resources: byRouteKey(makeResources(url)) };
    return known.resources;
  };
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(securityHeaders())
    .use(languages())
    .use(failures(log, problemDetails))
    .use(outsiders(cameThroughCloudFront))
    .handler(async ({ routeKey, headers, requestContext: { domainName } }) => {
      const url = `${headers['x-forwarded-proto'] ?? 'https'}://${publicHost ?? domainName}`;
      const resource = resourcesAt(url).get(routeKey);
      if (resource === undefined) throw new Error(`There is no ${routeKey}.`);
      const unchanged = headers['if-none-match']?.split(/\s*,\s*/).includes(resource.headers.etag ?? '');
      return unchanged
        ? { statusCode: 304, headers: resource.headers }
        : { statusCode: 200, headers: resource.headers, body: resource.body };
    });
}

/** The resource behind each of the function's operations. */
type Resources = Readonly<Record<OperationOf<'openapi'>, Resource>>;

const byRouteKey = (resources: Resources): ReadonlyMap<string, Resource> =>
  new Map(
    Object.entries(resources).flatMap(([id, resource]) =>
      routeKeysOf(ROUTES[id as keyof Resources]).map((key) => [key, resource] as const),
    ),
  );

function makeResources(url: string): Resources {
  const document = openApiDocument(VERSION, url);
  const [styles, scripts] = [stylesheet, script].map((text) => `'sha256-${sha256(text)}'`);
  const json = (value: object) =>
    resource(JSON.stringify(value), {
      'content-type': 'application/json',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      // Tools that run in a browser may load it from any site.
      'access-control-allow-origin': '*',
    });
  return {
    getOpenApiDocument: json(document),
    getOpenApi30Document: json(openApi30(document)),
    getReference: resource(referencePage(document), {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${scripts}; style-src ${styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
    }),
  };
}

const resource = (body: string, headers: Resource['headers']): Resource => ({
  headers: {
    ...headers,
    'cache-control': 'public, max-age=300',
    etag: `"${sha256(body)}"`,
  },
  body,
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
