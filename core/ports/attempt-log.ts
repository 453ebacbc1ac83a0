import type { Attempt } from '../model/attempt.ts';
import type { AttemptReference } from '../model/attempt-reference.ts';
import type { EventBatchPart, ParkedDelivery, ReplayRun } from '../model/delivery.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Page, PageRequest } from './page.ts';

/** An attempt with its project, its replay if it has one, and when its retention ends, in milliseconds since the epoch. */
export type RecordedAttempt = Attempt & {
  readonly project: string;
  readonly expiresAt: number;
  readonly replay?: ReplayRun;
  /** Set if it shares an item with the other successes of this part of its event batch. */
  readonly eventBatch?: EventBatchPart;
  /** How much of the request and the response to keep. @default compact */
  readonly log?: Subscription['log'];
  /** Why it is compact although it should be logged in full. */
  readonly compactBecause?: string;
};

/** The last attempt of a delivery, and when its replay was requested if it has one. */
export type LastAttempt = Pick<Attempt, 'number' | 'at' | 'outcome' | 'nextAttemptAt'> & {
  readonly requestedAt: string | null;
};

/** A delivery whose next attempt, of this number, will not be made. */
type EndedDelivery = Pick<ParkedDelivery, 'project' | 'eventId' | 'subscriptionId' | 'number' | 'replay'>;

export interface AttemptLog {
  /** Record attempts, and return where they are stored. Recording the same attempt again overwrites it. */
  record(attempts: readonly RecordedAttempt[]): Promise<readonly AttemptReference[]>;
  /** Record that no attempt follows a delivery's last one. */
  end(delivery: EndedDelivery): Promise<void>;
  /**
   * Erase the requests and responses of an event's attempts (see `erasedAttempt`). May be repeated.
   *
   * @param until when no further attempt is begun, in milliseconds since the epoch
   * @returns whether all are erased
   */
  erase(project: string, eventId: string, until: number): Promise<boolean>;
  /** Return a delivery's latest attempt, or null if none was made. */
  last(project: string, eventId: string, subscriptionId: string): Promise<LastAttempt | null>;
  /**
   * List the last attempt of each of an event's deliveries, by the ids of their subscriptions, in ascending order. The cursor is the
   * last of the ids up to which all are listed.
   */
  lastOfEvent(project: string, eventId: string, page: PageRequest): Promise<Page<Attempt>>;
  /** Return the attempt with this id, delivery and number, with all that is kept of its exchange; or null. */
  get(
    project: string,
    attempt: Pick<Attempt, 'id' | 'eventId' | 'subscriptionId' | 'number'>,
  ): Promise<Attempt | null>;
  /** Return a delivery's attempts of one number, those of its replays included, without what is kept of an exchange in full. */
  withNumber(
    project: string,
    attempt: Pick<Attempt, 'eventId' | 'subscriptionId' | 'number'>,
  ): Promise<Attempt[]>;
  /** Return an attempt of an event with all that is kept of its exchange, or null. */
  ofId(project: string, eventId: string, id: string): Promise<Attempt | null>;
  /** List an event's attempts, the highest number first. */
  ofEvent(
    project: string,
    eventId: string,
    page: PageRequest,
    filter?: EventAttemptFilter,
  ): Promise<Page<Attempt>>;
  /** List a subscription's attempts, the newest first. */
  ofSubscription(
    subscriptionId: string,
    page: PageRequest,
    filter?: SubscriptionAttemptFilter,
  ): Promise<Page<Attempt>>;
}

interface AttemptFilter {
  readonly outcome?: Attempt['outcome'] | undefined;
  /** When the attempts were made, both ends inclusive, ISO 8601 UTC with milliseconds. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

export interface EventAttemptFilter extends AttemptFilter {
  /** The id of a subscription. */
  readonly subscription?: string | undefined;
}

interface SubscriptionAttemptFilter extends AttemptFilter {
  /** The type of the attempts' events. */
  readonly type?: string | undefined;
}

export interface ProjectAttemptFilter extends EventAttemptFilter, SubscriptionAttemptFilter {}

/** Return whether an attempt passes a filter. */
export const passesFilter = (
  { outcome, at, subscriptionId, eventType }: Attempt,
  filter: ProjectAttemptFilter,
): boolean =>
  eventType === (filter.type ?? eventType) &&
  outcome === (filter.outcome ?? outcome) &&
  at >= (filter.since ?? at) &&
  at <= (filter.until ?? at) &&
  subscriptionId === (filter.subscription ?? subscriptionId);
