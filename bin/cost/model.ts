import { ATTEMPTS_PER_WRITE_UNIT } from '../../core/adapters/dynamodb/attempt-items.ts';
import { AT_ONCE } from '../../core/deliver/direct-lanes.ts';
import { REFERENCE_SPAN_MS } from '../../core/model/attempt-reference.ts';
import { patternsOf } from '../../core/model/event-pattern.ts';
import { MAILBOX_PARTS } from '../../core/ports/mailbox.ts';
import { LAMBDA_LOG_BYTES, type Line } from './counts.ts';
import { attemptsOf, type Scenario, sampleEvent, sizesOf } from './scenario.ts';

const KB = 1024;
const SQS_CHUNK = 64 * KB;
const SQS_REQUEST_BYTES = KB * KB;
const SQS_BATCH = 10;
const API_CHUNK = 512 * KB;
const READ_UNIT = 4 * KB;
/** Size of a binding's item, and the page size with which fan-out reads bindings. */
const BINDING_BYTES = 100;
const BINDINGS_PER_PAGE = 100;

/** Milliseconds that functions take without waiting for endpoints, rounded from `npm run bench -- cost`. */
const MS = {
  authorize: 8,
  publish: 30,
  fanOut: 35,
  fanOutPerEvent: 2,
  deliver: 15,
  deliverEach: 1.5,
  pump: 20,
  /** A TLS handshake. */
  connection: 5,
};
/** Bytes that the client sends in a handshake, most of them for the post-quantum key share. */
const TLS_BYTES = 1675;
const GB = { api: 0.25, fanOut: 1, deliver: 0.5, pump: 1.73 };
/**
 * The units of a retry that succeeds and has a turn of the pump for itself, without what every attempt takes: its record, the
 * traffic and the subscription. An index key that appears or disappears costs one write more, one that changes two.
 */
export const RETRY_UNITS = {
  mailboxWrites: 2,
  /** The pump woken, taken, given back and made idle, its pace, and the count of what waits after each change. */
  flowWrites: 2 + 3 + 3 + 2 + 1 + 2,
  /**
   * The mailbox looked into five times, the flow item for two wakes and the pace, the subscription after the turn, and twice whether
   * a replay runs.
   */
  reads: 5 * MAILBOX_PARTS + 2 + 1 + 1 + 2,
};
/** The writes that a failure takes if it is kept in full: its exchange, the count of its minute and that of its day. */
export const fullFailureWrites = (exchangeBytes: number): number => Math.ceil(exchangeBytes / KB) + 2;

/** The units of one report of evidence about an endpoint. */
export const REPORT_UNITS = { reads: 1, writes: 1 };
/** Maximum size of an attempt's item, DynamoDB's storage overhead per item, and the days of a month. */
const KEPT = { attempt: 1000, overhead: 100, daysPerMonth: 365 / 12 };
/** Sizes of a digest without references, and of a reference to an attempt or to the attempts of an event batch. */
const DIGEST_BYTES = { empty: 140, attempt: 16, eventBatch: 37 };
/** Sizes of the log lines that the functions write. `batched` are those of event batches and their deliveries. */
const LOG_BYTES = {
  metrics: 500,
  sample: 8,
  turn: 260,
  event: 320,
  attempt: 420,
  batched: { fanOut: 450, perEvent: 85, deliver: 400, perAttempt: 43 },
};

/** Return the billable quantities of a scenario as they follow from the code of the functions. */
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
    { item: 'logsStored', quantity: logGb, why: 'all logs for a month, without compression' },
    ...storageLines(scenario),
  ];
}

const chunks = (bytes: number, chunk = SQS_CHUNK) => Math.max(1, Math.ceil(bytes / chunk));

/** Return the number of billed requests that transfer `count` messages, with as many per request as fit. */
function requestsFor(count: number, perRequest: number, bytes: number): number {
  const full = Math.max(1, Math.min(perRequest, SQS_BATCH, Math.floor(SQS_REQUEST_BYTES / bytes)));
  const rest = count % full;
  return Math.floor(count / full) * chunks(full * bytes) + (rest === 0 ? 0 : chunks(rest * bytes));
}

