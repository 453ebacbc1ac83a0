import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { extname, join } from 'node:path';
import { codeOf } from '../errors.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { ConsoleSite } from './console-site.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/**
 * Return the console's response to a request, or undefined if the request is not for the console. On AWS the
 * distribution serves the console at every path that does not belong to the API. Here, only requests that accept HTML
 * get the page, so that API clients get the API's 404 for unknown paths.
 */
export function consoleResponse(site: ConsoleSite, request: IncomingMessage): HttpResponse | undefined {
  const [path = '/'] = (request.url ?? '/').split('?');
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  if (site.apiPaths.some((pattern) => matches(path, pattern))) return undefined;
  if (matches(path, site.assetPaths)) return assetResponse(site, path);
  const answer = site.viewerFunction(request.method, path);
  if (typeof answer !== 'string') return answer;
  if (!request.headers.accept?.includes('text/html')) return undefined;
  const headers = { ...site.documentHeaders, 'content-type': 'text/html; charset=utf-8' };
  return { statusCode: 200, headers, body: site.document };
}

function assetResponse({ directory, assetHeaders }: ConsoleSite, path: string): HttpResponse | undefined {
  const type = CONTENT_TYPES[extname(path)];
  // Browsers resolve `..`, and no file name of the console needs percent-encoding.
  if (type === undefined || !/^[\w./-]+$/.test(path) || path.includes('..')) return undefined;
  try {
    const body = readFileSync(join(directory, path));
    return { statusCode: 200, headers: { ...assetHeaders, 'content-type': type }, body };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Match a path pattern of a distribution, in which `*` also matches slashes, and a slash at the end counts:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
function matches(path: string, pattern: string): boolean {
  const literal = (text: string) => text.replaceAll(/[^\w/]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(path);
}
