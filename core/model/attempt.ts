import { StringDecoder } from 'node:string_decoder';
import { shortHash } from '../kernel/ids.ts';
import type { Delivery } from './delivery.ts';
import type { Event } from './event.ts';
import { maskHeaders } from './header-mask.ts';
import type { Redirect } from './redirects.ts';
import type { HookResponse, OutgoingRequest, TransportError } from './send-result.ts';

export type AttemptOutcome = 'success' | 'failure';
export type AttemptError = TransportError | 'redirect' | 'status' | 'render';

/** One HTTP request of a delivery, as the request log shows it. */
export interface Attempt {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly subscriptionId: string;
  /** 1 for the first attempt. */
  readonly number: number;
  readonly trigger: Delivery['trigger'];
  /** The trace that its request belongs to; absent if to none. */
  readonly traceId?: string;
  readonly at: string;
  readonly durationMs: number;
  readonly request: Pick<OutgoingRequest, 'method' | 'url' | 'headers' | 'body'> & {
    /** Which part of the request is left out, and why. */
    readonly truncated?: string;
  };
  /** The redirects that were followed; absent if none was. */
  readonly redirects?: readonly Redirect[];
  readonly response: HookResponse | null;
  readonly outcome: AttemptOutcome;
  readonly error: AttemptError | null;
  readonly detail?: string;
  readonly nextAttemptAt: string | null;
}

/** The result if no request could be made from the event. */
export interface RenderFailure {
  readonly error: 'render';
  readonly detail: string;
  readonly durationMs: number;
}

/**
 * Return the id of an attempt, which is the same each time that the attempt is recorded: a repetition overwrites itself. A
 * replay runs beside the retries of the delivery that it replays, and may reach the same number.
 */
export function attemptId({ event, subscriptionId, number, replay }: AttemptedDelivery): string {
  const run = replay === undefined ? [] : [replay.id];
  return `att_${shortHash(event.project, event.id, subscriptionId, String(number), ...run)}`;
}

type AttemptedDelivery = Pick<Delivery, 'subscriptionId' | 'number' | 'replay'> & {
  readonly event: Pick<Event, 'project' | 'id'>;
};

/** The part of each body that the request log keeps of an exchange in full. */
export const LOGGED_BODY_BYTES = 16 * 1024;

/** Return the request as the request log may keep it. */
export function loggedRequest({ method, url, headers, body }: OutgoingRequest): Attempt['request'] {
  const logged = { method, url, headers: maskHeaders(headers) };
  const bytes = Buffer.from(body);
  if (bytes.length <= LOGGED_BODY_BYTES) return { ...logged, body };
  return {
    ...logged,
    // `write` leaves out a character that is cut.
    body: new StringDecoder('utf8').write(bytes.subarray(0, LOGGED_BODY_BYTES)),
    truncated: firstBytesKept(LOGGED_BODY_BYTES, bytes.length),
  };
}

export const firstBytesKept = (kept: number, all: number): string =>
  `the first ${kept} of ${all} bytes are kept`;
