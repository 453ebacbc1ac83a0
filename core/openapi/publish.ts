import * as z from 'zod';
import { cloudEventSchema } from '../model/envelope.ts';
import { publishedEventSchema } from '../model/published-event.ts';
import { bodies, views } from './components.ts';
import { jsonAnswer, type Operations } from './operation.ts';

const OBJECT = { type: 'object', additionalProperties: true };

const event = bodies.add('NewEvent', publishedEventSchema, {
  fields: {
    type: 'A dotted name of up to 10 segments, such as `invoice.paid`. Those that start with `ancrage.` are reserved.',
    data: { ...OBJECT, description: 'What happened. It arrives to the letter.' },
    id: 'The idempotency key: the same id (of the same `source`) twice is one event. Ours where there is none.',
    time: 'When it happened, ISO 8601 with a zone, before the year 10000. Now where there is none.',
    actor: 'Who did it.',
    changes: 'What changed, by field.',
    previous: {
      ...OBJECT,
      description: 'What `data` was before. The changes are computed where `changes` are not given.',
    },
    companyId: 'For receivers that serve several companies. The project’s where there is none.',
    source: 'Where it is from: another source may use the same `id`.',
    suppress: 'Stored, and delivered to nobody.',
  },
  examples: [
    {
      type: 'invoice.paid',
      data: { id: 'inv_1', total: 120.5 },
      id: 'invoice-1-paid',
      time: '2026-11-21T20:04:48Z',
      actor: { id: 7, name: 'Ada Lovelace' },
      previous: { id: 'inv_1', total: 100 },
    },
  ],
});

const cloudEvent = bodies.add(
  'CloudEvent',
  z.looseObject({
    ...cloudEventSchema.shape,
    data: z.record(z.string(), z.unknown()).optional(),
  }),
  {
    description: 'CloudEvents 1.0 in JSON. Its `id`, `source`, `type`, `time` and `data` become the event’s.',
    fields: {
      datacontenttype: 'JSON, where it is given.',
      data_base64: 'JSON in base64, instead of `data`.',
      project: 'For events that come by queue; here the path says it.',
    },
    examples: [
      {
        specversion: '1.0',
        id: 'invoice-1-paid',
        source: '/erp',
        type: 'invoice.paid',
        time: '2026-11-21T20:04:48Z',
        data: { id: 'inv_1', total: 120.5 },
      },
    ],
  },
);

const events = z.array(event).min(1).max(100);
const eventOrEvents = bodies.add('NewEventOrEvents', z.union([event, events]), {
  examples: bodies.examples(event),
});
const cloudEvents = bodies.add('CloudEvents', z.array(cloudEvent).min(1).max(100), {
  examples: [bodies.examples(cloudEvent)],
});

const accepted = views.add(
  'Accepted',
  z.union([
    z.strictObject({ id: z.string().describe('Of the event.') }),
    z.strictObject({ ids: z.array(z.string()).min(1).describe('Of the events, in their order.') }),
  ]),
  { examples: [{ id: 'invoice-1-paid' }] },
);

export const publish = {
  publishEvents: {
    tag: 'Events',
    summary: 'Publish events',
    description:
      'One event or an array of at most 100, of which all are taken or none; 256 KB an event, 1 MB in all.\n\n' +
      'CloudEvents are told by their content type. Where the event’s type has a schema, its data must fit.',
    body: {
      content: {
        'application/json': eventOrEvents,
        'application/cloudevents+json': cloudEvent,
        'application/cloudevents-batch+json': cloudEvents,
      },
    },
    answers: { 202: jsonAnswer('The events queue has them.', accepted) },
    problems: {
      413: 'An event has more than 256 KB, or all together more than 1 MB.',
      503: 'The queue may have taken a part, or the key could not be looked up. Send it again, with ids of your own.',
    },
  },
} satisfies Operations;
