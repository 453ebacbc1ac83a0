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
  /** The events that were looked at, and those of them that were erased. */
  readonly examined: number;
  readonly erased: number;
  /** Where the job continues in the list of events, the oldest first. */
  readonly cursor: string | null;
  /** When the last event before the cursor was accepted, ISO 8601 UTC; null at the beginning. */
  readonly reachedAt: string | null;
  /** ISO 8601 UTC. Events that are accepted later are left alone. */
  readonly requestedAt: string;
  /** When the job expires, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Return whether an event's actor has all of these members. Values are compared as {@link sameValue} does. */
export function isOfActor({ actor }: Pick<Event, 'actor'>, wanted: JsonText): boolean {
  if (actor === undefined) return false;
  const members = membersOf(actor);
  return [...membersOf(wanted)].every(([name, value]) => sameValue(members.get(name), value));
}
