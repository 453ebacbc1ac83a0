import * as z from 'zod';
import { type JsonText, membersOf } from '../kernel/json-text.ts';
import { validate } from '../kernel/validate.ts';
import { eventTypeNameSchema } from '../model/event-type-name.ts';
import { eventIdSchema, jsonObject } from '../model/published-event.ts';

const shape = {
  event: z.optional(eventTypeNameSchema),
  data: z.optional(jsonObject),
  eventId: z.optional(eventIdSchema),
};
const isOneEvent = ({ event, data, eventId }: { event?: unknown; data?: unknown; eventId?: unknown }) =>
  eventId === undefined || (event === undefined && data === undefined);
const NOT_ONE_EVENT = { path: ['eventId'], message: 'cannot be combined with event or data' };

/** The body of a test request or a preview: an event that was never published, or the id of one that was. */
export const eventChoiceSchema = z.strictObject(shape).refine(isOneEvent, NOT_ONE_EVENT);

/** Return the schema of the body of a preview of unsaved settings. */
export const draftPreviewSchema = <Settings extends z.ZodType>(subscription: Settings) =>
  z.strictObject({ ...shape, subscription }).refine(isOneEvent, NOT_ONE_EVENT);

/** The event that a test request or a preview asks for. Ancrage chooses whatever is missing. */
export interface EventChoice {
  readonly type?: string | undefined;
  readonly data?: JsonText | undefined;
  readonly eventId?: string | undefined;
}

type WithChoice = { event?: string | undefined; eventId?: string | undefined };

/** Read a body, and the event that it asks for with its data as written. @throws ValidationError with every fault */
export function readEventChoice<Body extends WithChoice>(
  schema: z.ZodType<Body>,
  text: JsonText,
): { readonly choice: EventChoice; readonly body: Body } {
  const body = validate(schema, JSON.parse(text));
  const choice = { type: body.event, eventId: body.eventId, data: membersOf(text).get('data') };
  return { body, choice };
}
