import { createHash } from 'node:crypto';
import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import type { Attempt } from '../../model/attempt.ts';
import type { AttemptReference } from '../../model/attempt-reference.ts';
import type { EventBatchPart, ParkedDelivery } from '../../model/delivery.ts';
import type { OrderedPlace } from '../../model/event-order.ts';
import type { UnhealthyState } from '../../model/trouble.ts';
import type { WaitingKey } from '../../model/waiting-delivery.ts';
import { MAILBOX_PARTS } from '../../ports/mailbox.ts';

/**
 * The keys of all items. `docs/data-model.md` has the access patterns that they serve. Project ids contain no "#", so no key
 * can be mistaken for another project's.
 */

type Key = Record<typeof ATTRIBUTE.partitionKey | typeof ATTRIBUTE.sortKey, string>;

const key = (pk: string, sk: string): Key => ({ [ATTRIBUTE.partitionKey]: pk, [ATTRIBUTE.sortKey]: sk });

/** The number of items over which concurrent workers spread the counts of a project's attempts. */
export const TRAFFIC_SHARDS = 4;

/** The number of partitions of the log index over which a project's events are spread. */
export const EVENT_LOG_SHARDS = 8;

/**
 * The number of partitions of the log index over which a subscription's attempts are spread. Each takes 1,000 writes a second,
 * and one endpoint is rarely sent 4,000 requests a second. A page of the attempts queries each of them, and the partition that
 * earlier versions wrote: five queries.
 */
export const ATTEMPT_LOG_SHARDS = 4;

/** The number of partitions over which the digests of a project's attempts with one outcome are spread. */
export const DIGEST_SHARDS = 4;

export const PREFIX = {
  key: 'KEY#',
  eventType: 'TYPE#',
  eventSchema: 'SCHEMA#',
  subscription: 'SUB#',
  alias: 'ALIAS#',
  attempt: 'ATTEMPT#',
  exchange: 'EXCHANGE#',
  events: 'EVENTS#',
  pending: 'PENDING#',
  held: 'HELD#',
  breaker: 'BREAKER',
  flow: 'FLOW',
  replayJob: 'JOB#',
  erasure: 'ERASURE#',
  /** Of ordered entries: they sort after those that begin with a time. */
  queue: 'QUEUE#',
  ready: 'READY#',
  wait: 'WAIT#',
} as const;

export const PARTITION = {
  projects: 'PROJECTS',
  dataKeys: 'DATA-KEYS',
  project: (project: string) => `PROJECT#${project}`,
  bearer: (hash: string) => `BEARER#${hash}`,
  binding: (project: string, pattern: string) => `BINDING#${project}#${pattern}`,
  event: (project: string, id: string) => `EVENT#${project}#${id}`,
  eventBatch: (project: string, id: string) => `LOT#${project}#${id}`,
  subscription: (id: string) => `SUB#${id}`,
  /** As long as the name of version 0.1: a longer one leaves less of the write unit for the request and the response. */
  attemptLog: (subscriptionId: string, shard: number) => `AT${shard}#${subscriptionId}`,
  eventLog: (project: string, shard: number) => `EVENTS#${project}#${shard}`,
  creation: (id: string) => `CREATION#${id}`,
  lease: (name: string) => `LEASE#${name}`,
  allowance: (project: string) => `ALLOWANCE#${project}`,
  exchangeCounts: (name: string) => `EXCHANGES#${name}`,
  traffic: (project: string, shard: number) => `TRAFFIC#${project}#${shard}`,
  /** Failures have partitions of their own, because they are looked for among many successes. */
  attemptDigests: (project: string, outcome: Attempt['outcome'], shard: number) =>
    `${outcome === 'success' ? 'SUCCESSES' : 'FAILURES'}#${project}#${shard}`,
  due: (shard: number) => `DUE#${shard}`,
  /** A project's subscriptions that are not healthy. Modes change rarely, and a change writes to its project's partition anyway. */
  unhealthy: (project: string) => `UNHEALTHY#${project}`,
  repairs: 'REPAIRS',
  mailbox: (subscriptionId: string, part: number) => `MAILBOX#${subscriptionId}#${part}`,
  orderingKeys: (subscriptionId: string, part: number) => `ORDERING#${subscriptionId}#${part}`,
} as const;

/**
 * Return the partition of the log index that has an attempt.
 *
 * @param name the attempt's event or event batch, so that an attempt that is recorded again stays in its partition
 */
export const attemptLogPartition = (subscriptionId: string, name: string): string =>
  PARTITION.attemptLog(subscriptionId, shardOf(ATTEMPT_LOG_SHARDS, name));

