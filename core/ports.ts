import type { MetricName } from './contract.ts';
import type { AccessToken, ApiKey } from './domain/api-key.ts';
import type { Attempt } from './domain/attempt.ts';
import type { Breaker } from './domain/breaker.ts';
import type { LotPart, ParkedDelivery, ReplayRun } from './domain/delivery.ts';
import type { Claim, DueWork } from './domain/due-work.ts';
import type { Event } from './domain/event.ts';
import type { OutgoingRequest, SendResult } from './domain/exchange.ts';
import type { Health } from './domain/health.ts';
import type { Project } from './domain/project.ts';
import type { Catalogue, EventType } from './domain/registered-type.ts';
import type { ReplayJob } from './domain/replay.ts';
import type { Subscription } from './domain/subscription.ts';
import type { Stretch } from './domain/traffic.ts';

/** Sends one request. An endpoint's failure is a result, never a throw. */
export interface Sender {
  send(request: OutgoingRequest): Promise<SendResult>;
}

/** A page of a list, newest first. `cursor` is for the next page, null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

export interface ProjectStore {
  /** Stores the project with its first event types. @throws ConflictError if the id is taken */
  create(project: Project, catalogue: Catalogue): Promise<void>;
  get(id: string): Promise<Project | null>;
  list(page: PageRequest): Promise<Page<Project>>;
  /** Replaces `previous`. @throws ConflictError if it has changed since it was read, or is gone */
  update(previous: Project, next: Project): Promise<void>;
  /**
   * From then on there is no such project, nor may there be another of its id before `reservedUntil` (milliseconds
   * since the epoch). Also when it is gone already.
   */
  delete(project: Project, reservedUntil: number): Promise<void>;
}

export interface KeyStore {
  create(key: ApiKey): Promise<void>;
  /** The key that a bearer's hash stands for, directly or through an unexpired token; null if there is none. */
  findByHash(hash: string, now: number): Promise<ApiKey | null>;
  get(project: string, id: string): Promise<ApiKey | null>;
  list(project: string, page: PageRequest): Promise<Page<ApiKey>>;
  /** Also when there is none. Its tokens die with it. */
  delete(project: string, id: string): Promise<void>;
  createToken(token: AccessToken): Promise<void>;
}

export interface EventTypeStore {
  get(project: string, type: string): Promise<EventType | null>;
  /** Replaces the one of this name, if there is one. */
  put(project: string, eventType: EventType): Promise<void>;
  /** Unless there is one of this name: then it changes nothing, and answers false. */
  add(project: string, eventType: EventType): Promise<boolean>;
  /** In order of their names, not newest first: a type has no age. */
  list(project: string, page: PageRequest, filter?: EventTypeFilter): Promise<Page<EventType>>;
  /** Also when there is none. */
  delete(project: string, type: string): Promise<void>;
  /** The project's types that have a schema, each with a text that changes when its schema does. */
  schemaVersions(project: string): Promise<ReadonlyMap<string, string>>;
}

interface EventTypeFilter {
  readonly archived?: boolean | undefined;
}

export interface SubscriptionStore {
  /** @throws ConflictError if another of its project has its alias */
  create(subscription: Subscription): Promise<void>;
  get(project: string, id: string): Promise<Subscription | null>;
  getByAlias(project: string, alias: string): Promise<Subscription | null>;
  list(project: string, page: PageRequest, filter?: SubscriptionFilter): Promise<Page<Subscription>>;
  /** Replaces `previous`. @throws ConflictError if it has changed since it was read */
  update(previous: Subscription, next: Subscription): Promise<void>;
  /** Also when it is gone already. @throws ConflictError if it has changed since it was read */
  delete(subscription: Subscription): Promise<void>;
}

interface SubscriptionFilter {
  /** A type that it wants, by name or by a wildcard. */
  readonly event?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly health?: Health['state'] | undefined;
}

/** How a row of failures stands. */
interface FailureRow {
  /** ISO 8601 UTC. */
  readonly firstFailureAt: string;
  /** Failures that were outages, since the last success. */
  readonly outages: number;
  /** Whether the breaker is open. */
  readonly open: boolean;
}

/** Kept on the subscription, whose updates leave it alone but start it anew when its endpoint is another. */
export interface HealthStore {
  /** Adds failures, some of them outages. Null if the subscription is gone, or has succeeded since. */
  recordFailures(
    project: string,
    id: string,
    count: { readonly failures: number; readonly outages: number },
    at: string,
  ): Promise<FailureRow | null>;
  /** Ends a row of failures, and closes the breaker. */
  recordSuccess(project: string, id: string, at: string): Promise<void>;
  /** Opens the breaker, whose first probe is due then. Answers false if it is open, or the subscription gone. */
  openBreaker(breaker: Breaker, probeAt: number): Promise<boolean>;
  /** Closes the breaker, if it is open, without a success: there is nothing to probe with. */
  closeBreaker(project: string, id: string): Promise<void>;
}

