import { deflateRawSync } from 'node:zlib';
import { MAX_BYTES_TOGETHER } from '../../core/fan-out/send-deliveries.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { deliveryMessageText } from '../../core/model/delivery-message.ts';
import { type Event, eventText } from '../../core/model/event.ts';

/** What is to be estimated. */
export interface Scenario {
  readonly events: number;
  /** Deliveries that each event makes. */
  readonly subscribers: number;
  /** Of an event's data. */
  readonly payloadBytes: number;
  /** Messages in a batch of Lambda's, 1 to 10; and events in a request of a publisher. */
  readonly batch: number;
  /** Of the attempts, 0 to 1, each on its own. */
  readonly failureRate: number;
  readonly via: 'https' | 'queue';
  /** How long a hook URL takes, in milliseconds. */
  readonly endpointMs: number;
  /** Of the project: how long events and attempts are kept. */
  readonly retentionDays: number;
  /** Of provisioned capacity, what share is used, above 0 to 1; null: the table is on demand. */
  readonly provisioned: number | null;
}

export const DEFAULT_SCENARIO: Scenario = {
  events: 1_000_000,
  subscribers: 1,
  payloadBytes: 1024,
  batch: 10,
  failureRate: 0,
  via: 'https',
  endpointMs: 200,
  retentionDays: 30,
  provisioned: null,
};

/** Bytes of what a scenario's events become on their way. */
export interface Sizes {
  readonly eventMessage: number;
  /** With its body compressed. */
  readonly eventItem: number;
  /** Of a batch's events: what the log index has of them together, or of one alone. */
  readonly logEntry: number;
  /** A delivery that travels alone: of an event that came alone, or too large to share a message, and a retry. */
  readonly deliveryMessage: number;
  /** Events of a batch that share a message to each of their subscribers. */
  readonly together: number;
  readonly lotMessage: number;
  readonly request: number;
}

/** Of an event's item besides its body: keys, names, and index keys where it came alone. A test holds it against an engine. */
const EVENT_ITEM_BYTES = { alone: 270, inLot: 150 };
const LOG_ENTRY_BYTES = { alone: 230, ofLot: 250 };
/** Headers of a request, and what the envelope adds. */
const REQUEST_OVERHEAD = 350;

/** The sizes that the functions themselves make of a sample, whose text compresses to somewhat more than half. */
export function sizesOf({ payloadBytes, batch }: Pick<Scenario, 'payloadBytes' | 'batch'>): Sizes {
  const isLot = batch > 1;
  const event = sampleEvent(payloadBytes);
  const sent = isLot ? { ...event, eventBatch: LOT } : event;
  const text = eventText(sent);
  const first = { project: 'erp', subscriptionId: SUBSCRIPTION, number: 1, trigger: 'event' } as const;
  const together = Math.max(1, Math.min(batch, Math.floor(MAX_BYTES_TOGETHER / text.length)));
  const { project, subscriptionId } = first;
  const events = Array<Event>(together).fill(sent);
  const lot = deliveryMessageText({ kind: 'event-batch', project, subscriptionId, eventBatch: LOT, events });
  return {
    eventMessage: eventText(event).length,
    eventItem: (isLot ? EVENT_ITEM_BYTES.inLot : EVENT_ITEM_BYTES.alone) + deflateRawSync(text).length,
    logEntry: isLot
      ? LOG_ENTRY_BYTES.ofLot + deflateRawSync(summariesOf(batch)).length
      : LOG_ENTRY_BYTES.alone,
    deliveryMessage: deliveryMessageText({ kind: 'delivery', delivery: { ...first, event: sent } }).length,
    together,
    lotMessage: lot.length,
    request: payloadBytes + REQUEST_OVERHEAD,
  };
}

/** What the log says of a batch's events. Their ids are in no order. */
const summariesOf = (batch: number) =>
  JSON.stringify(
    Array.from({ length: batch }, (_, n) => {
      const { type, time, acceptedAt } = sampleEvent(0);
      return { id: `evt_${samplePayload(36 + n).slice(-36)}`, type, time, acceptedAt };
    }),
  );

const LOT = 'lot_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA';
const SUBSCRIPTION = 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA';

export function sampleEvent(payloadBytes: number): Event {
  return {
    project: 'erp',
    id: 'evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
    type: 'invoice.created',
    time: '2026-11-22T00:00:00.000Z',
    acceptedAt: '2026-11-22T00:00:00.000Z',
    expiresAt: 1_797_984_000_000,
    data: samplePayload(payloadBytes),
  };
}

/** JSON of so many bytes: hexadecimal digits in no order, always the same. */
export function samplePayload(bytes: number): JsonText {
  const around = '{"text":""}'.length;
  let state = 1;
  const digit = () => {
    // Numerical Recipes' generator: its upper bits are as good as random here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 28).toString(16);
  };
  const text = Array.from({ length: Math.max(0, bytes - around) }, digit).join('');
  return `{"text":"${text}"}` as JsonText;
}

/** Attempts by the standard schedule: the first, those that wait in the retries queue, those that wait in the table. */
export function attemptsOf({ events, subscribers, failureRate }: Scenario) {
  const first = events * subscribers;
  const share = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => failureRate ** (from + index)).reduce(
      (sum, part) => sum + part,
      0,
    );
  // 5 s and 5 min fit into the queue's 15 min; half an hour and the six beyond do not.
  const [queued, parked] = [first * share(1, 2), first * share(3, 9)];
  const all = first + queued + parked;
  return { first, queued, parked, all, failed: all * failureRate };
}
