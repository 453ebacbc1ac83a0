import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

export interface AncrageClientOptions {
  /** Where the API is, such as `https://….execute-api.eu-west-3.amazonaws.com`. */
  readonly baseUrl: string;
  /** An API key, or a token. */
  readonly apiKey: string;
}

/** A client whose paths, parameters, bodies and answers are those of the OpenAPI document. */
export type AncrageClient = Client<paths>;

/**
 * Each call answers `{data, response}` or, where the API refused, `{error, response}`; it throws only where no answer
 * came.
 */
export function createAncrageClient({ baseUrl, apiKey }: AncrageClientOptions): AncrageClient {
  return createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${apiKey}` } });
}

type Schemas = components['schemas'];
export type Attempt = Schemas['AttemptPage']['data'][number];
export type Problem = Schemas['Problem'];
export type Subscription = Schemas['Subscription'];

/** What an answer's `error` says: the API's own words, or the gateway's. */
export function reasonOf(error: Problem | Schemas['GatewayMessage']): string {
  return 'detail' in error ? error.detail : error.message;
}