export interface Binding {
  readonly subscriptionId: string;
  /** Mark of the subscription's condition, which must be looked at before anything is sent; null if it has none. */
  readonly condition: string | null;
}

/** Which subscriptions want a type: one binding for each of a subscription's disjoint patterns while it is enabled. */
export interface BindingStore {
  /** Subscriptions bound to exactly this pattern, in order of their ids. */
  page(project: string, pattern: string, page: PageRequest): Promise<Page<Binding>>;
}

export interface EventStore {
  /**
   * Stores an event once. `again`: it is there from this same queue message, whose first handling may have ended half
   * way, and stays as it was stored then. `duplicate`: another message has brought it. `conflict`: the id is taken by
   * another source's event.
   */
  putOnce(event: Event, messageId: string): Promise<'stored' | 'again' | 'duplicate' | 'conflict'>;
  /**
   * Puts stored events that have a lot into their project's log; the others are there already. `again`: some of them may
   * be, too, from a handling that ended half way.
   */
  enter(events: readonly Event[], again: boolean): Promise<void>;
  get(project: string, id: string): Promise<Event | null>;
  list(project: string, filter: EventFilter, page: PageRequest): Promise<Page<EventSummary>>;
}

interface EventFilter {
  readonly type?: string | undefined;
  /** When they were accepted, ISO 8601 UTC, both inclusive. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** @default 'newest first' */
  readonly order?: 'newest first' | 'oldest first';
}

export type EventSummary = Pick<Event, 'id' | 'type' | 'time' | 'acceptedAt' | 'suppress'>;

/** An attempt with its project, the replay that it belongs to, and when that's retention ends, in milliseconds since the epoch. */
export type RecordedAttempt = Attempt & {
  readonly project: string;
  readonly expiresAt: number;
  readonly replay?: ReplayRun;
  /** It is recorded at once with all others of its part of the lot. */
  readonly lot?: LotPart;
};

/** With when its replay was requested, if it is one of a replay. */
export type LastAttempt = Pick<Attempt, 'number' | 'at' | 'outcome' | 'nextAttemptAt'> & {
  readonly requestedAt: string | null;
};

/** A delivery whose next attempt, of this number, will not be made. */
type EndedDelivery = Pick<ParkedDelivery, 'project' | 'eventId' | 'subscriptionId' | 'number' | 'replay'>;

export interface AttemptLog {
  /** Recording the same attempt again overwrites it. */
  record(attempts: readonly RecordedAttempt[]): Promise<void>;
  /** No attempt follows the one of this number after all. */
  end(delivery: EndedDelivery): Promise<void>;
  /** The one of the highest number; null if none was made. */
  last(project: string, eventId: string, subscriptionId: string): Promise<LastAttempt | null>;
  /** The one of this id, which is of this delivery and number; null if there is none. */
  get(
    project: string,
    attempt: Pick<Attempt, 'id' | 'eventId' | 'subscriptionId' | 'number'>,
  ): Promise<Attempt | null>;
  ofEvent(project: string, eventId: string, page: PageRequest): Promise<Page<Attempt>>;
  ofSubscription(subscriptionId: string, page: PageRequest, filter?: AttemptFilter): Promise<Page<Attempt>>;
}

interface AttemptFilter {
  readonly outcome?: Attempt['outcome'] | undefined;
}

/** Where due work is: enough to claim it. */
export interface DueEntry {
  readonly key: string;
  /** What the index said: the time it was due, or when the last claim's lease ended. */
  readonly dueAt: number;
}

/** What the sweeper finds: parked deliveries, breakers and replay jobs, by the time they fall due. */
export interface DueWorkStore {
  /** What of a shard falls due until then, the earliest first. */
  due(shard: number, until: number, limit: number): Promise<readonly DueEntry[]>;
  /** Takes one for the time of the lease; null if someone else has, or it is gone. Answers whose it is. */
  claim(due: DueEntry, lease: number): Promise<{ readonly subscriptionId: string } | null>;
  /**
   * What a claim stands for, and the claim that holds it from now on. Null if it was completed, or another worker has
   * it. A message that waited so long that the sweeper has sent a second one counts: then the second is void.
   */
  claimed(claim: Claim, lease: number): Promise<{ readonly claim: Claim; readonly work: DueWork } | null>;
  /** Ends a claim's work, unless the claim was overtaken. */
  complete(claim: Claim): Promise<void>;
}

