import type { JsonText } from '../kernel/json-text.ts';
import { membersOf } from '../kernel/json-text.ts';
import { sameValue } from '../kernel/same-value.ts';
import type { Event } from './event.ts';

/** A job that erases the data of all events of an actor. */
export interface ErasureJob {
  readonly id: string;
  readonly project: string;
  /** The members that an event's actor must have, as given; null once the job has ended. */
  readonly actor: JsonText | null;
  readonly state: 'running' | 'done';
  /** The events that were looked at, each once, and those of them that were erased. */
  readonly examined: number;
  readonly erased: number;
  /** Whether it looks at the latest events again: some that were accepted before the request may have been stored since. */
  readonly isSecondLook?: boolean;
  /** Where the job continues in the list of events, the oldest first. */
  readonly cursor: string | null;
  /** When the last event before the cursor was accepted, ISO 8601 UTC; null at the beginning. */
  readonly reachedAt: string | null;
  /** ISO 8601 UTC. Events that are accepted later are left alone. */
  readonly requestedAt: string;
  /** ISO 8601 UTC; absent while it runs. */
  readonly endedAt?: string;
  /** When the job expires, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** When the second look begins, after the request: whatever was on its way to the table then is there, unless a queue is behind. */
const SECOND_LOOK_AFTER_MS = 4 * 60_000;
/** How long before the request the events of the second look were accepted. */
const LOOKED_BACK_MS = 15 * 60_000;

/** Return when a job's second look may begin, in milliseconds since the epoch. */
export const secondLookAt = ({ requestedAt }: Pick<ErasureJob, 'requestedAt'>): number =>
  Date.parse(requestedAt) + SECOND_LOOK_AFTER_MS;

/** Return when the events were accepted that a job looks at. */
export const rangeOf = ({ requestedAt, isSecondLook }: ErasureJob) => ({
  since: isSecondLook ? new Date(Date.parse(requestedAt) - LOOKED_BACK_MS).toISOString() : undefined,
  until: requestedAt,
});

/** Return whether no other job of its project may run: the second look is short, and waits most of the time. */
export const holdsLock = ({ state, isSecondLook }: ErasureJob): boolean =>
  state === 'running' && isSecondLook !== true;

/** Return whether an event's actor has all of these members. Values are compared as {@link sameValue} does. */
export function isOfActor({ actor }: Pick<Event, 'actor'>, wanted: JsonText): boolean {
  if (actor === undefined) return false;
  const members = membersOf(actor);
  return [...membersOf(wanted)].every(([name, value]) => sameValue(members.get(name), value));
}