const sqs = (quantity: number, why: string, fair = true): Line[] => [
  { item: 'sqsRequests', quantity, why },
  ...(fair
    ? [{ item: 'sqsFairRequests', quantity, why: `${why}: messages with a message group` } as const]
    : []),
];

const compute = (invocations: number, gb: number, ms: number, why: string): Line[] => [
  { item: 'lambdaRequests', quantity: invocations, why },
  {
    item: 'lambdaGbSeconds',
    quantity: (invocations * gb * ms) / 1000,
    why: `${why}: ${gb * KB} MB, ${ms} ms`,
  },
];

const lambda = (invocations: number, gb: number, ms: number, why: string): Line[] => [
  ...compute(invocations, gb, ms, why),
  logs(invocations * LAMBDA_LOG_BYTES, `${why}: lines that Lambda itself writes per invocation`),
];

const logs = (bytes: number, why: string): Line => ({ item: 'logsIngested', quantity: bytes / 1e9, why });

function publishLines(scenario: Scenario): Line[] {
  const { events, batch, via } = scenario;
  const { eventMessage } = sizesOf(scenario);
  const sends = sqs(
    requestsFor(events, batch, eventMessage),
    'events sent to the events queue',
    via === 'https',
  );
  const requests = events / batch;
  const allowance: Line = {
    item: 'dynamodbWrites',
    quantity: requests,
    why: `the project's publishing rate, once per ${batch} events; a copy that has taken some in the last second takes more at once`,
  };
  if (via === 'queue') return [...sends, allowance];
  return [
    allowance,
    {
      item: 'httpApiRequests',
      quantity: requests * chunks(batch * eventMessage, API_CHUNK),
      why: `publish requests with ${batch} events each`,
    },
    // Lambda itself writes no lines about functions behind the API that succeed.
    ...compute(requests, GB.api, MS.authorize, 'authorize, once per request'),
    ...compute(requests, GB.api, MS.publish, 'publish'),
    ...sends,
  ];
}

/** Return the delivery messages that fan-out sends, in total and per invocation, and the deliveries in each. */
function deliveryMessagesOf(scenario: Scenario) {
  const { events, subscribers, batch } = scenario;
  const { eventsPerMessage, batchMessage, deliveryMessage } = sizesOf(scenario);
  const invocations = events / batch;
  const perSubscriber = Math.ceil(batch / eventsPerMessage);
  return {
    invocations,
    messagesPerInvocation: subscribers * perSubscriber,
    messages: invocations * subscribers * perSubscriber,
    deliveries: batch / perSubscriber,
    bytes: eventsPerMessage > 1 ? batchMessage : deliveryMessage,
  };
}

function fanOutLines(scenario: Scenario): Line[] {
  const { events, subscribers, batch, via } = scenario;
  const { eventMessage, eventItem, logEntry } = sizesOf(scenario);
  const { invocations, messagesPerInvocation, bytes } = deliveryMessagesOf(scenario);
  const patterns = patternsOf(sampleEvent(0).type).length;
  const pages = Math.ceil(subscribers / BINDINGS_PER_PAGE);
  const pageUnits = Math.ceil((Math.min(subscribers, BINDINGS_PER_PAGE) * BINDING_BYTES) / READ_UNIT);
  // An event batch has an item and the index entry of that item; an unbatched event adds only an index entry to its
  // item.
  const logItems = batch > 1 ? 2 : 1;
  return [
    ...sqs(
      requestsFor(events, batch, eventMessage) + invocations,
      `events received and deleted, ${batch} per request`,
      via === 'https',
    ),
    ...lambda(invocations, GB.fanOut, MS.fanOut + batch * MS.fanOutPerEvent, 'fan-out'),
    logs(
      batch > 1
        ? invocations * LOG_BYTES.batched.fanOut + events * LOG_BYTES.batched.perEvent
        : events * LOG_BYTES.event,
      'fan-out: one line per invocation',
    ),
    logs(invocations * LOG_BYTES.metrics, 'fan-out: one line of metrics per invocation'),
    {
      item: 'dynamodbWrites',
      quantity: events * Math.ceil(eventItem / KB),
      why: `items of events, ${eventItem} bytes each`,
    },
    {
      item: 'dynamodbWrites',
      quantity: invocations * logItems * Math.ceil(logEntry / KB),
      why: `event log: one entry of ${logEntry} bytes per event batch`,
    },
    {
      item: 'dynamodbReads',
      quantity: invocations * (patterns - 1 + Math.max(1, pages * pageUnits)),
      why: `bindings, once per invocation: those of the type, and of ${patterns - 1} patterns without subscribers`,
    },
    ...sqs(
      invocations * requestsFor(messagesPerInvocation, SQS_BATCH, bytes),
      'delivery messages sent, up to ten per request',
    ),
  ];
}

