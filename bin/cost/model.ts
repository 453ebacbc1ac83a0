import { ATTEMPTS_PER_WRITE_UNIT } from '../../core/adapters/dynamodb/attempt-items.ts';
import { AT_ONCE, PATIENCE_MS } from '../../core/adapters/http/turns.ts';
import { patternsOf } from '../../core/model/event-pattern.ts';
import type { Line } from './counts.ts';
import { attemptsOf, type Scenario, sampleEvent, sizesOf } from './scenario.ts';

const KB = 1024;
const SQS_CHUNK = 64 * KB;
const SQS_REQUEST_BYTES = KB * KB;
const SQS_BATCH = 10;
const API_CHUNK = 512 * KB;
const READ_UNIT = 4 * KB;
/** A binding's item, and how many fan-out reads at once. */
const BINDING_BYTES = 100;
const BINDINGS_PER_PAGE = 100;

/** Milliseconds that functions take besides waiting for an endpoint: what `npm run bench -- cost` comes to, rounded. */
const MS = {
  authorize: 8,
  publish: 30,
  fanOut: 35,
  fanOutPerEvent: 2,
  deliver: 15,
  deliverEach: 1.5,
  /** A TLS handshake. */
  connection: 5,
};
/** Of the client's part of a handshake, most of it the share of a key that quantum computers cannot find. */
const TLS_BYTES = 1675;
const GB = { api: 0.25, fanOut: 1, deliver: 0.5 };
/** An attempt's item at the most, what DynamoDB adds to each item's storage, and the days of a month. */
const KEPT = { attempt: 1000, overhead: 100, daysPerMonth: 365 / 12 };
/** What Lambda writes itself of an invocation: that it starts, and its report. */
export const LAMBDA_LOG_BYTES = 600;
/** Lines of ours: of an invocation's metrics, and of what comes alone or in a lot. */
const LOG_BYTES = {
  metrics: 500,
  sample: 8,
  event: 320,
  attempt: 420,
  lot: { fanOut: 450, ofEvent: 85, deliver: 400, ofAttempt: 43 },
};

/** What a scenario uses, line by line, as the functions' code has it. */
export function linesOf(scenario: Scenario): Line[] {
  const used = [
    ...publishLines(scenario),
    ...fanOutLines(scenario),
    ...deliverLines(scenario),
    ...failureLines(scenario),
  ];
  const logged = used.filter(({ item }) => item === 'logsIngested');
  const logGb = logged.reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    ...used,
    { item: 'logsStored', quantity: logGb, why: 'all logs for a month, as if they were not compressed' },
    ...storageLines(scenario),
  ];
}

const chunks = (bytes: number, chunk = SQS_CHUNK) => Math.max(1, Math.ceil(bytes / chunk));

/** Requests that carry so many messages, in batches as full as may be. */
function batched(count: number, perBatch: number, bytes: number): number {
  const most = Math.max(1, Math.min(perBatch, SQS_BATCH, Math.floor(SQS_REQUEST_BYTES / bytes)));
  const rest = count % most;
  return Math.floor(count / most) * chunks(most * bytes) + (rest === 0 ? 0 : chunks(rest * bytes));
}

const sqs = (quantity: number, why: string, fair = true): Line[] => [
  { item: 'sqsRequests', quantity, why },
  ...(fair ? [{ item: 'sqsFairRequests', quantity, why: `${why}: messages with a group` } as const] : []),
];

const lambda = (invocations: number, gb: number, ms: number, why: string): Line[] => [
  { item: 'lambdaRequests', quantity: invocations, why },
  {
    item: 'lambdaGbSeconds',
    quantity: (invocations * gb * ms) / 1000,
    why: `${why}: ${gb * KB} MB, ${ms} ms`,
  },
  logs(invocations * LAMBDA_LOG_BYTES, `${why}: what Lambda writes of an invocation`),
];

const logs = (bytes: number, why: string): Line => ({ item: 'logsIngested', quantity: bytes / 1e9, why });

function publishLines(scenario: Scenario): Line[] {
  const { events, batch, via } = scenario;
  const { eventMessage } = sizesOf(scenario);
  const sends = sqs(
    batched(events, batch, eventMessage),
    'publishers send events to the queue',
    via === 'https',
  );
  if (via === 'queue') return sends;
  const requests = events / batch;
  return [
    {
      item: 'httpApiRequests',
      quantity: requests * chunks(batch * eventMessage, API_CHUNK),
      why: `publishers' requests, ${batch} events each`,
    },
    ...lambda(requests, GB.api, MS.authorize, 'authorize, for each request'),
    ...lambda(requests, GB.api, MS.publish, 'publish'),
    ...sends,
  ];
}

