/** A publisher and the subscribers' endpoints, in their own thread so that the stack does not delay their clock. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callApi } from '../bin/admin/api.ts';
import type { Outputs } from '../local/outputs.ts';
import { clientSettings } from '../local/settings.ts';
import { Endpoints } from './endpoints.ts';
import type { Arrival, Publishing, TrafficMessage } from './traffic.ts';

const outputs: Outputs = workerData;
const { apiUrl, adminKey, project, eventsQueueUrl, awsEndpointUrlSqs } = outputs;
const sqs = new SQSClient({
  ...clientSettings(awsEndpointUrlSqs, outputs),
  // If the engine is slower than the plan, events queue up here; the SDK's warning about it is not useful.
  requestHandler: { socketAcquisitionWarningTimeout: 600_000 },
});
const arrivals: Arrival[] = [];

const send = { queue: sendToQueue, HTTPS: post };

async function sendToQueue(event: object, to: string): Promise<void> {
  const MessageBody = JSON.stringify({ project: to, ...event });
  await sqs.send(new SendMessageCommand({ QueueUrl: eventsQueueUrl, MessageBody }));
}

async function post(event: object, to: string): Promise<void> {
  await callApi({ url: apiUrl, key: adminKey }, 'POST', `/v1/projects/${to}/events`, event);
}

async function publish({ events, by, bytes }: Publishing): Promise<Record<string, number>> {
  const sentAt: Record<string, number> = {};
  const filler = 'x'.repeat(bytes);
  const start = Date.now();
  await Promise.all(
    events.map(async ({ id, type, afterMs, project: to = project }) => {
      await sleep(Math.max(0, start + afterMs - Date.now()));
      sentAt[id] = Date.now();
      await send[by]({ type, id, data: { id, filler } }, to);
    }),
  );
  return sentAt;
}

const endpoints = new Endpoints();
const server = createServer((request, response) => {
  const [path, id, at] = [request.url ?? '', String(request.headers['webhook-id']), Date.now()];
  request.resume();
  const answer = endpoints.answer(path, id, at);
  arrivals.push({ path, id, at, status: answer?.status ?? null });
  if (answer === null) return;
  const { status, afterMs } = answer;
  const respond = () => response.writeHead(status).end();
  if (afterMs === 0) respond();
  else setTimeout(respond, afterMs);
});
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
});

parentPort?.on('message', async ({ number, publishing }: TrafficMessage) => {
  const result = publishing === undefined ? arrivals.splice(0) : await publish(publishing);
  parentPort?.postMessage({ number, result });
});
