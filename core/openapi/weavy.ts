import * as z from 'zod';
import {
  credentialsSchema,
  performListSchema,
  subscribedSchema,
  subscribeSchema,
  unsubscribeSchema,
} from '../api-schemas/weavy.ts';
import { bodies, views } from './components.ts';
import { chapter, jsonBody, jsonResponse } from './operation.ts';

const credentials = bodies.add('Credentials', credentialsSchema, {
  description: 'Other fields are ignored.',
  fields: {
    projectCode: 'The project’s id.',
    userName: 'A key’s id. This or `username` is required.',
    username: 'The same as `userName`.',
    password: 'The key’s secret.',
  },
  rules: {
    if: { properties: { userName: {} }, required: ['userName'] },
    else: { properties: { username: {} }, required: ['username'] },
  },
  example: {
    scope: 'API',
    projectCode: 'erp',
    userName: 'key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
    password: 'ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m',
  },
});

const token = views.add(
  'Token',
  z.strictObject({
    authToken: z.string().describe('Send it as `Bearer`, like a key.'),
    expiresIn: z.int().describe('Seconds.'),
    generatedTimeUTC: z.iso.datetime(),
    passwordExpiryUTC: z.iso.datetime().nullable().describe('Always null.'),
  }),
  {
    example: {
      authToken: 'ancrage_token_8yQv2f1s4d6g7h9j0k2l3z5x7c8v9b1n3m5q7w9e1r3',
      expiresIn: 43_200,
      generatedTimeUTC: '2026-11-21T20:04:48.000Z',
      passwordExpiryUTC: null,
    },
  },
);

const EVENT = 'An event type.';
const CODE = 'The subscription’s id.';

const subscribe = bodies.add('WeavySubscribe', subscribeSchema, {
  fields: { event: 'An event type or a pattern.', hookUrl: 'Like `url` of a subscription.' },
  example: { event: 'NewOpportunity', hookUrl: 'https://example.com/hook' },
});
const unsubscribe = bodies.add('WeavyUnsubscribe', unsubscribeSchema, {
  fields: { codeWebhookSubscription: CODE },
  example: { codeWebhookSubscription: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' },
});
const unsubscribeAll = bodies.add('WeavyUnsubscribeAll', subscribedSchema, {
  description: 'All that subscribing returned.',
  example: { result: { codeWebhookSubscription: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' } },
});
const performList = bodies.add('WeavyPerformList', performListSchema, {
  fields: { event: EVENT },
  example: { event: 'NewOpportunity' },
});
const request = bodies.add('WeavyRequest', z.union([subscribe, unsubscribe, unsubscribeAll, performList]), {
  description: 'The fields depend on `c`. Others are ignored.',
  example: bodies.exampleOf(subscribe),
});

const answer = views.add(
  'WeavyAnswer',
  z.union([
    views.add(
      'WeavySubscribed',
      z.strictObject({ result: z.strictObject({ codeWebhookSubscription: z.string().describe(CODE) }) }),
    ),
    views.add('WeavySamples', z.array(z.strictObject({ result: z.record(z.string(), z.unknown()) })), {
      description: 'The data of the latest three events of the type, or else its registered samples.',
    }),
  ]),
  { example: { result: { codeWebhookSubscription: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' } } },
);

export const weavy = chapter('Weavy', {
  createToken: {
    summary: 'Get a token for a key',
    description:
      'The token is valid for 12 hours, or until the key is deleted. `/v1/authenticate` works as well.',
    body: jsonBody(credentials),
    responses: { 200: jsonResponse('The token.', token) },
    problems: {
      401: 'The project, the user name or the password is wrong.',
      404: 'The project was deleted.',
    },
  },
  processEntryPoint: {
    summary: 'Subscribe, unsubscribe or list samples',
    description:
      'The path is case-insensitive, and its final slash is optional. Subscribing and unsubscribing need the scope ' +
      '`manage`, listing samples needs `read`, and may be a GET with `event` in the query. A hook that answers 410 is removed.',
    query: {
      schema: z.object({
        c: z.enum(['EPT_WebhookSubscribe', 'EPT_WebhookUnsubscribe', 'EPT_WebhookPerformList']),
      }),
      descriptions: { c: 'The code of the entry point.' },
    },
    body: { content: { 'application/json': request, 'application/x-www-form-urlencoded': request } },
    responses: { 200: jsonResponse('The result of the entry point.', answer) },
    problems: {
      415: 'The body is neither JSON nor a form, or has a content encoding.',
      403: 'The key lacks the scope that the entry point needs.',
      404: 'There is no such entry point, or no such project.',
      409: 'Other requests kept changing the subscription at the same time.',
      429:
        'The project has as many subscriptions as it may have (the title is `Limit reached`), or API Gateway throttles the ' +
        'request.',
    },
  },
});
