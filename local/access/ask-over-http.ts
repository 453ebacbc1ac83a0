import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Ask, EngineResponse } from './gate.ts';

/** Pass requests to an engine that listens at a URL. */
export function askOverHttp(endpoint: string): { readonly ask: Ask; close(): void } {
  const upstream = new URL(endpoint);
  const isSecure = upstream.protocol === 'https:';
  const send = isSecure ? secureRequest : request;
  const agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true });
  return {
    ask: ({ method, url, headers, body }) =>
      new Promise<EngineResponse>((resolve, reject) => {
        const forwarded = send(
          new URL(upstream.pathname.replace(/\/$/, '') + url, upstream),
          { method, agent, headers: { ...headers, host: upstream.host } },
          (response) => {
            const { statusCode: status = 502, headers } = response;
            buffer(response).then((body) => resolve({ status, headers, body }), reject);
          },
        );
        forwarded.on('error', reject);
        forwarded.end(body);
      }),
    close: () => agent.destroy(),
  };
}
