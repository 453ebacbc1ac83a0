import { patternsOf } from '../../core/domain/event-type.ts';
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

/** Milliseconds that functions take besides waiting for an endpoint. Assumed, until a run on AWS says otherwise. */
const MS = { authorize: 8, publish: 20, fanOut: 15, fanOutPerEvent: 5, deliver: 25 };
const GB = { api: 0.25, fanOut: 1, deliver: 0.5 };
/**
 * An attempt's item at the most, what the log index has of an event, what DynamoDB adds to each item's storage, and the
 * days of a month.
 */
const KEPT = { attempt: 1000, eventEntry: 230, overhead: 100, daysPerMonth: 365 / 12 };
/** What Lambda writes itself of an invocation: that it starts, and its report. */
export const LAMBDA_LOG_BYTES = 600;
/** Lines of ours, that of an invocation's metrics among them. */
const LOG_BYTES = { metrics: 500, event: 300, attempt: 420 };

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

function fanOutLines(scenario: Scenario): Line[] {
  const { events, subscribers, batch, via } = scenario;
  const { eventMessage, eventItem, deliveryMessage } = sizesOf(scenario);
  const batches = events / batch;
  const patterns = patternsOf(sampleEvent(0).type).length;
  const pages = Math.ceil(subscribers / BINDINGS_PER_PAGE);
  const pageUnits = Math.ceil((Math.min(subscribers, BINDINGS_PER_PAGE) * BINDING_BYTES) / READ_UNIT);
  return [
    ...sqs(
      batched(events, batch, eventMessage) + batches,
      `events received and deleted, ${batch} at a time`,
      via === 'https',
    ),
    ...lambda(batches, GB.fanOut, MS.fanOut + batch * MS.fanOutPerEvent, 'fan-out'),
    logs(events * LOG_BYTES.event + batches * LOG_BYTES.metrics, 'fan-out: a line an event, one of metrics'),
    {
      item: 'dynamodbWrites',
      quantity: events * (Math.ceil(eventItem / KB) + 1),
      why: `an event's item of ${eventItem} bytes, and its entry in the log index`,
    },
    {
      item: 'dynamodbReads',
      quantity: events * (patterns - 1 + Math.max(1, pages * pageUnits)),
      why: `bindings of ${patterns} patterns: the type's own and ${patterns - 1} that nobody has`,
    },
    ...sqs(
      events * batched(subscribers, SQS_BATCH, deliveryMessage),
      'deliveries sent, up to ten of an event in a request',
    ),
  ];
}

function deliverLines(scenario: Scenario): Line[] {
  const { batch, endpointMs } = scenario;
  const { deliveryMessage, request } = sizesOf(scenario);
  const { first, all } = attemptsOf(scenario);
  const batches = first / batch;
  return [
    ...sqs(
      batched(first, batch, deliveryMessage) + batches,
      `deliveries received and deleted, ${batch} at a time`,
    ),
    ...lambda(batches, GB.deliver, MS.deliver + endpointMs, 'deliver: a batch waits for its slowest'),
    logs(
      all * LOG_BYTES.attempt + batches * LOG_BYTES.metrics,
      'deliver: a line an attempt, one of metrics a batch',
    ),
    {
      item: 'dynamodbReads',
      quantity: all,
      why: 'the subscription, where it was not remembered: at most one an attempt',
    },
    {
      item: 'dynamodbWrites',
      quantity: all * 2,
      why: 'an attempt within 1 KB, and its entry in the log index',
    },
    { item: 'dynamodbWrites', quantity: batches, why: 'the traffic, once a batch and project' },
    { item: 'egress', quantity: (all * request) / 1e9, why: `requests of ${request} bytes with headers` },
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
  const { events, retentionDays } = scenario;
  const { eventItem } = sizesOf(scenario);
  const { all } = attemptsOf(scenario);
  const months = retentionDays / KEPT.daysPerMonth;
  const gigabytes = (ofEvent: number) =>
    (events * (ofEvent + KEPT.overhead) + all * (KEPT.attempt + KEPT.overhead)) / 1e9;
  const inTable = gigabytes(eventItem) * months;
  const inIndex = gigabytes(KEPT.eventEntry) * months;
  return [
    {
      item: 'dynamodbStorage',
      quantity: inTable + inIndex,
      why: `events, attempts and their entries in the log index, kept for ${retentionDays} days`,
    },
    { item: 'dynamodbRecovery', quantity: inTable, why: 'the same without the index' },
  ];
}
