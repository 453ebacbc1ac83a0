import type { Event } from '../model/event.ts';
import type { WaitingDelivery, WaitingKey } from '../model/waiting-delivery.ts';
import type { Page, PageRequest } from './page.ts';

/** The number of partitions of a mailbox: one partition takes 1,000 writes a second. */
export const MAILBOX_PARTS = 4;

/** The numbers of the partitions. */
export const PART_NUMBERS: readonly number[] = Array.from({ length: MAILBOX_PARTS }, (_, part) => part);

/** A range of a part of a mailbox, by due time. */
export interface MailboxRange {
  /** Entries due after this time, exclusive, in milliseconds since the epoch, or after a cursor; null for the first. */
  readonly after: string | number | null;
  /** Entries due until this time, inclusive; null for no end. */
  readonly until: number | null;
  readonly limit: number;
  /** @default 'first due first' */
  readonly order?: 'first due first' | 'last due first';
}

/** Says that someone must look at the first delivery of an ordering key. */
export interface KeyMark {
  /** The ordering key. */
  readonly key: string;
  /** When its first delivery is due, in milliseconds since the epoch; null if something was put, which may be due earlier. */
  readonly dueAt: number | null;
  /** The last failure of that delivery, as in {@link WaitingDelivery}. */
  readonly failedAt?: number;
  readonly outage?: boolean;
  /** Differs from that of every mark that takes the place of this one. */
  readonly stamp: string;
}

/** The deliveries of strictly ordered subscriptions that wait, by ordering key. */
export interface OrderedQueues {
  /** Return the first entries of an ordering key, in their order. */
  queue(subscriptionId: string, key: string, page: PageRequest): Promise<Page<WaitingDelivery>>;
  /**
   * Return marks of one part as they are now: first those without a time, unless the range begins after a time, then the others
   * by their times.
   */
  marks(subscriptionId: string, part: number, range: MailboxRange): Promise<Page<KeyMark>>;
  /** Mark an ordering key for the time when its first delivery is due. Return the mark. */
  mark(subscriptionId: string, mark: Omit<KeyMark, 'stamp'>): Promise<KeyMark>;
  /** Remove a mark, unless another has taken its place. */
  unmark(subscriptionId: string, mark: KeyMark): Promise<void>;
}

/** The deliveries that wait, by subscription and due time, or in the order of an ordering key. */
export interface Mailbox extends OrderedQueues {
  /**
   * Put and remove entries in as few writes as possible. An entry that is there already is replaced. Whatever is put into the
   * queue of an ordering key marks the key.
   */
  write(put: readonly WaitingDelivery[], remove?: readonly WaitingKey[]): Promise<void>;
  /** Read unordered entries of one part, as they are now. The cursor is null if the range has no more. */
  read(subscriptionId: string, part: number, range: MailboxRange): Promise<Page<WaitingDelivery>>;
  /** Return whether the first attempt for an event waits, ordered or not. */
  hasFirst(subscriptionId: string, event: MailedEvent): Promise<boolean>;
  /** Return those of these subscriptions for which the first attempt for an event waits. */
  haveFirst(subscriptionIds: readonly string[], event: MailedEvent): Promise<ReadonlySet<string>>;
  /** Count the entries, up to a number. */
  count(subscriptionId: string, most: number): Promise<number>;
  /** List the entries: the first due first, then the ordered ones by ordering key and order. */
  list(subscriptionId: string, page: PageRequest, filter?: WaitingFilter): Promise<Page<WaitingDelivery>>;
}

export type MailedEvent = Pick<Event, 'id' | 'acceptedAt' | 'orderingKey' | 'order'>;

interface WaitingFilter {
  /** Only deliveries whose event was accepted, or whose replay was requested, after this time. ISO 8601 UTC. */
  readonly requestedAfter?: string | null;
}