/**
 * Return how often an invocation waits for one endpoint, and the share of its requests that open a connection. Requests
 * to several endpoints run in parallel.
 */
function sharingOf({ subscribers, batch }: Scenario, requests: number) {
  const perEndpoint = requests / Math.min(subscribers, batch);
  const atOnce = Math.min(perEndpoint, AT_ONCE);
  return { rounds: Math.ceil(perEndpoint / atOnce), connections: atOnce / perEndpoint };
}

function deliverLines(scenario: Scenario): Line[] {
  const { batch, endpointMs, failureRate } = scenario;
  const { request } = sizesOf(scenario);
  const { first, all } = attemptsOf(scenario);
  const { messages, deliveries, bytes } = deliveryMessagesOf(scenario);
  const invocations = messages / batch;
  const succeeding = deliveries * (1 - failureRate);
  const { rounds, connections } = sharingOf(scenario, batch * deliveries);
  return [
    ...sqs(
      requestsFor(messages, batch, bytes) + invocations,
      `delivery messages received and deleted, ${batch} per request with ${deliveries} deliveries each`,
    ),
    ...lambda(
      invocations,
      GB.deliver,
      MS.deliver + batch * deliveries * (MS.deliverEach + connections * MS.connection) + rounds * endpointMs,
      'deliver, waiting for the slowest request',
    ),
    logs(
      succeeding > 1
        ? messages * (LOG_BYTES.batched.deliver + succeeding * LOG_BYTES.batched.perAttempt)
        : messages * succeeding * LOG_BYTES.attempt,
      'deliver: one line per message for attempts that succeed',
    ),
    logs(
      (messages * (deliveries - succeeding) + all - first) * LOG_BYTES.attempt,
      'deliver: one line for every other attempt',
    ),
    logs(
      invocations * LOG_BYTES.metrics + first * LOG_BYTES.sample,
      'deliver: one line of metrics per invocation',
    ),
    {
      item: 'dynamodbReads',
      quantity: messages + all - first,
      why: 'subscriptions that were not cached: at most one per message',
    },
    {
      item: 'dynamodbWrites',
      quantity:
        succeeding > 1
          ? messages * Math.ceil(succeeding / ATTEMPTS_PER_WRITE_UNIT) * 2
          : messages * succeeding * 2,
      why: `first attempts that succeed, ${ATTEMPTS_PER_WRITE_UNIT} of an event batch per 1 KB item, and their entry in the log index`,
    },
    {
      item: 'dynamodbWrites',
      quantity: (messages * (deliveries - succeeding) + all - first) * 2,
      why: 'other attempts, one 1 KB item each, and their entries in the log index',
    },
    {
      item: 'dynamodbWrites',
      quantity: invocations,
      why: 'traffic tallies, once per invocation and project',
    },
    {
      item: 'dynamodbWrites',
      quantity: digestsOf(scenario),
      why: 'digests of references to attempts, once per invocation, project and outcome; more for invocations of more than two seconds',
    },
    {
      item: 'egress',
      quantity: (first * (request + connections * TLS_BYTES) + (all - first) * (request + TLS_BYTES)) / 1e9,
      why: `requests of ${request} bytes with headers; a share of ${connections} opens a connection (${TLS_BYTES} bytes)`,
    },
  ];
}

