import { randomUUID } from 'node:crypto';
import { EVENT_BODY_DAYS, eventBodyPrefix, MESSAGE_BODY_PREFIX } from '../contract.ts';
import { DAY_MS } from '../kernel/clock.ts';
import { shortHash } from '../kernel/ids.ts';
import type { Event } from './event.ts';

/**
 * Return the key of an event's body. Each message that brings the event has its own: only one of them is stored in the item.
 */
export function eventBodyKey({ project, id, acceptedAt, expiresAt }: Event, messageId: string): string {
  const retentionDays = (expiresAt - Date.parse(acceptedAt)) / DAY_MS;
  const days = EVENT_BODY_DAYS.find((each) => each >= retentionDays) ?? 3650;
  return `${eventBodyPrefix(days)}${project}/${shortHash(id, messageId)}`;
}

/**
 * Return a new key for a message's body, with the size: a worker knows it before it reads the body. Messages with the same body share
 * none, so that the erasure of an event leaves the others theirs.
 */
export const messageBodyKey = (body: Buffer): string =>
  `${MESSAGE_BODY_PREFIX}${body.length}-${randomUUID()}`;

/** Return the size in a key of {@link messageBodyKey}. */
export const messageBodyBytes = (key: string): number =>
  Number.parseInt(key.slice(MESSAGE_BODY_PREFIX.length), 10);
