import type { WaitingDelivery, WaitingKey } from '../model/waiting-delivery.ts';
import type { Page, PageRequest } from './page.ts';

/** The number of partitions of a mailbox: one partition takes 1,000 writes a second. */
export const MAILBOX_PARTS = 4;

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

/** The deliveries that wait, by subscription and due time. */
export interface Mailbox {
  /** Put and remove entries in as few writes as possible. An entry that is there already is replaced. */
  write(put: readonly WaitingDelivery[], remove?: readonly WaitingKey[]): Promise<void>;
  /** Read entries of one part, as they are now. The cursor is null if the range has no more. */
  read(subscriptionId: string, part: number, range: MailboxRange): Promise<Page<WaitingDelivery>>;
  /** Return whether a first attempt waits. */
  hasFirst(delivery: Pick<WaitingDelivery, 'subscriptionId' | 'eventId' | 'acceptedAt'>): Promise<boolean>;
  /** Count the entries, up to a number. */
  count(subscriptionId: string, most: number): Promise<number>;
  /** List the entries, the first due first. */
  list(subscriptionId: string, page: PageRequest, filter?: WaitingFilter): Promise<Page<WaitingDelivery>>;
}

interface WaitingFilter {
  /** Only deliveries whose event was accepted, or whose replay was requested, after this time. ISO 8601 UTC. */
  readonly requestedAfter?: string | null;
}
