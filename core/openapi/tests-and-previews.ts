import * as z from 'zod';
import { draftPreviewSchema, eventChoiceSchema } from '../api-schemas/test-request.ts';
import { attempt } from './attempt.ts';
import { bodies, views } from './components.ts';
import { chapter, jsonBody, jsonResponse } from './operation.ts';
import { deliveryMethod, newSubscription } from './subscription-settings.ts';
import { renderFault } from './warnings.ts';

const OBJECT = { type: 'object' };
const FIELDS = {
  event: {
    description:
      'The event type. Default: a type that the subscription names, else the type of the latest event that it matches, ' +
      'else a registered type that it matches, else its pattern with `test` in place of the star.',
  },
  data: {
    ...OBJECT,
    description:
      'Default: the data of the latest event of the type, with its actor and changes; else its first registered ' +
      'sample; else an empty object.',
  },
};

/** An event is either published or made up. */
const ONE_EVENT = {
  dependentSchemas: { eventId: { properties: { event: { not: {} }, data: { not: {} } } } },
};

const test = bodies.add('TestRequest', eventChoiceSchema, {
  fields: {
    event: {
      description:
        'The event type. Default: a type that the subscription names, else a registered type that it matches and that has a sample, ' +
        'else its pattern with `test` in place of the star.',
    },
    data: {
      ...OBJECT,
      description: 'Default: the first registered sample of the type; else an empty object.',
    },
    eventId:
      'The id of a published event, instead of `event` and `data`: the request has its data, which may be a customer’s, under ' +
      'a new id.',
  },
  rules: ONE_EVENT,
  example: { event: 'invoice.paid', data: { id: 'inv_1', total: 120.5 } },
});

const preview = bodies.add('PreviewRequest', eventChoiceSchema, {
  fields: { ...FIELDS, eventId: 'The id of a published event, instead of `event` and `data`.' },
  rules: ONE_EVENT,
  example: { event: 'invoice.paid', data: { id: 'inv_1', total: 120.5 } },
});

const draft = bodies.add('DraftPreviewRequest', draftPreviewSchema(newSubscription), {
  fields: {
    ...FIELDS,
    eventId: 'The id of a published event, instead of `event` and `data`.',
    subscription: 'Settings as for creating a subscription.',
  },
  rules: ONE_EVENT,
  example: {
    subscription: { url: 'https://example.com/hook', events: ['invoice.*'], condition: 'data.total > 100' },
    event: 'invoice.paid',
  },
});

const shown = views.add(
  'Preview',
  z.strictObject({
    event: z
      .strictObject({ id: z.string(), type: z.string(), time: z.iso.datetime() })
      .describe('The event that the request is for.'),
    conditionHolds: z
      .boolean()
      .nullable()
      .describe('Whether the event would be sent. Null if the condition cannot be evaluated.'),
    request: views
      .add(
        'PreviewedRequest',
        z.strictObject({
          method: deliveryMethod,
          url: z.string(),
          headers: z
            .record(z.string(), z.string())
            .describe('Including the signature. Values of the subscription’s own headers are masked.'),
          body: z.string(),
        }),
      )
      .nullable()
      .describe('Null if no request can be made.'),
    error: views.add('PreviewError', z.enum(['render'])).nullable(),
    detail: z.string().optional().describe('Why no request can be made.'),
    fault: renderFault.optional().describe('The setting that is at fault, if it is known.'),
  }),
  {
    example: {
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
  },
);

const ERASED = 'The data of the event `eventId` was erased.';

export const testsAndPreviews = chapter('Tests and previews', {
  testSubscription: {
    summary: 'Send a test request',
    description:
      'Sends one request now, with the header `ancrage-test`, and waits up to 25 s for the response. It has made-up data or a sample, ' +
      'and is sent even if the subscription is disabled or its condition does not hold; a published event is sent only if you name ' +
      'it, the subscription receives its type and the condition holds. The attempt appears in the request log, is not retried and does not count against the endpoint. ' +
      'If it succeeds although the endpoint was down, the next probe follows within a minute. A request with ' +
      '`ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.',
    body: { ...jsonBody(test), optional: true },
    responses: { 200: jsonResponse('The attempt, whatever its outcome.', attempt) },
    problems: {
      409: 'The event `eventId` was erased, or the subscription would not receive it: its type or the condition rules that out.',
      429:
        'The subscription had a test within the last second, or its project has five tests open: send the request again ' +
        'after `Retry-After` seconds. Or API Gateway throttles the route, the stage or the account.',
    },
  },
  previewSubscription: {
    summary: 'Preview the request for an event',
    description: 'Sends nothing.',
    body: { ...jsonBody(preview), optional: true },
    responses: { 200: jsonResponse('The exact request, and whether the condition holds.', shown) },
    problems: { 409: ERASED },
  },
  previewSubscriptionDraft: {
    summary: 'Preview the request for settings that are not saved',
    description:
      'Stores and sends nothing. The request is signed with the given secret, or with a generated one.',
    body: jsonBody(draft),
    responses: { 200: jsonResponse('The exact request, and whether the condition holds.', shown) },
    problems: { 409: ERASED },
  },
});
