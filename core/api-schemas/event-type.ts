import * as z from 'zod';
import { ValidationError } from '../kernel/errors.ts';
import { elementsOf, type JsonText, membersOf } from '../kernel/json-text.ts';
import { validate } from '../kernel/validate.ts';
import { isOperationalType, OPERATIONAL_PREFIX } from '../model/event-pattern.ts';
import type { EventType } from '../model/event-type.ts';
import { eventTypeNameSchema } from '../model/event-type-name.ts';
import { storableText } from './storable-text.ts';

const MAX_SAMPLES = 10;
/** Together with the schema (32 KB) and the description this stays well within the 400 KB of a DynamoDB item. */
const MAX_SAMPLES_BYTES = 128 * 1024;

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Return the text of the schema among the settings, or null if there is none. */
export function schemaOf(settings: JsonText): JsonText | null {
  const schema = settings.startsWith('{') ? membersOf(settings).get('schema') : undefined;
  return schema === undefined || schema === 'null' ? null : schema;
}

/** The body of a PUT. */
export const eventTypeSettingsSchema = z.strictObject({
  description: storableText().max(1000).nullable().default(null),
  // Its faults are found when it is compiled.
  schema: z.unknown().optional(),
  samples: z.array(z.unknown().refine(isObject, 'is not an object')).max(MAX_SAMPLES).default([]),
  archived: z.boolean().default(false),
});

/**
 * Read the settings of an event type. They replace the type: a setting that is left out returns to its default.
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
      { path: 'samples', message: `exceed ${MAX_SAMPLES_BYTES / 1024} KB in total` },
    ]);
  return { type: name, description, schema: schemaOf(settings), samples, archived };
}
