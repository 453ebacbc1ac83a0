import createClient, { type Client } from 'openapi-fetch';
import { toPathSegment } from './path-segment.ts';
import type { components, paths } from './schema.d.ts';

export { fromPathSegment, toPathSegment } from './path-segment.ts';

export interface AncrageClientOptions {
  /** Base URL of the API, the output `ApiUrl`, such as `https://….execute-api.eu-west-3.amazonaws.com`. */
  readonly baseUrl: string;
  /** An API key or a token. */
  readonly apiKey: string;
  /** The language of the API's reasons and catalogues. @default English */
  readonly language?: 'en' | 'fr';
}

/** A client with the paths, parameters, bodies and responses of the OpenAPI document. */
export type AncrageClient = Client<paths>;

/**
 * Create a client. A call returns `{data, response}`, or `{error, response}` if the API rejects the request. It throws only
 * if there is no response. Pass names in paths as they are: the client encodes them.
 */
export function createAncrageClient({
  baseUrl,
  apiKey,
  language = 'en',
}: AncrageClientOptions): AncrageClient {
  const headers = { authorization: `Bearer ${apiKey}`, 'accept-language': language };
  return createClient<paths>({ baseUrl, headers, pathSerializer });
}

/** Write any names into a path, whatever characters they have. */
const pathSerializer = (path: string, names: Readonly<Record<string, unknown>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => toPathSegment(String(names[name])));

type Schemas = components['schemas'];
export type Attempt = Schemas['AttemptPage']['data'][number];
/** An attempt in the list of a project. */
export type ProjectAttempt = Schemas['ProjectAttempt'];
export type Problem = Schemas['Problem'];
export type Subscription = Schemas['Subscription'];

/** Return the explanation in the `error` of a response, which comes from the API or from API Gateway. */
export function reasonOf(error: Problem | Schemas['GatewayMessage']): string {
  return 'detail' in error ? error.detail : error.message;
}
