import * as z from 'zod';
import {
  credentialsSchema,
  performListSchema,
  subscribeSchema,
  unsubscribeSchema,
} from '../api-schemas/weavy.ts';
import { bodies, views } from './components.ts';
import { jsonAnswer, jsonBody, type Operations } from './operation.ts';

const credentials = bodies.add('Credentials', credentialsSchema, {
  description: 'Other fields are let pass.',
  fields: {
    projectCode: 'The project’s id.',
    userName: 'A key’s id. This or `username` is required.',
    username: 'The same.',
    password: 'The key’s secret.',
  },
  examples: [
    {
      scope: 'API',
      projectCode: 'erp',
      userName: 'key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
      password: 'ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m',
    },
  ],
});

const token = views.add(
  'Token',
  z.strictObject({
    authToken: z.string().describe('Goes behind `Bearer`, as a key does.'),
    expiresIn: z.int().describe('Seconds.'),
    generatedTimeUTC: z.iso.datetime(),
    passwordExpiryUTC: z.null(),
  }),
  {
    examples: [
      {
        authToken: 'ancrage_token_8yQv2f1s4d6g7h9j0k2l3z5x7c8v9b1n3m5q7w9e1r3',
        expiresIn: 43_200,
        generatedTimeUTC: '2026-11-21T20:04:48.000Z',
        passwordExpiryUTC: null,
      },
    ],
  },
);

const EVENT = 'An event type.';
const CODE = 'The subscription’s id.';

const subscribe = bodies.add('WeavySubscribe', subscribeSchema, {
  fields: { event: `${EVENT} Patterns are taken, too.`, hookUrl: 'As `url` of a subscription.' },
  examples: [{ event: 'NewOpportunity', hookUrl: 'https://example.com/hook' }],
});
const unsubscribe = bodies.add('WeavyUnsubscribe', unsubscribeSchema, {
  fields: { codeWebhookSubscription: CODE },
  examples: [{ codeWebhookSubscription: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' }],
});
const performList = bodies.add('WeavyPerformList', performListSchema, {
  fields: { event: EVENT },
  examples: [{ event: 'NewOpportunity' }],
});
const request = bodies.add('WeavyRequest', z.union([subscribe, unsubscribe, performList]), {
  description: 'What `c` asks for. Other fields are let pass.',
  examples: bodies.examples(subscribe),
});

const answer = views.add(
  'WeavyAnswer',
  z.union([
    z.strictObject({ result: z.strictObject({ codeWebhookSubscription: z.string().describe(CODE) }) }),
    z
      .array(z.strictObject({ result: z.record(z.string(), z.unknown()) }))
      .describe(
        'Samples: the newest three real events of the type, and its registered ones until there are any.',
      ),
  ]),
  { examples: [{ result: { codeWebhookSubscription: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' } }] },
);

export const weavy = {
  authenticate: {
    tag: 'Weavy',
    summary: 'Get a token for a key',
    description: 'For 12 hours, or until the key is deleted. `/v1/authenticate` is the same.',
    body: jsonBody(credentials),
    answers: { 200: jsonAnswer('The token.', token) },
    problems: { 401: 'The project, the user name or the password is wrong.' },
  },
  processEntryPoint: {
    tag: 'Weavy',
    summary: 'Subscribe, unsubscribe or list samples',
    description:
      'The path is case-insensitive, and the slash at its end may be missing. Subscribing and unsubscribing need the ' +
      'scope `manage`, the samples `read`. A hook that answers 410 is removed.',
    query: {
      schema: z.object({
        c: z.enum(['EPT_WebhookSubscribe', 'EPT_WebhookUnsubscribe', 'EPT_WebhookPerformList']),
      }),
      descriptions: { c: 'The code of the entry point.' },
    },
    body: jsonBody(request),
    answers: { 200: jsonAnswer('What was asked for.', answer) },
    problems: {
      403: 'The key has not the scope that the entry point needs.',
      404: 'There is no such entry point, or no such project.',
      409: 'The subscription to remove was changed again and again meanwhile.',
    },
  },
} satisfies Operations;
