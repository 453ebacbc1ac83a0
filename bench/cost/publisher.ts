import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { callApi } from '../../bin/admin/api.ts';
import type { Outputs } from '../../local/outputs.ts';
import { clientSettings } from '../../local/settings.ts';
import { inTens } from '../bench.ts';
import { apiRequests } from './billing.ts';
import { samplePayload } from './sample-payload.ts';

export type Way = 'queue' | 'HTTPS';

export const EVENT_TYPE = 'invoice.created';
/** Maximum number of messages in an SQS request. */
export const EVENTS_PER_REQUEST = 10;
/** Number of concurrent requests: enough to keep the events queue filled. */
const LANES = 4;

/** What a publisher's events are. */
interface Published {
  readonly type: string;
  /** Size of their data in bytes. */
  readonly payloadBytes: number;
}

let published = 0;

/** Publishes as fast as the stack accepts events, ten per request. */
export class Publisher {
  readonly #outputs: Outputs;
  readonly #events: Published;
  readonly #sqs: SQSClient;
  /** Number of requests that an HTTP API would bill. */
  apiRequests = 0;

  constructor(outputs: Outputs, events: Published = { type: EVENT_TYPE, payloadBytes: 1024 }) {
    this.#outputs = outputs;
    this.#events = events;
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
    const { type, payloadBytes } = this.#events;
    return { id: `event-${++published}`, type, data: JSON.parse(samplePayload(payloadBytes)) as unknown };
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
