import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callApi } from '../../bin/admin/api.ts';
import { samplePayload } from '../../bin/cost/scenario.ts';
import type { Outputs } from '../../local/outputs.ts';
import { clientSettings } from '../../local/settings.ts';
import { inTens } from '../bench.ts';
import { apiRequests } from './billing.ts';

export type Way = 'queue' | 'HTTPS';

export const EVENT_TYPE = 'invoice.created';
/** Maximum number of messages in an SQS request. */
export const EVENTS_PER_REQUEST = 10;
const PAYLOAD_BYTES = 1024;
/** Number of concurrent requests: enough to keep the events queue filled. */
const LANES = 4;

/** Publishes as fast as the stack accepts events, ten per request. */
export class Publisher {
  readonly #outputs: Outputs;
  readonly #sqs: SQSClient;
  #published = 0;
  /** Number of requests that an HTTP API would bill. */
  apiRequests = 0;

  constructor(outputs: Outputs) {
    this.#outputs = outputs;
    this.#sqs = new SQSClient(clientSettings(outputs.awsEndpointUrlSqs, outputs));
  }

  async publish(way: Way, count: number): Promise<void> {
    const requests = inTens(Array.from({ length: count }, () => this.#event())).values();
    const lane = async () => {
      for (const events of requests) await (way === 'queue' ? this.#send(events) : this.#post(events));
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
    if (Failed.length > 0) throw new Error(`Cannot publish: ${Failed[0]?.Message}`);
  }

  async #post(events: readonly object[]): Promise<void> {
    const { apiUrl, project, adminKey } = this.#outputs;
    await callApi({ url: apiUrl, key: adminKey }, 'POST', `/v1/projects/${project}/events`, events);
    this.apiRequests += apiRequests(Buffer.byteLength(JSON.stringify(events)));
  }
}
