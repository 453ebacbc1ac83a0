import { newId } from '../kernel/ids.ts';
import type { JsonText } from '../kernel/json-text.ts';
import { within } from '../kernel/within.ts';
import type { Event } from '../model/event.ts';
import { matches } from '../model/event-pattern.ts';
import type { EventType } from '../model/event-type.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { FitLimits } from './fit-limits.ts';
import type { Misfit } from './fit-warning.ts';

export interface CandidatesPorts {
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'get' | 'list'>;
}

/** A sample, as an event of its type, or an event. */
export interface Candidate extends Pick<Misfit, 'eventId' | 'sample'> {
  readonly event: Event;
}

const MAX_EVENTS = 100;
/** The types whose samples are read for wildcards. A page has at most 1 MB. */
const MAX_TYPES = 100;
/** Together they have at most as much. */
const TYPES_AT_ONCE = 8;

/**
 * Yield the samples of the types that patterns match, then their latest events, newest first, some at a time. Return whether these
 * were all, or the limits left no room for more.
 */
export async function* candidatesFor(
  ports: CandidatesPorts,
  limits: FitLimits,
  project: string,
  patterns: readonly string[],
  now: number,
): AsyncGenerator<readonly Candidate[], 'all' | 'no room'> {
  for await (const eventTypes of matchingTypes(ports, project, patterns)) {
    const samples = eventTypes.flatMap((eventType) => samplesOf(eventType, project, now));
    for (const { event } of samples) limits.read(event);
    yield samples;
    if (limits.room === 0) return 'no room';
  }
  const page = { limit: MAX_EVENTS, cursor: null };
  const { items } = await ports.events.list(project, { matching: patterns }, page);
  for (let next = 0; next < items.length; ) {
    const { room } = limits;
    if (room === 0) return 'no room';
    const some = items.slice(next, next + room);
    next += some.length;
    const read = await Promise.all(some.map(({ id }) => ports.events.get(project, id)));
    const events = read.filter((event) => event !== null && event.erased === undefined) as Event[];
    for (const event of events) limits.read(event);
    yield events.map((event) => ({ event, eventId: event.id, sample: null }));
  }
  return 'all';
}

/** Yield the registered types that patterns match: those that they name, and for wildcards among the first of the project. */
async function* matchingTypes(
  { eventTypes }: CandidatesPorts,
  project: string,
  patterns: readonly string[],
): AsyncGenerator<readonly EventType[]> {
  const named = patterns.filter((pattern) => !pattern.endsWith('*'));
  for (const some of within(named, () => 1, TYPES_AT_ONCE)) {
    const found = await Promise.all(some.map((type) => eventTypes.get(project, type)));
    yield found.filter((eventType) => eventType !== null);
  }
  const wildcards = patterns.filter((pattern) => pattern.endsWith('*'));
  if (wildcards.length === 0) return;
  const { items } = await eventTypes.list(project, { limit: MAX_TYPES, cursor: null });
  yield items.filter(({ type }) => matches(wildcards, type) && !named.includes(type));
}

const samplesOf = ({ type, samples }: EventType, project: string, now: number): Candidate[] =>
  samples.map((data, index) => ({
    event: sampleEvent(project, type, data, now),
    eventId: null,
    sample: index + 1,
  }));

/** Return an event that is never stored. */
function sampleEvent(project: string, type: string, data: JsonText, now: number): Event {
  const time = new Date(now).toISOString();
  return { project, id: newId('evt', now), type, time, acceptedAt: time, expiresAt: now, data };
}
