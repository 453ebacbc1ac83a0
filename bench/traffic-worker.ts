/** A publisher and its subscribers' endpoints, in a thread of their own so that the stack does not delay the clock. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Outputs } from '../local/outputs.ts';
import { type Arrival, HANGING, type Planned, SLOW, SLOW_MS, type TrafficMessage } from './traffic.ts';

const { awsEndpointUrlSqs, eventsQueueUrl, region, accessKeyId, secretAccessKey, project } =
  workerData as Outputs;
const sqs = new SQSClient({
  endpoint: awsEndpointUrlSqs,
  region,
  credentials: { accessKeyId, secretAccessKey },
  // Where the engine is slower than the plan, events queue up here, which is no reason to warn.
  requestHandler: { socketAcquisitionWarningTimeout: 600_000 },
});
const arrivals: Arrival[] = [];

async function publish(events: readonly Planned[]): Promise<Record<string, number>> {
  const sentAt: Record<string, number> = {};
  const start = Date.now();
  await Promise.all(
    events.map(async ({ id, type, afterMs }) => {
      await sleep(Math.max(0, start + afterMs - Date.now()));
      const MessageBody = JSON.stringify({ project, type, id, data: { id } });
      sentAt[id] = Date.now();
      await sqs.send(new SendMessageCommand({ QueueUrl: eventsQueueUrl, MessageBody }));
    }),
  );
  return sentAt;
}

const server = createServer((request, response) => {
  const path = request.url ?? '';
  arrivals.push({ path, id: String(request.headers['webhook-id']), at: Date.now() });
  request.resume();
  if (path === SLOW) setTimeout(() => response.end(), SLOW_MS);
  else if (!path.startsWith(HANGING)) response.end();
});
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
});

parentPort?.on('message', async ({ number, events }: TrafficMessage) => {
  const answer = events === undefined ? arrivals.splice(0) : await publish(events);
  parentPort?.postMessage({ number, answer });
});
