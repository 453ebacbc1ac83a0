import * as z from 'zod';
import { eventTypeSettingsSchema } from '../api-schemas/event-type.ts';
import { eventTypeFilterSchema } from '../api-schemas/list-query.ts';
import { bodies, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { chapter, gone, jsonBody, jsonResponse } from './operation.ts';
import { warnings } from './warnings.ts';

const DESCRIPTION = 'Up to 1000 characters.';
const ARCHIVED = 'Listed only on request. Its events are accepted and delivered as before.';
const SCHEMA =
  'JSON Schema 2020-12 that the data of its events must match: up to 32 KB and 32 levels, with references only within ' +
  'itself and patterns in RE2 syntax.';
const SAMPLE = { type: 'object', additionalProperties: true };

const example = {
  description: 'An invoice was paid in full',
  schema: { type: 'object', required: ['total'], properties: { total: { type: 'number', minimum: 0 } } },
  samples: [{ id: 'inv_1', total: 120.5 }],
};

const jsonObject = z.record(z.string(), z.unknown());
// A union of generated Java needs classes for its objects, which those without a property have not, and serialises them with
// their own adapters only if their names sort before its own.
const dataSchema = views.add(
  'DataSchema',
  z.union([views.add('DataObjectSchema', z.looseObject({ type: z.unknown().optional() })), z.boolean()]),
);

const settings = bodies.add('EventTypeSettings', eventTypeSettingsSchema, {
  description: 'Replaces the whole event type: fields that are left out are unset.',
  fields: {
    description: DESCRIPTION,
    schema: { description: SCHEMA, anyOf: [views.reference(dataSchema), { type: 'null' }] },
    samples: {
      description: 'The data of example events, up to 128 KB in total.',
      items: SAMPLE,
    },
    archived: ARCHIVED,
  },
  example: example,
});

const eventType = views.add(
  'EventType',
  z.strictObject({
    type: z.string(),
    description: z.string().nullable(),
    schema: dataSchema.nullable(),
    samples: z.array(jsonObject),
    archived: z.boolean(),
    warnings,
  }),
  {
    description: 'Schema and samples are returned exactly as they were sent.',
    fields: { description: DESCRIPTION, schema: SCHEMA, archived: ARCHIVED },
    example: { type: 'invoice.paid', ...example, archived: false },
  },
);

const samples = views.add(
  'Samples',
  z.strictObject({ data: z.array(z.unknown()), cursor: z.string().nullable().describe('Always null.') }),
  {
    example: { data: [{ id: 'inv_1', total: 120.5 }], cursor: null },
  },
);

export const eventTypes = chapter('Event types', {
  listEventTypes: {
    summary: 'List event types',
    query: listQuery(eventTypeFilterSchema, {
      includeArchived: 'Whether to list archived event types as well.',
    }),
    responses: {
      200: jsonResponse('A page of event types, sorted by name.', pageOf('EventTypePage', eventType)),
    },
  },
  getEventType: {
    summary: 'Show an event type',
    responses: { 200: jsonResponse('The event type.', eventType) },
  },
  putEventType: {
    summary: 'Register or replace an event type',
    description:
      'A new schema takes effect within a minute, for events that are accepted from then on. Names that start with `ancrage.` are reserved.',
    body: jsonBody(settings),
    responses: { 200: jsonResponse('The event type after the change.', eventType) },
    problems: {
      429: 'The project has as many event types as it may have, or API Gateway throttles the request.',
    },
  },
  deleteEventType: {
    summary: 'Remove an event type',
    description: 'Events of the type are still accepted, without validation.',
    responses: { 204: gone },
  },
  listSamples: {
    summary: 'Show sample data',
    responses: {
      200: jsonResponse(
        'The data of the latest three events, newest first, or else the registered samples.',
        samples,
      ),
    },
  },
});
