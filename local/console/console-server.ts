import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { extname, join, matchesGlob } from 'node:path';
import { codeOf } from '../errors.ts';
import type { HttpResponse } from '../http/http-response.ts';
import type { ConsoleSite } from './console-site.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/**
 * What the console answers to a request; undefined where the request is not for it. On AWS its distribution would
 * have any path that is not the API's. Here both have one host and the API is what the local stack is for, so that
 * pages go to those alone who ask for HTML.
 */
export function consoleResponse(site: ConsoleSite, request: IncomingMessage): HttpResponse | undefined {
  const [path = '/'] = (request.url ?? '/').split('?');
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  if (site.apiPaths.some((pattern) => matches(path, pattern))) return undefined;
  if (matches(path, site.assetPaths)) return assetResponse(site, path);
  if (!request.headers.accept?.includes('text/html')) return undefined;
  const headers = { ...site.documentHeaders, 'content-type': 'text/html; charset=utf-8' };
  return { statusCode: 200, headers, body: site.document };
}

function assetResponse({ directory, assetHeaders }: ConsoleSite, path: string): HttpResponse | undefined {
  const type = CONTENT_TYPES[extname(path)];
  // A browser has resolved `..` long ago, and no file of the console has a name that needs percent-encoding.
  if (type === undefined || !/^[\w./-]+$/.test(path) || path.includes('..')) return undefined;
  try {
    const body = readFileSync(join(directory, path));
    return { statusCode: 200, headers: { ...assetHeaders, 'content-type': type }, body };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A distribution's patterns: `*` stands for any characters, slashes among them. */
function matches(path: string, pattern: string): boolean {
  return matchesGlob(path, pattern.replace('*', '**'));
}
