import { deflateRawSync } from 'node:zlib';
import { MAX_BYTES_TOGETHER } from '../../core/fan-out/send-deliveries.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { deliveryMessageText } from '../../core/model/delivery-message.ts';
import { type Event, eventText } from '../../core/model/event.ts';

/** The traffic of which the cost is estimated. */
export interface Scenario {
  readonly events: number;
  /** Deliveries per event. */
  readonly subscribers: number;
  /** Size of the data of an event. */
  readonly payloadBytes: number;
  /** Records per invocation, 1 to 10, and events per publish request. */
  readonly batch: number;
  /** Share of attempts that fail, 0 to 1, independently of each other. */
  readonly failureRate: number;
  readonly via: 'https' | 'queue';
  /** Response time of hook URLs in milliseconds. */
  readonly endpointMs: number;
  /** Days for which events and attempts are kept. */
  readonly retentionDays: number;
  /** Utilisation of provisioned capacity, above 0 to 1; null: the table is on demand. */
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

/** Sizes in bytes of the messages, items and requests of a scenario. */
export interface Sizes {
  readonly eventMessage: number;
  /** Item of an event with its compressed body. */
  readonly eventItem: number;
  /** Entry of an event batch in the log index, or of an unbatched event. */
  readonly logEntry: number;
  /** Message with a single delivery: of an unbatched event, of an event too large to share a message, or a retry. */
  readonly deliveryMessage: number;
  /** Number of events that share a delivery message. */
  readonly eventsPerMessage: number;
  /** Message with the deliveries of several events of an event batch. */
  readonly batchMessage: number;
  readonly request: number;
}

/**
 * Size of an event's item without its body: keys and names, and index keys if the event is unbatched. A test compares
 * it with the database engine.
 */
const EVENT_ITEM_BYTES = { unbatched: 270, batched: 150 };
const LOG_ENTRY_BYTES = { unbatched: 230, batched: 250 };
/** Headers of a request and the envelope of its body. */
const REQUEST_OVERHEAD = 350;

/** Measure a sample with the functions' own code; the text of the sample compresses to somewhat more than half. */
export function sizesOf({ payloadBytes, batch }: Pick<Scenario, 'payloadBytes' | 'batch'>): Sizes {
  const isBatched = batch > 1;
  const event = sampleEvent(payloadBytes);
  const sent = isBatched ? { ...event, eventBatch: EVENT_BATCH } : event;
  const text = eventText(sent);
  const first = { project: 'erp', subscriptionId: SUBSCRIPTION, number: 1, trigger: 'event' } as const;
  const eventsPerMessage = Math.max(1, Math.min(batch, Math.floor(MAX_BYTES_TOGETHER / text.length)));
  const { project, subscriptionId } = first;
  const events = Array<Event>(eventsPerMessage).fill(sent);
  const batched = { project, subscriptionId, eventBatch: EVENT_BATCH, events };
  return {
    eventMessage: eventText(event).length,
    eventItem:
      (isBatched ? EVENT_ITEM_BYTES.batched : EVENT_ITEM_BYTES.unbatched) + deflateRawSync(text).length,
    logEntry: isBatched
      ? LOG_ENTRY_BYTES.batched + deflateRawSync(summariesOf(batch)).length
      : LOG_ENTRY_BYTES.unbatched,
    deliveryMessage: deliveryMessageText({ kind: 'delivery', delivery: { ...first, event: sent } }).length,
    eventsPerMessage,
    batchMessage: deliveryMessageText({ kind: 'event-batch', ...batched }).length,
    request: payloadBytes + REQUEST_OVERHEAD,
  };
}

/** Return the summaries of the events of an event batch for the log entry. Random ids, because those compress badly. */
const summariesOf = (batch: number) =>
  JSON.stringify(
    Array.from({ length: batch }, (_, n) => {
      const { type, time, acceptedAt } = sampleEvent(0);
      return { id: `evt_${samplePayload(36 + n).slice(-36)}`, type, time, acceptedAt };
    }),
  );

const EVENT_BATCH = 'lot_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA';
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

/** Return JSON of the given size with pseudo-random hexadecimal digits, the same for every call. */
export function samplePayload(bytes: number): JsonText {
  const around = '{"text":""}'.length;
  let state = 1;
  const digit = () => {
    // The generator of Numerical Recipes, whose upper bits are random enough for this purpose.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 28).toString(16);
  };
  const text = Array.from({ length: Math.max(0, bytes - around) }, digit).join('');
  return `{"text":"${text}"}` as JsonText;
}

/** Return the numbers of first attempts and retries with the default schedule. */
export function attemptsOf({ events, subscribers, failureRate }: Scenario) {
  const first = events * subscribers;
  const share = (from: number) =>
    Array.from({ length: 10 - from }, (_, index) => failureRate ** (from + index)).reduce(
      (sum, part) => sum + part,
      0,
    );
  // The first retry is due within the two minutes for which a message waits; the sweeper calls the pump of the others.
  const [retries, late] = [first * share(1), first * share(2)];
  const all = first + retries;
  return { first, retries, late, all, failed: all * failureRate };
}
