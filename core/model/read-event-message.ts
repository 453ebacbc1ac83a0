import * as z from 'zod/mini';
import type { WriteFormat } from '../contract.ts';
import { parseJson } from '../kernel/json-text.ts';
import { validate } from '../kernel/validate.ts';
import { readEnvelope } from './envelope.ts';
import { MAX_EVENT_BYTES } from './event.ts';
import { EVENT_ATTRIBUTE, type EventMessage } from './event-message.ts';
import { readHops } from './hops.ts';
import type { QueueMessage } from './queue-message.ts';
import { publishedTrace } from './trace-context.ts';

const continuationSchema = z.strictObject({
  project: z.string(),
  eventId: z.string(),
  pattern: z.int().check(z.minimum(0)),
  cursor: z.nullable(z.string()),
  replay: z.optional(z.strictObject({ id: z.string(), requestedAt: z.string() })),
});

/**
 * Read a message of the events queue or the internal queue, whose body has been redeemed. Apart from the functions that write
 * these messages, because it needs zod.
 *
 * @throws RequestError with a reason that a publisher understands
 */
export function readEventMessage(
  { body, attributes }: Pick<QueueMessage, 'body' | 'attributes'>,
  writeFormat: WriteFormat = 2,
): EventMessage {
  if (attributes[EVENT_ATTRIBUTE.continuation] !== undefined)
    return { kind: 'continuation', ...validate(continuationSchema, parseJson(body).value) };
  const isOperational = attributes[EVENT_ATTRIBUTE.operational] !== undefined;
  const isPublishedOverHttps = attributes[EVENT_ATTRIBUTE.validated] !== undefined;
  const isValidated = isOperational || isPublishedOverHttps;
  // An event that was accepted with format 2 is still read after a change back to format 1.
  const { carried } = MAX_EVENT_BYTES[isValidated ? 2 : writeFormat];
  const envelope = readEnvelope(body, isValidated, carried);
  const { project = attributes[EVENT_ATTRIBUTE.project], event } = envelope;
  // SNS may state hops as well, and nobody can lower them.
  const hops = Math.max(envelope.hops ?? 0, readHops(attributes[EVENT_ATTRIBUTE.hops]));
  // What is published over HTTPS is counted there.
  const isAdmitted = isPublishedOverHttps || attributes[EVENT_ATTRIBUTE.admitted] !== undefined;
  const order = attributes[EVENT_ATTRIBUTE.order];
  const trace = publishedTrace(envelope.trace, attributes);
  return { kind: 'publication', project, event, isValidated, isOperational, isAdmitted, order, hops, trace };
}
