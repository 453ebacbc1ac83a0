import { createHash } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { VERSION } from '../../core/kernel/version.ts';
import { openApiDocument } from '../../core/openapi/document.ts';
import { referencePage } from '../../core/openapi/html/reference-page.ts';
import { stylesheet } from '../../core/openapi/html/stylesheet.ts';
import { failures } from '../middleware/failures.ts';
import type { FunctionLog } from '../middleware/log.ts';
import { problemDetails } from '../middleware/problem-details.ts';

interface Resource {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The OpenAPI document and the page made from it. They differ by the URL that they were asked for at, by nothing else. */
export function openApiHandler({ log }: { log: FunctionLog }) {
  let known: { url: string; resources: Record<string, Resource> } | undefined;
  const resourcesAt = (url: string) => {
    // Made once for each cold start, in some ten milliseconds each: a stage has one URL.
    if (known?.url !== url) known = { url, resources: resources(url) };
    return known.resources;
  };
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(failures(log, problemDetails))
    .handler(async ({ routeKey, headers, requestContext: { domainName } }) => {
      const resource = resourcesAt(`${headers['x-forwarded-proto'] ?? 'https'}://${domainName}`)[routeKey];
      if (resource === undefined) throw new Error(`There is no ${routeKey}.`);
      const unchanged = headers['if-none-match']?.split(/\s*,\s*/).includes(resource.headers.etag ?? '');
      return unchanged
        ? { statusCode: 304, headers: resource.headers }
        : { statusCode: 200, headers: resource.headers, body: resource.body };
    });
}

function resources(url: string): Record<string, Resource> {
  const document = openApiDocument(VERSION, url);
  const styles = `'sha256-${sha256(stylesheet)}'`;
  return {
    'GET /openapi.json': resource(JSON.stringify(document), {
      'content-type': 'application/json',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      // Anyone may read it: tools that run in a browser load it from there.
      'access-control-allow-origin': '*',
    }),
    'GET /docs': resource(referencePage(document), {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src ${styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
    }),
  };
}

const resource = (body: string, headers: Resource['headers']): Resource => ({
  headers: {
    ...headers,
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=300',
    etag: `"${sha256(body)}"`,
  },
  body,
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
