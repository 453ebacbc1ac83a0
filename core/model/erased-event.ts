import type { JsonText } from '../kernel/json-text.ts';
import type { Attempt } from './attempt.ts';
import type { Erased, Event } from './event.ts';

/** How many of the deliveries that an erasure ended are told. */
const MOST_TOLD = 1000;

/**
 * Return what stays of an event: what identifies it and its place in time. It has no data, actor, changes, ordering key or
 * attributes of a CloudEvent. An event that was erased before keeps the time of its erasure.
 */
export function erasedEvent(event: Event, { at, undelivered }: Erased): Event {
  const { project, id, type, time, acceptedAt, expiresAt, source, publisherId, companyId, eventBatch, hops } =
    event;
  const ended = new Set([...(event.erased?.undelivered ?? []), ...undelivered]);
  return {
    ...{ project, id, type, time, acceptedAt, expiresAt, data: '{}' as JsonText, suppress: true },
    ...(source !== undefined && { source }),
    ...(publisherId !== undefined && { publisherId }),
    ...(companyId !== undefined && { companyId }),
    ...(eventBatch !== undefined && { eventBatch }),
    ...(hops !== undefined && { hops }),
    erased: { at: event.erased?.at ?? at, undelivered: [...ended].slice(0, MOST_TOLD) },
  };
}

/** Says in `truncated` of a request or a response that the rest of it was erased. */
const ERASED = 'erased';

type Exchange = Pick<Attempt, 'request' | 'response'>;

/** Return what stays of an exchange: the method and the status. A URL may be rendered from the event. */
export const erasedExchange = ({ request: { method }, response }: Exchange): Exchange => ({
  request: { method, url: '', headers: {}, body: '', truncated: ERASED },
  response: response && { status: response.status, headers: {}, body: '', truncated: ERASED },
});

/** Return an attempt of an erased event. No attempt follows it, and details of an error may quote the event. */
export function erasedAttempt<Some extends Attempt>({ redirects: _, detail: __, ...attempt }: Some) {
  return { ...attempt, ...erasedExchange(attempt), nextAttemptAt: null };
}

export const isErasedAttempt = ({ request }: Pick<Attempt, 'request'>): boolean =>
  request.truncated === ERASED;
