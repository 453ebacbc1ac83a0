import * as z from 'zod';
import { eventTypeSettingsSchema } from '../api-schemas/event-type.ts';
import { eventTypeFilterSchema } from '../api-schemas/list-query.ts';
import { bodies, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { gone, jsonAnswer, jsonBody, type Operations } from './operation.ts';

const DESCRIPTION = 'Up to 1000 characters.';
const ARCHIVED = 'No longer listed unless asked for; its events are taken and delivered as before.';
const SCHEMA =
  'JSON Schema 2020-12 that the data of its events must fit: up to 32 KB and 32 levels, references within itself, ' +
  'patterns as RE2 knows them.';
const SAMPLE = { type: 'object', additionalProperties: true };

const example = {
  description: 'An invoice was paid in full',
  schema: { type: 'object', required: ['total'], properties: { total: { type: 'number', minimum: 0 } } },
  samples: [{ id: 'inv_1', total: 120.5 }],
};

const settings = bodies.add('EventTypeSettings', eventTypeSettingsSchema, {
  description: 'The whole of it: what is left out is unset.',
  fields: {
    description: DESCRIPTION,
    schema: { description: SCHEMA, type: ['object', 'boolean', 'null'], additionalProperties: true },
    samples: {
      description: 'Data of example events, up to 128 KB together.',
      items: SAMPLE,
    },
    archived: ARCHIVED,
  },
  examples: [example],
});

const jsonObject = z.record(z.string(), z.unknown());

const eventType = views.add(
  'EventType',
  z.strictObject({
    type: z.string(),
    description: z.string().nullable(),
    schema: z.union([jsonObject, z.boolean()]).nullable(),
    samples: z.array(jsonObject),
    archived: z.boolean(),
  }),
  {
    description: 'Schema and samples come back to the letter.',
    fields: { description: DESCRIPTION, schema: SCHEMA, archived: ARCHIVED },
    examples: [{ type: 'invoice.paid', ...example, archived: false }],
  },
);

const samples = views.add('Samples', z.strictObject({ data: z.array(jsonObject), cursor: z.null() }), {
  examples: [{ data: [{ id: 'inv_1', total: 120.5 }], cursor: null }],
});

export const eventTypes = {
  listEventTypes: {
    tag: 'Event types',
    summary: 'List event types',
    query: listQuery(eventTypeFilterSchema, { includeArchived: 'Whether archived ones are listed, too.' }),
    answers: { 200: jsonAnswer('A page of event types by their names.', pageOf('EventTypePage', eventType)) },
  },
  getEventType: {
    tag: 'Event types',
    summary: 'Show an event type',
    answers: { 200: jsonAnswer('The event type.', eventType) },
  },
  putEventType: {
    tag: 'Event types',
    summary: 'Register or replace an event type',
    description:
      'A new schema holds within a minute, for events that are taken from then on. Names that start with `ancrage.` are reserved.',
    body: jsonBody(settings),
    answers: { 200: jsonAnswer('The event type as it is now.', eventType) },
  },
  deleteEventType: {
    tag: 'Event types',
    summary: 'Remove an event type',
    description: 'Events of the type are taken as before, without a schema.',
    answers: { 204: gone },
  },
  listSamples: {
    tag: 'Event types',
    summary: 'Show sample data',
    answers: {
      200: jsonAnswer(
        'The data of the latest three events, newest first, or the registered samples.',
        samples,
      ),
    },
  },
} satisfies Operations;