export interface ParkedDeliveries {
  /** Parking the same delivery again replaces it and ends any claim; a held one is another than one that is not. */
  park(delivery: ParkedDelivery): Promise<void>;
  /** Those held for a subscription, the oldest event first. */
  held(subscriptionId: string, limit: number): Promise<readonly ParkedDelivery[]>;
  /** Takes a held one out as it was read: not if it has been held anew meanwhile. */
  release(delivery: ParkedDelivery): Promise<void>;
  /** Whether a delivery waits, held or not. */
  waits(delivery: Pick<ParkedDelivery, 'subscriptionId' | 'acceptedAt' | 'eventId'>): Promise<boolean>;
  ofSubscription(
    subscriptionId: string,
    page: PageRequest,
    filter?: ParkedFilter,
  ): Promise<Page<ParkedDelivery>>;
}

interface ParkedFilter {
  /** Just those that were asked for, by an event or a replay, after this time. ISO 8601 UTC; null: all. */
  readonly askedAfter?: string | null;
}

/** Steps of a breaker's work. A breaker is made by {@link HealthStore.openBreaker} and ended as any due work. */
export interface BreakerStore {
  /** Has the next look at a later time; null if the claim was overtaken. */
  save(claim: Claim, breaker: Breaker, dueAt: number): Promise<Claim | null>;
  /** Has the next look now, whoever is at it, and counts probes anew: the endpoint may be another. */
  hurry(subscriptionId: string, now: number): Promise<void>;
  /** Puts a breaker where there is none, or none that is due before `latest`. */
  ensure(breaker: Breaker, dueAt: number, latest: number): Promise<void>;
}

/** How far a creation with an Idempotency-Key is. */
export interface CreationRecord {
  readonly id: string;
  /** Of what it was asked to make. */
  readonly fingerprint: string;
  readonly isDone: boolean;
  /** The seed that it is made from; once it is done, its answer. */
  readonly sealed: Uint8Array;
  /** Whose work it is until then, in milliseconds since the epoch. */
  readonly lease: number;
  /** Milliseconds since the epoch; kept to the second. */
  readonly expiresAt: number;
}

export interface CreationStore {
  /** Stores it and answers null, unless there is one of its id that has not expired: answers that. */
  claim(record: CreationRecord): Promise<CreationRecord | null>;
  /** Replaces the one with this lease; false if it is somebody else's by now. */
  replace(lease: number, record: CreationRecord): Promise<boolean>;
  /** Removes the one with this lease. */
  remove(id: string, lease: number): Promise<void>;
}

/** Attempts of a project over time, counted. */
export interface TrafficStore {
  /** Adds to what is there of this stretch. */
  add(project: string, stretch: Stretch): Promise<void>;
  /** Stretches that begin from `since` to before `until` (milliseconds since the epoch); one may be in several parts. */
  read(project: string, since: number, until: number): Promise<readonly Stretch[]>;
}

export interface ReplayJobStore {
  /** Stores a job that is claimed until then. @throws ConflictError if one of the same subscription is running */
  create(job: ReplayJob, lease: number): Promise<Claim>;
  get(subscriptionId: string, id: string): Promise<ReplayJob | null>;
  /** Saves how far it is and claims the next step; a job that runs no longer is due no more. Null if overtaken. */
  save(claim: Claim, job: ReplayJob, lease: number): Promise<Claim | null>;
}

/** Number of partitions of the due index; the sweeper reads each. */
export const DUE_SHARDS = 8;

export interface OutgoingMessage {
  readonly body: string;
  /** SQS fair queues: one group's backlog does not delay the other groups'. */
  readonly groupId: string;
  /** 0 to 900. */
  readonly delaySeconds?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface MessageQueue {
  /** Sends in as few requests as may be. Answers the indexes of those that could not be sent; never throws. */
  send(messages: readonly OutgoingMessage[]): Promise<ReadonlySet<number>>;
}

/** A message as a queue worker gets it. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** When SQS took it, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** How often it has been received, this time included. */
  readonly receiveCount: number;
  /** String attributes only. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** One line for each outcome, with ids that join; `docs/observability.md` names the lines and their fields. */
export interface Log {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
  error(message: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Numbers of what is done. They have no ids: the log has those. */
export interface Metrics {
  /** Adds to a count; 0 changes nothing. */
  count(name: MetricName, value?: number): void;
  /** One sample, in the metric's unit. */
  measure(name: MetricName, value: number): void;
}

/** Milliseconds since the epoch. */
export type Clock = () => number;
/** 0 to 1. */
export type Random = () => number;
