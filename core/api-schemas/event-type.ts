import * as z from 'zod';
import { ValidationError } from '../kernel/errors.ts';
import { elementsOf, type JsonText, membersOf } from '../kernel/json-text.ts';
import { validate } from '../kernel/validate.ts';
import type { EventType } from '../model/event-type.ts';
import { eventTypeNameSchema } from '../model/event-type-name.ts';
import { isOperationalType, OPERATIONAL_PREFIX } from '../model/operational-event.ts';
import { storableText } from './storable-text.ts';

const MAX_SAMPLES = 10;
/** With the schema (32 KB) and the description well within the 400 KB of a DynamoDB item. */
const MAX_SAMPLES_BYTES = 128 * 1024;

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema among the settings; null if there is none. */
export function schemaOf(settings: JsonText): JsonText | null {
  const schema = settings.startsWith('{') ? membersOf(settings).get('schema') : undefined;
  return schema === undefined || schema === 'null' ? null : schema;
}

/** What may be registered under a name. */
export const eventTypeSettingsSchema = z.strictObject({
  description: storableText().max(1000).nullable().default(null),
  // What is wrong with it in detail is found when it is compiled.
  schema: z.unknown().optional(),
  samples: z.array(z.unknown().refine(isObject, 'is not an object')).max(MAX_SAMPLES).default([]),
  archived: z.boolean().default(false),
});

/**
 * Reads what is registered under a name: a whole type, for what is left out is what it was before anything was set.
 *
 * @throws ValidationError with every fault but those within the schema
 */
export function readEventType(type: string, settings: JsonText): EventType {
  const { type: name } = validate(z.object({ type: eventTypeNameSchema }), { type });
  if (isOperationalType(name))
    throw ValidationError.of([
      { path: 'type', message: `starts with "${OPERATIONAL_PREFIX}", which is reserved` },
    ]);
  const { description, archived } = validate(eventTypeSettingsSchema, JSON.parse(settings));
  const members = membersOf(settings);
  const samples = elementsOf(members.get('samples') ?? ('[]' as JsonText));
  if (Buffer.byteLength(samples.join()) > MAX_SAMPLES_BYTES)
    throw ValidationError.of([
      { path: 'samples', message: `have more than ${MAX_SAMPLES_BYTES / 1024} KB together` },
    ]);
  return { type: name, description, schema: schemaOf(settings), samples, archived };
}