/** Return the partitions of the log index that have a subscription's attempts. Version 0.1 wrote all of them to the last. */
export const attemptLogPartitions = (subscriptionId: string): string[] => [
  ...Array.from({ length: ATTEMPT_LOG_SHARDS }, (_, shard) => PARTITION.attemptLog(subscriptionId, shard)),
  PARTITION.subscription(subscriptionId),
];

/** Return the project of an event's or an event batch's partition. */
export const projectOfEvents = (partition: string): string => partition.split('#')[1] ?? '';

/** Return the beginning of a mailbox entry's sort key. */
export const dueKey = (dueAt: number): string => String(dueAt).padStart(DUE_DIGITS, '0');

const DUE_DIGITS = 14;
const DATA_KEY_DIGITS = 10;

/** Return the beginning of the sort keys of an ordering key's entries. Hashed, because it may be long and contain anything. */
export const queuePrefix = (orderingKey: string): string => `${PREFIX.queue}${shortHash(orderingKey)}#`;

/** Return the part of a mailbox that has the entries and the marks of an ordering key. */
export const partOfKey = (orderingKey: string): number => shardOf(MAILBOX_PARTS, orderingKey);

const orderKey = ({ order }: OrderedPlace) => String(order).padStart(ORDER_DIGITS, '0');

const ORDER_DIGITS = 17;

type Parked = Pick<ParkedDelivery, 'subscriptionId' | 'acceptedAt' | 'eventId' | 'replay'>;

/** Replays have keys of their own, because a replay may run while the delivery that it replays is still being retried. */
const ofRun = (replay: string | undefined) => (replay === undefined ? '' : `#${replay}`);

/** Return the prefix that the sort keys of a delivery's attempts of one number share, including those of replays. */
export const attemptPrefix = (number: number, subscriptionId: string): string =>
  `${PREFIX.attempt}${String(number).padStart(5, '0')}#${subscriptionId}`;

const parkedKey = (prefix: string, { subscriptionId, acceptedAt, eventId, replay }: Parked) =>
  key(PARTITION.subscription(subscriptionId), `${prefix}${acceptedAt}#${eventId}${ofRun(replay?.id)}`);

/** The sort keys of the counts of what a project has. */
const COUNT = { subscriptions: 'SUBSCRIPTIONS', keys: 'KEYS', eventTypes: 'EVENT-TYPES' } as const;

/** Return the prefix of the sort keys of unhealthy subscriptions in a state. */
export const unhealthyPrefix = (state: UnhealthyState): string => `${state.toUpperCase()}#`;