/** Return the number of digests of first attempts, each of which has room for the references of an invocation in two seconds. */
function digestsOf(scenario: Scenario): number {
  const { batch, endpointMs, failureRate } = scenario;
  const { messages, deliveries } = deliveryMessagesOf(scenario);
  const attempts = batch * deliveries;
  const { rounds } = sharingOf(scenario, attempts);
  const spans = 1 + Math.floor(((rounds - 1) * endpointMs) / REFERENCE_SPAN_MS);
  const outcomes = 1 - failureRate ** attempts + 1 - (1 - failureRate) ** attempts;
  return (messages / batch) * spans * outcomes;
}

/** Assume that each retry has a turn of the pump for itself. */
function failureLines(scenario: Scenario): Line[] {
  const { subscribers, batch, endpointMs, failureRate } = scenario;
  if (failureRate === 0) return [];
  const { eventItem } = sizesOf(scenario);
  const { retries, late } = attemptsOf(scenario);
  const { messages } = deliveryMessagesOf(scenario);
  // An endpoint with failures is watched, and each copy of deliver reports about it.
  const reports = (messages / batch) * Math.min(subscribers, batch) + retries;
  return [
    ...sqs(retries * 3, 'calls of the pump: sent, received and deleted'),
    ...lambda(retries, GB.pump, MS.pump + endpointMs, 'pump: retries'),
    logs(retries * (LOG_BYTES.metrics + LOG_BYTES.turn), 'pump: one line and one of metrics per turn'),
    { item: 'dynamodbWrites', quantity: retries * 2, why: 'traffic tallies and digests, once per retry' },
    {
      item: 'dynamodbWrites',
      quantity: retries * RETRY_UNITS.mailboxWrites,
      why: 'mailboxes: retries put and removed',
    },
    {
      item: 'dynamodbWrites',
      quantity: retries * RETRY_UNITS.flowWrites,
      why: 'flow items: the pump woken, taken, given back and made idle, each with the due index, its pace, and what waits',
    },
    {
      item: 'dynamodbWrites',
      quantity: late,
      why: 'flow items: the mark of the sweeper, which calls the pump of a retry that is due in more than 2 min',
    },
    {
      item: 'dynamodbWrites',
      quantity: reports * REPORT_UNITS.writes,
      why: 'flow items: evidence, at most once per invocation and endpoint, and once per turn',
    },
    {
      item: 'dynamodbReads',
      quantity: reports * REPORT_UNITS.reads,
      why: 'flow items: evidence',
    },
    {
      item: 'dynamodbReads',
      quantity: retries * (RETRY_UNITS.reads + Math.ceil(eventItem / READ_UNIT)),
      why: 'mailboxes, flow items and subscriptions of a turn, and the event',
    },
  ];
}

function storageLines(scenario: Scenario): Line[] {
  const { events, batch, retentionDays } = scenario;
  const { eventItem, logEntry } = sizesOf(scenario);
  const { deliveries } = deliveryMessagesOf(scenario);
  const { first, all } = attemptsOf(scenario);
  const months = retentionDays / KEPT.daysPerMonth;
  const item = KEPT.attempt + KEPT.overhead;
  const attempts = first * (deliveries > 1 ? item / ATTEMPTS_PER_WRITE_UNIT : item) + (all - first) * item;
  const log = (events / batch) * (logEntry + KEPT.overhead);
  const reference = deliveries > 1 ? DIGEST_BYTES.eventBatch : DIGEST_BYTES.attempt;
  const empty = DIGEST_BYTES.empty + KEPT.overhead;
  const digests =
    digestsOf(scenario) * empty +
    (first / deliveries) * reference +
    (all - first) * (empty + DIGEST_BYTES.attempt);
  // An unbatched event has no separate log item.
  const inTable = events * (eventItem + KEPT.overhead) + attempts + digests + (batch > 1 ? log : 0);
  return [
    {
      item: 'dynamodbStorage',
      quantity: ((inTable + attempts + log) / 1e9) * months,
      why: `events, attempts and their entries in the log index, and digests, kept for ${retentionDays} days`,
    },
    { item: 'dynamodbRecovery', quantity: (inTable / 1e9) * months, why: 'the same without the log index' },
  ];
}