/** What a batch of events becomes: for each subscriber some messages, and in each some deliveries. */
function partsOf(scenario: Scenario) {
  const { events, subscribers, batch } = scenario;
  const { together, lotMessage, deliveryMessage } = sizesOf(scenario);
  const batches = events / batch;
  const perSubscriber = Math.ceil(batch / together);
  return {
    batches,
    ofBatch: subscribers * perSubscriber,
    messages: batches * subscribers * perSubscriber,
    deliveries: batch / perSubscriber,
    bytes: together > 1 ? lotMessage : deliveryMessage,
  };
}

function fanOutLines(scenario: Scenario): Line[] {
  const { events, subscribers, batch, via } = scenario;
  const { eventMessage, eventItem, logEntry } = sizesOf(scenario);
  const { batches, ofBatch, bytes } = partsOf(scenario);
  const patterns = patternsOf(sampleEvent(0).type).length;
  const pages = Math.ceil(subscribers / BINDINGS_PER_PAGE);
  const pageUnits = Math.ceil((Math.min(subscribers, BINDINGS_PER_PAGE) * BINDING_BYTES) / READ_UNIT);
  // A lot has an item of its own, and that an entry; an event that came alone has just the entry.
  const logItems = batch > 1 ? 2 : 1;
  return [
    ...sqs(
      batched(events, batch, eventMessage) + batches,
      `events received and deleted, ${batch} at a time`,
      via === 'https',
    ),
    ...lambda(batches, GB.fanOut, MS.fanOut + batch * MS.fanOutPerEvent, 'fan-out'),
    logs(
      batch > 1 ? batches * LOG_BYTES.lot.fanOut + events * LOG_BYTES.lot.ofEvent : events * LOG_BYTES.event,
      'fan-out: a line a batch',
    ),
    logs(batches * LOG_BYTES.metrics, 'fan-out: a line of metrics a batch'),
    {
      item: 'dynamodbWrites',
      quantity: events * Math.ceil(eventItem / KB),
      why: `an event's item of ${eventItem} bytes`,
    },
    {
      item: 'dynamodbWrites',
      quantity: batches * logItems * Math.ceil(logEntry / KB),
      why: `the log of events: an entry of ${logEntry} bytes for each batch`,
    },
    {
      item: 'dynamodbReads',
      quantity: batches * (patterns - 1 + Math.max(1, pages * pageUnits)),
      why: `bindings, once a batch: of the type, and of ${patterns - 1} patterns that nobody has`,
    },
    ...sqs(batches * batched(ofBatch, SQS_BATCH, bytes), 'deliveries sent, those of a batch together'),
  ];
}

/**
 * Of a batch's requests to one endpoint: how often it waits for that, and the share that makes a connection. Those to
 * several endpoints are spread over them.
 */
function sharingOf({ subscribers, endpointMs, batch }: Scenario, requests: number) {
  const toEach = requests / Math.min(subscribers, batch);
  // None waits for a slow one.
  const atOnce = endpointMs >= PATIENCE_MS ? toEach : Math.min(toEach, AT_ONCE);
  return { rounds: Math.ceil(toEach / atOnce), connections: atOnce / toEach };
}

