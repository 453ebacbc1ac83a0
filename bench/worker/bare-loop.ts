import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { Hook } from './load.ts';

const KEY = Buffer.alloc(32, 7);

/** The least that delivering takes: to sign each body, to send it and to read the answer. */
export async function sendAll(url: string, hooks: readonly Hook[], agent: http.Agent): Promise<void> {
  await Promise.all(hooks.map((hook) => send(url, hook, agent)));
}

function send(url: string, { id, body }: Hook, agent: http.Agent): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', KEY).update(`${id}.${timestamp}.${body}`).digest('base64');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = http.request(url, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'bare',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  });
  request.on('response', (response) => {
    response.resume();
    response.on('end', resolve);
  });
  request.on('error', reject);
  request.end(body);
  return promise;
}
