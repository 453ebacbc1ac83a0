import * as z from 'zod/mini';
import { ValidationError } from '../kernel/errors.ts';
import { type JsonText, membersOf, objectText, toJsonText } from '../kernel/json-text.ts';
import { sameValue } from '../kernel/same-value.ts';
import { isStorableText } from '../kernel/storable-text.ts';
import { isBeforeYear10000, utcTime } from '../kernel/time.ts';
import { isUriReference } from '../kernel/uri-reference.ts';
import { validate } from '../kernel/validate.ts';
import { DATA_FORMS, type PublishedEvent } from './event.ts';
import { isOperationalType, OPERATIONAL_PREFIX } from './event-pattern.ts';
import { eventTypeNameSchema } from './event-type-name.ts';
import { OPERATIONAL_ID_PREFIX } from './operational-event.ts';
import { companyIdSchema } from './project-id.ts';

export const jsonObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  { error: ({ input }) => (input === undefined ? 'is required' : 'is not an object') },
);

export const eventIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(256), z.regex(/^[^\p{Cc}\p{Cs}]+$/u, 'contains control characters'));

const storableText = z.string().check(isStorableText);

/** The source of an event whose publisher runs several systems. */
const sourceSchema = storableText.check(z.minLength(1), z.maxLength(1024));

/** The `source` of CloudEvents, which their SDKs parse. */
export const uriSourceSchema = sourceSchema.check(
  z.refine(isUriReference, 'is not a URI reference, such as "/erp" or "https://example.com/erp"'),
);

/** The key that events share whose order matters. */
export const orderingKeySchema = storableText.check(z.minLength(1), z.maxLength(128));

/** Nanoseconds need 35 characters. */
const MAX_TIME = 64;

/** An event in the native form. */
export const publishedEventSchema = z.strictObject({
  type: eventTypeNameSchema,
  data: jsonObject,
  id: z.optional(eventIdSchema),
  time: z.optional(
    z.string().check(
      // RFC 3339 allows a lower-case t and z.
      z.toUpperCase(),
      z.maxLength(MAX_TIME),
      z.iso.datetime({ offset: true }),
      z.refine(isBeforeYear10000, 'is beyond the year 9999'),
    ),
  ),
  actor: z.optional(
    z.strictObject({
      id: z.optional(z.union([storableText, z.number()])),
      name: z.optional(storableText),
      email: z.optional(storableText),
    }),
  ),
  changes: z.optional(z.record(z.string(), z.strictObject({ from: z.unknown(), to: z.unknown() }))),
  previous: z.optional(jsonObject),
  companyId: z.optional(companyIdSchema),
  source: z.optional(sourceSchema),
  suppress: z.optional(z.boolean()),
  orderingKey: z.optional(orderingKeySchema),
});

/** An event in a message of our own: it may also be of any data, and have been a CloudEvent. */
const internalEventSchema = z.extend(publishedEventSchema, {
  data: z.custom((value) => value !== undefined, 'is required'),
  publisherId: z.optional(z.string()),
  cloudEvent: z.optional(jsonObject),
  dataForm: z.optional(z.enum(DATA_FORMS)),
});

/** @throws ValidationError if only Ancrage may publish an event of this type or id */
function refuseReserved({
  type,
  id = '',
}: {
  readonly type: string;
  readonly id?: string | undefined;
}): void {
  const reserved = (path: string, prefix: string) => ({
    path,
    message: `starts with "${prefix}", which is reserved`,
  });
  const faults = [
    ...(isOperationalType(type) ? [reserved('type', OPERATIONAL_PREFIX)] : []),
    ...(id.startsWith(OPERATIONAL_ID_PREFIX) ? [reserved('id', OPERATIONAL_ID_PREFIX)] : []),
  ];
  if (faults.length > 0) throw ValidationError.of(faults);
}

/**
 * Read a published event.
 *
 * @param isInternal whether a function of ours sent it: then it may be of a reserved type
 * @throws ValidationError with every fault
 */
export function readPublishedEvent(text: JsonText, isInternal = false): PublishedEvent {
  const checked = validate(isInternal ? internalEventSchema : publishedEventSchema, JSON.parse(text));
  if (!isInternal) refuseReserved(checked);
  const members = membersOf(text);
  const data = members.get('data') as JsonText;
  const previous = members.get('previous');
  const changes = members.get('changes') ?? (previous && changesBetween(previous, data));
  const actor = members.get('actor');
  const { publisherId, dataForm } = checked as z.infer<typeof internalEventSchema>;
  const cloudEvent = members.get('cloudEvent');
  return {
    type: checked.type,
    data,
    ...(checked.id !== undefined && { id: checked.id }),
    ...(checked.time !== undefined && { time: utcTime(checked.time) }),
    ...(actor && { actor }),
    ...(changes && { changes }),
    ...(checked.companyId !== undefined && { companyId: checked.companyId }),
    ...(checked.source !== undefined && { source: checked.source }),
    ...(publisherId !== undefined && { publisherId }),
    ...(cloudEvent && { cloudEvent }),
    ...(dataForm && { dataForm }),
    ...(checked.suppress && { suppress: true }),
    ...(checked.orderingKey !== undefined && { orderingKey: checked.orderingKey }),
  };
}

/** Return `{FIELD: {"from", "to"}}` for the fields whose values differ; a field that is missing on one side is null. */
function changesBetween(previous: JsonText, current: JsonText): JsonText {
  const before = membersOf(previous);
  const after = membersOf(current);
  const fields = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !sameValue(before.get(key), after.get(key)),
  );
  const missing = 'null' as JsonText;
  // Joined as text: an object would put integer-like fields first.
  const texts = fields.map(
    (key) =>
      `${toJsonText(key)}:${objectText({ from: before.get(key) ?? missing, to: after.get(key) ?? missing })}`,
  );
  return `{${texts.join(',')}}` as JsonText;
}