function deliverLines(scenario: Scenario): Line[] {
  const { batch, endpointMs, failureRate } = scenario;
  const { request } = sizesOf(scenario);
  const { first, all } = attemptsOf(scenario);
  const { messages, deliveries, bytes } = partsOf(scenario);
  const invocations = messages / batch;
  const succeeding = deliveries * (1 - failureRate);
  const { rounds, connections } = sharingOf(scenario, batch * deliveries);
  return [
    ...sqs(
      batched(messages, batch, bytes) + invocations,
      `deliveries received and deleted, ${batch} messages of ${deliveries} at a time`,
    ),
    ...lambda(
      invocations,
      GB.deliver,
      MS.deliver + batch * deliveries * (MS.deliverEach + connections * MS.connection) + rounds * endpointMs,
      'deliver: a batch waits for its slowest',
    ),
    logs(
      succeeding > 1
        ? messages * (LOG_BYTES.lot.deliver + succeeding * LOG_BYTES.lot.ofAttempt)
        : messages * succeeding * LOG_BYTES.attempt,
      'deliver: a line a message for what succeeds',
    ),
    logs(
      (messages * (deliveries - succeeding) + all - first) * LOG_BYTES.attempt,
      'deliver: a line for every other attempt',
    ),
    logs(invocations * LOG_BYTES.metrics + first * LOG_BYTES.sample, 'deliver: a line of metrics a batch'),
    {
      item: 'dynamodbReads',
      quantity: messages + all - first,
      why: 'the subscription, where it was not remembered: at most one a message',
    },
    {
      item: 'dynamodbWrites',
      quantity:
        succeeding > 1
          ? messages * Math.ceil(succeeding / ATTEMPTS_PER_WRITE_UNIT) * 2
          : messages * succeeding * 2,
      why: `first attempts that succeed, ${ATTEMPTS_PER_WRITE_UNIT} of a batch within 1 KB, and their entry in the log index`,
    },
    {
      item: 'dynamodbWrites',
      quantity: (messages * (deliveries - succeeding) + all - first) * 2,
      why: 'other attempts, each within 1 KB, and their entries in the log index',
    },
    { item: 'dynamodbWrites', quantity: invocations, why: 'the traffic, once a batch and project' },
    {
      item: 'egress',
      quantity: (first * (request + connections * TLS_BYTES) + (all - first) * (request + TLS_BYTES)) / 1e9,
      why: `requests of ${request} bytes with headers, ${connections} of them with a new connection of ${TLS_BYTES}`,
    },
  ];
}

/** Retries come alone: each is a batch of its own. */
function failureLines(scenario: Scenario): Line[] {
  const { endpointMs, failureRate } = scenario;
  if (failureRate === 0) return [];
  const { deliveryMessage, eventItem } = sizesOf(scenario);
  const { first, queued, parked, failed } = attemptsOf(scenario);
  const retries = queued + parked;
  return [
    ...sqs(queued * 3 * chunks(deliveryMessage), 'retries within 15 min: sent, received, deleted'),
    ...sqs(parked * 3, 'later retries, by reference: sent by the sweeper, received, deleted'),
    ...lambda(retries, GB.deliver, MS.deliver + endpointMs, 'deliver: retries'),
    logs(retries * LOG_BYTES.metrics, 'deliver: a line of metrics a retry'),
    { item: 'dynamodbWrites', quantity: retries, why: 'the traffic, once a retry' },
    {
      item: 'dynamodbWrites',
      quantity: failed,
      why: "the subscription's health: once a batch with failures, at most",
    },
    {
      item: 'dynamodbWrites',
      quantity: first * failureRate,
      why: "the end of the subscription's failures, once a delivery that recovers",
    },
    {
      item: 'dynamodbWrites',
      quantity: parked * (2 + 3 + 2),
      why: 'parked deliveries: put, claimed, completed, each with the due index',
    },
    {
      item: 'dynamodbReads',
      quantity: parked * (1 + Math.ceil(eventItem / READ_UNIT)),
      why: 'parked deliveries: the item, and its event',
    },
  ];
}

function storageLines(scenario: Scenario): Line[] {
  const { events, batch, retentionDays } = scenario;
  const { eventItem, logEntry } = sizesOf(scenario);
  const { deliveries } = partsOf(scenario);
  const { first, all } = attemptsOf(scenario);
  const months = retentionDays / KEPT.daysPerMonth;
  const item = KEPT.attempt + KEPT.overhead;
  const attempts = first * (deliveries > 1 ? item / ATTEMPTS_PER_WRITE_UNIT : item) + (all - first) * item;
  const log = (events / batch) * (logEntry + KEPT.overhead);
  // Of an event that came alone the log has no item of its own.
  const inTable = events * (eventItem + KEPT.overhead) + attempts + (batch > 1 ? log : 0);
  return [
    {
      item: 'dynamodbStorage',
      quantity: ((inTable + attempts + log) / 1e9) * months,
      why: `events, attempts and their entries in the log index, kept for ${retentionDays} days`,
    },
    { item: 'dynamodbRecovery', quantity: (inTable / 1e9) * months, why: 'the same without the index' },
  ];
}
