import * as z from 'zod';
import { draftPreviewSchema, previewSchema, testSchema } from '../api-schemas/test-request.ts';
import { attempt } from './attempt.ts';
import { bodies, views } from './components.ts';
import { jsonAnswer, jsonBody, type Operations } from './operation.ts';
import { newSubscription } from './subscriptions.ts';

const OBJECT = { type: 'object' };
const FIELDS = {
  event: {
    description:
      'The event type. Without it one that the subscription names, else one of the latest events that it wants, else a ' +
      'registered one, else its pattern with `test` for the star.',
  },
  data: {
    ...OBJECT,
    description:
      'Without it the data of the latest event of the type, with who and what has changed; else its first ' +
      'registered sample; else an empty object.',
  },
};

const test = bodies.add('TestRequest', testSchema, {
  fields: FIELDS,
  examples: [{ event: 'invoice.paid', data: { id: 'inv_1', total: 120.5 } }],
});

const preview = bodies.add('PreviewRequest', previewSchema, {
  fields: { ...FIELDS, eventId: 'Of an event that was published, instead of the two.' },
  examples: [{ event: 'invoice.paid', data: { id: 'inv_1', total: 120.5 } }],
});

const draft = bodies.add('DraftPreviewRequest', draftPreviewSchema(newSubscription), {
  fields: {
    ...FIELDS,
    eventId: 'Of an event that was published, instead of the two.',
    subscription: 'Settings as a creation takes them.',
  },
  examples: [
    {
      subscription: { url: 'https://example.com/hook', events: ['invoice.*'], condition: 'data.total > 100' },
      event: 'invoice.paid',
    },
  ],
});

const shown = views.add(
  'Preview',
  z.strictObject({
    event: z
      .strictObject({ id: z.string(), type: z.string(), time: z.iso.datetime() })
      .describe('What it was made of.'),
    conditionHolds: z
      .boolean()
      .nullable()
      .describe('Whether the event would be sent at all. Null if the condition cannot be evaluated.'),
    request: z
      .strictObject({
        method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
        url: z.string(),
        headers: z
          .record(z.string(), z.string())
          .describe('With the signature. Credentials among the subscription’s own headers are masked.'),
        body: z.string(),
      })
      .nullable()
      .describe('Null if none can be made.'),
    error: z.literal('render').nullable(),
    detail: z.string().optional().describe('Why no request can be made.'),
  }),
  {
    examples: [
      {
        event: {
          id: 'evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
          type: 'invoice.paid',
          time: '2026-11-21T20:04:48.000Z',
        },
        conditionHolds: true,
        request: {
          method: 'POST',
          url: 'https://example.com/hook',
          headers: { 'content-type': 'application/json', 'webhook-id': 'evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' },
          body: '{"type":"invoice.paid","timestamp":"2026-11-21T20:04:48.000Z","data":{"id":"inv_1","total":120.5}}',
        },
        error: null,
      },
    ],
  },
);

export const trials = {
  testSubscription: {
    tag: 'Trials',
    summary: 'Send a test',
    description:
      'Makes one request now, even of a disabled subscription and whatever its condition says, and waits for its ' +
      'answer, at most 25 s. It is in the request log, is not tried again and does not count against the endpoint. ' +
      'If it succeeds, an endpoint that did not answer before is looked at within a minute.',
    body: { ...jsonBody(test), optional: true },
    answers: { 200: jsonAnswer('The attempt, whatever came of it.', attempt) },
  },
  previewSubscription: {
    tag: 'Trials',
    summary: 'Show the request that an event would make',
    description: 'Sends nothing.',
    body: { ...jsonBody(preview), optional: true },
    answers: { 200: jsonAnswer('The exact request, and whether the condition holds.', shown) },
  },
  previewDraft: {
    tag: 'Trials',
    summary: 'Show the request that settings would make before they are saved',
    description:
      'Nothing is stored, nothing sent. It is signed with the given secret, or with one made for it.',
    body: jsonBody(draft),
    answers: { 200: jsonAnswer('The exact request, and whether the condition holds.', shown) },
  },
} satisfies Operations;
