import * as z from 'zod';
import { ValidationError } from './errors.ts';
import type { PublishedEvent } from './event.ts';
import { eventTypeSchema } from './event-type-schema.ts';
import { type JsonText, membersOf, objectText, toJsonText } from './json-text.ts';
import { isOwnType, OWN_PREFIX } from './own-event.ts';
import { plainText } from './plain-text.ts';
import { companyIdSchema } from './project-schema.ts';
import { isBeforeYear10000 } from './time-schema.ts';
import { validate } from './validate.ts';

export const jsonObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  { error: ({ input }) => (input === undefined ? 'is required' : 'is not an object') },
);

export const eventIdSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'has control characters');

/** What a publisher sends. */
export const publishedEventSchema = z.strictObject({
  type: eventTypeSchema,
  data: jsonObject,
  id: eventIdSchema.optional(),
  time: z.iso.datetime({ offset: true }).refine(isBeforeYear10000, 'is beyond the year 9999').optional(),
  actor: z
    .strictObject({
      id: z.union([plainText(), z.number()]).optional(),
      name: plainText().optional(),
      email: plainText().optional(),
    })
    .optional(),
  changes: z.record(z.string(), z.strictObject({ from: z.unknown(), to: z.unknown() })).optional(),
  previous: jsonObject.optional(),
  companyId: companyIdSchema.optional(),
  source: plainText().min(1).max(1024).optional(),
  suppress: z.boolean().optional(),
});

/**
 * Reads a publisher's event. `mayBeOwn`: it may be of a reserved type, for it is ours.
 *
 * @throws ValidationError with every fault
 */
export function readPublishedEvent(text: JsonText, mayBeOwn = false): PublishedEvent {
  const checked = validate(publishedEventSchema, JSON.parse(text));
  if (!mayBeOwn && isOwnType(checked.type)) {
    throw ValidationError.of([{ path: 'type', message: `starts with "${OWN_PREFIX}", which is reserved` }]);
  }
  const members = membersOf(text);
  const data = members.get('data') as JsonText;
  const previous = members.get('previous');
  const changes = members.get('changes') ?? (previous && changesBetween(previous, data));
  const actor = members.get('actor');
  return {
    type: checked.type,
    data,
    ...(checked.id !== undefined && { id: checked.id }),
    ...(checked.time !== undefined && { time: new Date(checked.time).toISOString() }),
    ...(actor && { actor }),
    ...(changes && { changes }),
    ...(checked.companyId !== undefined && { companyId: checked.companyId }),
    ...(checked.source !== undefined && { source: checked.source }),
    ...(checked.suppress && { suppress: true }),
  };
}

/** `{FIELD: {"from", "to"}}` of the fields that differ in their text; a field that is missing on one side is null. */
function changesBetween(previous: JsonText, current: JsonText): JsonText {
  const before = membersOf(previous);
  const after = membersOf(current);
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key),
  );
  const missing = 'null' as JsonText;
  // Written as text, since an object would put integer-like fields first.
  const texts = fields.map(
    (key) =>
      `${toJsonText(key)}:${objectText({ from: before.get(key) ?? missing, to: after.get(key) ?? missing })}`,
  );
  return `{${texts.join(',')}}` as JsonText;
}
