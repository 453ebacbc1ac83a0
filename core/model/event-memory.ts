import { type Event, MAX_EVENT_BYTES } from './event.ts';

/** An event is in memory as text, as the values that a template reads, and as the body of a request. */
const COPIES = 16;

/** Return an estimate of the memory that an event takes while a request is made from it, in bytes. */
export const memoryOfEvent = ({ data, changes, actor }: Event): number =>
  COPIES * (data.length + (changes?.length ?? 0) + (actor?.length ?? 0));

/** The memory to reserve for an event before its size is known. */
export const MOST_MEMORY = COPIES * MAX_EVENT_BYTES[2].published;
