/** A worker thread that sends requests, each over a new connection, and reports the CPU time that they took. */
import http from 'node:http';
import https from 'node:https';
import { createSecureContext } from 'node:tls';
import { parentPort, workerData } from 'node:worker_threads';
import type { Sending } from './tls.ts';

const { url, ca, bytes, warm, requests } = workerData as Sending;
const body = 'x'.repeat(bytes);
const secureContext = ca === undefined ? undefined : createSecureContext({ ca });

function send(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const options = { method: 'POST' } as const;
  const request =
    secureContext === undefined
      ? http.request(url, { ...options, agent: new http.Agent() })
      : https.request(url, { ...options, agent: new https.Agent({ secureContext }) });
  request.on('response', (response) => response.resume().on('end', resolve));
  request.on('error', reject);
  request.end(body);
  return promise;
}

for (let n = 0; n < warm; n++) await send();
const before = process.threadCpuUsage();
for (let n = 0; n < requests; n++) await send();
const { user, system } = process.threadCpuUsage(before);
parentPort?.postMessage((user + system) / 1000);