export const KEY = {
  project: (id: string) => key(PARTITION.project(id), 'PROJECT'),
  projectInList: (id: string, createdAt: string) => key(PARTITION.projects, `${createdAt}#${id}`),
  dataKey: (number: number) => key(PARTITION.dataKeys, String(number).padStart(DATA_KEY_DIGITS, '0')),
  bearer: (hash: string) => key(PARTITION.bearer(hash), 'BEARER'),
  keyOfProject: (project: string, id: string) => key(PARTITION.project(project), PREFIX.key + id),
  eventType: (project: string, type: string) => key(PARTITION.project(project), PREFIX.eventType + type),
  /** Marks a type that has a schema. The item is so small that all of a project's can be read together. */
  eventSchema: (project: string, type: string) => key(PARTITION.project(project), PREFIX.eventSchema + type),
  subscription: (project: string, id: string) => key(PARTITION.project(project), PREFIX.subscription + id),
  count: (project: string, what: keyof typeof COUNT) => key(PARTITION.project(project), COUNT[what]),
  unhealthy: (project: string, state: UnhealthyState, subscriptionId: string) =>
    key(PARTITION.unhealthy(project), unhealthyPrefix(state) + subscriptionId),
  /** How far the repair of the unhealthy subscriptions' index is. */
  unhealthyRepair: key(PARTITION.repairs, 'UNHEALTHY'),
  /** The subscriptions whose replay runs. */
  runningJobs: (project: string) => key(PARTITION.project(project), 'JOBS'),
  alias: (project: string, alias: string) => key(PARTITION.project(project), PREFIX.alias + alias),
  binding: (project: string, pattern: string, subscriptionId: string) =>
    key(PARTITION.binding(project, pattern), subscriptionId),
  event: (project: string, id: string) => key(PARTITION.event(project, id), 'EVENT'),
  /** The second pass of an event's erasure. */
  erasedEvent: (project: string, id: string) => key(PARTITION.event(project, id), PREFIX.erasure),
  /** When something of a project was last erased. */
  erasures: (project: string) => key(PARTITION.project(project), 'ERASED'),
  erasureJob: (project: string, id: string) => key(PARTITION.project(project), PREFIX.erasure + id),
  /** Exists while an erasure of the project runs. */
  erasureLock: (project: string) => key(PARTITION.project(project), 'ERASING'),
  /** How far the fan-out of a wide event is, or that of its replay. */
  fanOut: (project: string, eventId: string, replay?: string) =>
    key(PARTITION.event(project, eventId), `FANOUT${ofRun(replay)}`),
  /** The number comes first, so that the attempts of an event are listed newest first across subscriptions. */
  attempt: (project: string, eventId: string, subscriptionId: string, number: number, replay?: string) =>
    key(PARTITION.event(project, eventId), `${attemptPrefix(number, subscriptionId)}${ofRun(replay)}`),
  /** The exchange of an attempt in full. */
  exchange: (project: string, eventId: string, attemptId: string) =>
    key(PARTITION.event(project, eventId), PREFIX.exchange + attemptId),
  /** Events of an event batch in their project's log: usually all of them in one item. */
  eventBatchEvents: (project: string, eventBatch: string, part: string) =>
    key(PARTITION.eventBatch(project, eventBatch), PREFIX.events + part),
  /** First attempts that were recorded together. */
  eventBatchAttempts: (project: string, { id, part }: EventBatchPart, subscriptionId: string) =>
    key(PARTITION.eventBatch(project, id), `${attemptPrefix(1, subscriptionId)}#${part}`),
  held: (delivery: Parked) => parkedKey(PREFIX.held, delivery),
  flow: (subscriptionId: string) => key(PARTITION.subscription(subscriptionId), PREFIX.flow),
  /** An entry of a mailbox. Times of the same number of digits sort like numbers. */
  waiting: ({ subscriptionId, dueAt, eventId, replay, ordered }: WaitingKey) =>
    ordered === undefined
      ? key(
          PARTITION.mailbox(subscriptionId, shardOf(MAILBOX_PARTS, eventId)),
          `${dueKey(dueAt)}#${eventId}${ofRun(replay?.id)}`,
        )
      : key(
          PARTITION.mailbox(subscriptionId, partOfKey(ordered.key)),
          `${queuePrefix(ordered.key)}${orderKey(ordered)}#${eventId}${ofRun(replay?.id)}`,
        ),
  /** The mark of an ordering key: `READY#…`, or `WAIT#…` with the time when its first delivery is due. */
  keyMark: (subscriptionId: string, orderingKey: string, dueAt: number | null) =>
    key(
      PARTITION.orderingKeys(subscriptionId, partOfKey(orderingKey)),
      dueAt === null
        ? `${PREFIX.ready}${shortHash(orderingKey)}`
        : `${PREFIX.wait}${dueKey(dueAt)}#${shortHash(orderingKey)}`,
    ),
  traffic: (project: string, shard: number, at: number) =>
    key(PARTITION.traffic(project, shard), new Date(at).toISOString()),
  /** A digest of references to attempts. @param at when the newest was made */
  attemptDigest: (
    { project, outcome, at }: Pick<AttemptReference, 'project' | 'outcome' | 'at'>,
    shard: number,
    name: string,
  ) => key(PARTITION.attemptDigests(project, outcome, shard), `${new Date(at).toISOString()}#${name}`),
  creation: (id: string) => key(PARTITION.creation(id), 'CREATION'),
  lease: (name: string) => key(PARTITION.lease(name), 'LEASE'),
  /** How much of its publishing rate and of its daily bytes a project has used. */
  allowance: (project: string) => key(PARTITION.allowance(project), 'ALLOWANCE'),
  /** How much the log keeps in full for a subscription in a minute, or for a project in a day, from when that begins. */
  exchangeCount: (name: string, from: number) =>
    key(PARTITION.exchangeCounts(name), new Date(from).toISOString()),
  replayJob: (subscriptionId: string, id: string) =>
    key(PARTITION.subscription(subscriptionId), PREFIX.replayJob + id),
  /** Exists while a replay job of the subscription runs. */
  replayLock: (subscriptionId: string) => key(PARTITION.subscription(subscriptionId), 'REPLAY'),
} as const;

/** Return a stable shard from 0 to `shards` - 1. */
export function shardOf(shards: number, ...parts: string[]): number {
  return createHash('sha256').update(parts.join('#')).digest().readUInt32BE() % shards;
}
