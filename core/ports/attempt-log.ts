import type { Attempt } from '../model/attempt.ts';
import type { EventBatchPart, ParkedDelivery, ReplayRun } from '../model/delivery.ts';
import type { Page, PageRequest } from './page.ts';

/** An attempt with its project, its replay if it has one, and when its retention ends, in milliseconds since the epoch. */
export type RecordedAttempt = Attempt & {
  readonly project: string;
  readonly expiresAt: number;
  readonly replay?: ReplayRun;
  /** Set if it shares an item with the other successes of this part of its event batch. */
  readonly eventBatch?: EventBatchPart;
};

/** The last attempt of a delivery, and when its replay was requested if it has one. */
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
