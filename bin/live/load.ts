import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { LANES } from '../../core/contract.ts';
import { callApi } from '../admin/api.ts';
import type { Deployment } from '../admin/deployment.ts';
import { AdminError } from '../admin/errors.ts';
import { readDepths } from '../admin/queue-depths.ts';
import { type Ping, ping } from '../smoke/events.ts';
import { pathOf, type Subject } from '../smoke/subject.ts';
import { type Subscribed, subscribe } from '../smoke/subscriptions.ts';
import { NotYet, waitFor } from '../smoke/wait.ts';
import { newSubject } from './scene.ts';
import type { Found } from './steps.ts';

/** The events in each SQS call and in each publish request: both ways then make the same number of requests. */
const BATCH = 10;
/** Requests that are open at once. */
const AT_ONCE = 8;
const DELIVERED_WITHIN_MS = 15 * 60_000;
/**
 * A project's bucket holds 5000 events (`projectLimits.burst`), and each of the load counts twice: its delivery publishes another.
 * The deliveries themselves then wait for nothing.
 */
export const MOST_EVENTS = 1000;

/**
 * Publish events over HTTPS and as many through the queue, and wait until the stack has delivered all of them to itself, like in
 * the smoke test.
 *
 * @throws AdminError if one is not delivered, or a dead-letter queue has a message
 */
export async function load(stack: Deployment, events: number, signal: AbortSignal): Promise<Found> {
  const made = await newSubject(stack, signal);
  const subject = { ...made, patience: { timeoutMs: DELIVERED_WITHIN_MS, signal } };
  const subscription = await subscribe(subject, 'smoke.ping', 'load');
  const perSecond: Record<string, number> = {};
  for (const [via, send] of Object.entries({ HTTPS: byHttps, SQS: byQueue })) {
    const pings = Array.from({ length: events }, (_, n) => ping(subject, `${via}-${n}`));
    const startedAt = performance.now();
    await sendAll(pings, (batch) => send(subject, batch));
    perSecond[via] = rounded((events / (performance.now() - startedAt)) * 1000);
  }
  const attempts = await allDelivered(subject, subscription, 2 * events);
  const latencies = await latenciesOf(subject, attempts);
  const deadLetters = await deadLettersOf(stack);
  if (deadLetters > 0)
    throw new AdminError(`There are ${deadLetters} dead letters: npm run admin -- dead-letters`);
  const failed = attempts.filter(({ outcome }) => outcome === 'failure').length;
  return {
    detail: `delivered ${2 * events} events`,
    figures: {
      'accepted over HTTPS, events/s': perSecond.HTTPS ?? 0,
      'accepted by the queue, events/s': perSecond.SQS ?? 0,
      'delivered events': 2 * events,
      'failed attempts': failed,
      'from acceptance to attempt, p50 ms': percentile(latencies, 0.5),
      'from acceptance to attempt, p95 ms': percentile(latencies, 0.95),
      'dead letters': deadLetters,
    },
  };
}

const rounded = (value: number) => Math.round(value * 10) / 10;

async function sendAll(
  pings: readonly Ping[],
  send: (batch: readonly Ping[]) => Promise<void>,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(pings.length / BATCH) }, (_, n) =>
    pings.slice(n * BATCH, (n + 1) * BATCH),
  );
  const lane = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await send(batch);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function byHttps(subject: Subject, batch: readonly Ping[]): Promise<void> {
  await callApi(subject.api, 'POST', pathOf(subject, 'events'), [...batch]);
}

async function byQueue({ stack, project, patience }: Subject, batch: readonly Ping[]): Promise<void> {
  const sqs = stack.sqs();
  try {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: stack.lane('events').queue,
        Entries: batch.map((event, n) => ({
          Id: `${n}`,
          MessageBody: JSON.stringify({ project, ...event }),
        })),
      }),
      { abortSignal: patience.signal },
    );
    const [fault] = Failed;
    if (fault !== undefined) throw new AdminError(`SQS refused ${Failed.length} messages: ${fault.Message}`);
  } finally {
    sqs.destroy();
  }
}

const attemptSchema = z.looseObject({
  eventId: z.string(),
  outcome: z.enum(['success', 'failure']),
  at: z.string(),
});
type Attempt = z.output<typeof attemptSchema>;
const eventSchema = z.looseObject({ id: z.string(), acceptedAt: z.string() });

/** Wait until so many events have been delivered. @returns all attempts */
function allDelivered(subject: Subject, { id }: Subscribed, count: number): Promise<Attempt[]> {
  return waitFor(
    `the request log shows 2xx attempts for ${count} events`,
    async () => {
      const attempts = await listed(subject, `subscriptions/${id}/attempts`, attemptSchema);
      const delivered = new Set(
        attempts.filter(({ outcome }) => outcome === 'success').map(({ eventId }) => eventId),
      );
      return delivered.size === count ? attempts : new NotYet(`those of ${delivered.size}`);
    },
    subject.patience,
  );
}

/** The milliseconds from an event's acceptance to its first attempt, both by clocks of AWS, in ascending order. */
async function latenciesOf(subject: Subject, attempts: readonly Attempt[]): Promise<number[]> {
  const events = await listed(subject, 'events?type=smoke.ping', eventSchema);
  const acceptedAt = new Map(events.map((event) => [event.id, Date.parse(event.acceptedAt)]));
  const first = new Map<string, number>();
  for (const { eventId, at } of attempts)
    first.set(eventId, Math.min(Date.parse(at), first.get(eventId) ?? Number.POSITIVE_INFINITY));
  return [...first]
    .map(([id, at]) => {
      const accepted = acceptedAt.get(id);
      if (accepted === undefined) throw new AdminError(`The event log lacks ${id}, which was delivered.`);
      return at - accepted;
    })
    .toSorted((one, other) => one - other);
}

/** @param sorted in ascending order */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

async function listed<Item>(subject: Subject, path: string, schema: z.ZodType<Item>): Promise<Item[]> {
  const pageSchema = z.looseObject({ data: z.array(schema), cursor: z.string().nullable() });
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '100', ...(cursor !== null && { cursor }) });
    const url = pathOf(subject, `${path}${path.includes('?') ? '&' : '?'}${query}`);
    const page: { data: Item[]; cursor: string | null } = pageSchema.parse(
      await callApi(subject.api, 'GET', url),
    );
    items.push(...page.data);
    cursor = page.cursor;
  } while (cursor !== null);
  return items;
}

async function deadLettersOf(stack: Deployment): Promise<number> {
  const sqs = stack.sqs();
  try {
    const depths = await Promise.all(LANES.map((lane) => readDepths(sqs, stack.lane(lane).deadLetterQueue)));
    return depths.reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);
  } finally {
    sqs.destroy();
  }
}
