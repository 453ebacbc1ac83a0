import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { samplePayload } from '../../bin/cost/scenario.ts';
import type { Outputs } from '../../local/outputs.ts';
import { apiRequests } from './billing.ts';

export type Way = 'queue' | 'HTTPS';

export const EVENT_TYPE = 'invoice.created';
/** What a request of SQS's takes at the most. */
export const BATCH = 10;
/** Of an event's data. */
const PAYLOAD_BYTES = 1024;
/** Requests that are under way at once: enough for the events queue never to be empty. */
const LANES = 4;

/** Publishes as fast as it is taken, ten events in a request. */
export class Publisher {
  readonly #outputs: Outputs;
  readonly #sqs: SQSClient;
  #published = 0;
  /** As an HTTP API bills them. */
  apiRequests = 0;

  constructor(outputs: Outputs) {
    this.#outputs = outputs;
    const { awsEndpointUrlSqs: endpoint, region, accessKeyId, secretAccessKey } = outputs;
    this.#sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  }

  async publish(way: Way, count: number): Promise<void> {
    const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, index) =>
      Array.from({ length: Math.min(BATCH, count - index * BATCH) }, () => this.#event()),
    ).values();
    const lane = async () => {
      for (const batch of batches) await (way === 'queue' ? this.#send(batch) : this.#post(batch));
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  stop(): void {
    this.#sqs.destroy();
  }

  #event() {
    return {
      id: `event-${++this.#published}`,
      type: EVENT_TYPE,
      data: JSON.parse(samplePayload(PAYLOAD_BYTES)) as unknown,
    };
  }

  async #send(events: readonly object[]): Promise<void> {
    const { project, eventsQueueUrl } = this.#outputs;
    const Entries = events.map((event, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify({ project, ...event }),
    }));
    const { Failed = [] } = await this.#sqs.send(
      new SendMessageBatchCommand({ QueueUrl: eventsQueueUrl, Entries }),
    );
    if (Failed.length > 0) throw new Error(`Not published: ${Failed[0]?.Message}`);
  }

  async #post(events: readonly object[]): Promise<void> {
    const { apiUrl, project, adminKey } = this.#outputs;
    const body = JSON.stringify(events);
    const answer = await fetch(`${apiUrl}/v1/projects/${project}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    if (answer.status !== 202) throw new Error(`Not published: ${text}`);
    this.apiRequests += apiRequests(Buffer.byteLength(body));
  }
}
