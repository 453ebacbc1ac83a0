import * as z from 'zod';
import { newId } from '../kernel/ids.ts';
import { type JsonText, membersOf } from '../kernel/json-text.ts';
import { validate } from '../kernel/validate.ts';
import { acceptedEvent, type Event, type PublishedEvent } from '../model/event.ts';
import { eventTypeSchema } from '../model/event-type-name.ts';
import type { Project } from '../model/project.ts';
import { eventIdSchema, jsonObject } from '../model/published-event.ts';

/** What a subscription is tried with: an event that nobody has published. */
const shape = { event: z.optional(eventTypeSchema), data: z.optional(jsonObject) };

/** Body of a test. */
export const testSchema = z.strictObject(shape);
const previewShape = { ...shape, eventId: z.optional(eventIdSchema) };
const isOneEvent = ({ event, data, eventId }: { event?: unknown; data?: unknown; eventId?: unknown }) =>
  eventId === undefined || (event === undefined && data === undefined);
const NOT_ONE_EVENT = { path: ['eventId'], message: 'has its own event and data' };

/** Body of a preview: also of an event that was published. */
export const previewSchema = z.strictObject(previewShape).refine(isOneEvent, NOT_ONE_EVENT);

/** The same of a subscription that is not saved. */
export const draftPreviewSchema = <Settings extends z.ZodType>(subscription: Settings) =>
  z.strictObject({ ...previewShape, subscription }).refine(isOneEvent, NOT_ONE_EVENT);

export interface TrialRequest {
  readonly type?: string | undefined;
  readonly data?: JsonText | undefined;
  readonly eventId?: string | undefined;
}

type Asked = { event?: string | undefined; eventId?: string | undefined };

/** What was asked, and all that the schema gives. @throws ValidationError with every fault */
export function readTrialRequest<Given extends Asked>(
  schema: z.ZodType<Given>,
  text: JsonText,
): { readonly asked: TrialRequest; readonly given: Given } {
  const given = validate(schema, JSON.parse(text));
  return { given, asked: { type: given.event, eventId: given.eventId, data: membersOf(text).get('data') } };
}

/** What an event of a trial is made of. */
export type TrialContent = Pick<PublishedEvent, 'data' | 'actor' | 'changes' | 'companyId' | 'source'>;

/** A new event, whose id no receiver has seen. */
export function trialEvent(project: Project, type: string, content: TrialContent, now: number): Event {
  const { data, actor, changes, companyId, source } = content;
  const published = {
    type,
    data,
    ...(actor !== undefined && { actor }),
    ...(changes !== undefined && { changes }),
    ...(companyId !== undefined && { companyId }),
    ...(source !== undefined && { source }),
  };
  return acceptedEvent(published, project, newId('evt', now), now);
}
