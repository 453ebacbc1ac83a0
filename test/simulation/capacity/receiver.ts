import type { OutgoingRequest, SendResult } from '../../../core/model/send-result.ts';
import type { AboutRequest, Sender } from '../../../core/ports/sender.ts';
import type { Random } from '../random.ts';
import type { BatchedTime } from './batched-time.ts';
import { type Endpoint, healthy } from './endpoints.ts';

/** A request that an endpoint got. */
export interface ReceivedRequest {
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly number: number;
  readonly probe: boolean;
  readonly at: number;
  readonly endedAt: number;
  /** Null if there was no response in time. */
  readonly status: number | null;
}

/** All endpoints: they answer by subscription, and keep a record of every request. */
export class Receiver {
  readonly requests: ReceivedRequest[] = [];
  readonly #time: BatchedTime;
  readonly #random: Random;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #typeOf: (eventId: string) => string;
  readonly #onRequest: (request: ReceivedRequest) => void;

  constructor(
    time: BatchedTime,
    random: Random,
    typeOf: (eventId: string) => string,
    onRequest: (request: ReceivedRequest) => void,
  ) {
    this.#onRequest = onRequest;
    this.#time = time;
    this.#random = random;
    this.#typeOf = typeOf;
  }

  set(subscriptionId: string, endpoint: Endpoint): void {
    this.#endpoints.set(subscriptionId, endpoint);
  }

  /** Return a sender that reaches the endpoints. */
  sender(): Sender {
    return { send: (request, about) => this.#send(request, about) };
  }

  async #send({ timeoutMs }: OutgoingRequest, about: AboutRequest): Promise<SendResult> {
    const { subscriptionId, eventId, number, probe } = about;
    const endpoint = this.#endpoints.get(subscriptionId) ?? healthy();
    const at = this.#time.now;
    const given = endpoint(at, { ...about, eventType: this.#typeOf(eventId), timeoutMs }, this.#random);
    const isLate = given.latencyMs > timeoutMs;
    const durationMs = isLate ? timeoutMs : given.latencyMs;
    await this.#time.sleep(durationMs);
    const status = isLate ? null : given.status;
    const request = { subscriptionId, eventId, number, probe, at, endedAt: this.#time.now, status };
    this.requests.push(request);
    this.#onRequest(request);
    if (status !== null) return { response: { status, headers: given.headers ?? {}, body: '' }, durationMs };
    return isLate
      ? { error: 'timeout', detail: 'no response in time', durationMs }
      : { error: 'connection', detail: 'refused', durationMs };
  }
}
