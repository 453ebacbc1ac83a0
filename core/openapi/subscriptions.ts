import * as z from 'zod';
import {
  attemptFilterSchema,
  deliveryFilterSchema,
  subscriptionFilterSchema,
} from '../api-schemas/list-query.ts';
import {
  newSubscriptionSchema,
  rotationSchema,
  subscriptionPatchSchema,
} from '../api-schemas/subscription.ts';
import { PUBLIC_DESTINATIONS } from '../contract.ts';
import { subscriptionDefaults } from '../model/subscription.ts';
import { formats } from '../request/formats.ts';
import { signatures } from '../request/signatures.ts';
import { attemptPage } from './attempt.ts';
import { bodies, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { gone, jsonAnswer, jsonBody, type Operations } from './operation.ts';

// What hook URLs a stage allows is told in words: no schema could.
const POLICY = PUBLIC_DESTINATIONS;
const newSchema = newSubscriptionSchema(POLICY);

/** Names with what each stands for: "`a`: …; `b`: …". */
const choices = (registry: Readonly<Record<string, { readonly description: string }>>): string =>
  Object.entries(registry)
    .map(([name, { description }]) => `\`${name}\`: ${description}`)
    .join('; ');

const SETTABLE = {
  url: 'Where to: https, port 443 or from 1024 up, a public address. Local stacks take http and loopback, too.',
  events:
    'Exact types, `prefix.*` (one or more further segments) or `*`. ' +
    '`ancrage.*` is what Ancrage tells of itself: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`.',
  name: 'For you.',
  enabled:
    'A disabled one gets no events; what was accepted until then is never sent, not even once it is enabled.',
  condition:
    'A Python expression that must be true of an event, such as `data.total > 1000`. Names: `data` (also `doc`), ' +
    '`event`, `changes`, `utils`. Null: it gets all.',
  method: 'Of the requests.',
  headers:
    'Sent with each request: at most 50, with 8192 characters in all, none of `webhook-*`, `user-agent` and those ' +
    'that frame a request. Values of secret-looking names come back as `***`, which sent back leaves them as they are.',
  format: `How the body looks. ${choices(formats)}.`,
  fields:
    'Needed with the format `fields`: each is sent under `key`, no key twice, with the value that `fieldname` has in the ' +
    'data, or null.',
  fieldsEncoding: 'Of the format `fields`; `form` is `application/x-www-form-urlencoded`.',
  template:
    'Needed with the format `template`: Jinja that renders JSON, with the names that conditions have.',
  dynamicUrl: '`url` is a Jinja template of at most 2048 characters, which is judged once it is rendered.',
  signature: `How requests are signed. ${choices(signatures)}.`,
  timeoutSeconds: 'Seconds, over everything from DNS to the last byte.',
  retry:
    '`standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or waits in ' +
    'seconds. All must fit into the days that the project keeps its events.',
  metadata: 'For you: at most 50 entries, with 8192 characters in all.',
};
const SECRET =
  '`whsec_` and the base64 of 24 to 64 bytes; with the signatures `frappe` and `none` 1 to 1024 characters.';

/** What a form needs to offer the formats: the settings that each reads, and its own defaults. */
const CHOICES: Readonly<Record<string, unknown>> = {
  format: Object.fromEntries(
    Object.entries(formats).map(([name, { settings = [], requires, defaults = {} }]) => [
      name,
      { settings, requires: requires ?? null, defaults },
    ]),
  ),
};

const withDefaults = Object.fromEntries(
  Object.entries(SETTABLE).map(([name, description]) => [
    name,
    name in subscriptionDefaults
      ? {
          description,
          ...(name in CHOICES && { 'x-choices': CHOICES[name] }),
          default: subscriptionDefaults[name as keyof typeof subscriptionDefaults],
        }
      : description,
  ]),
);

export const newSubscription = bodies.add('NewSubscription', newSchema, {
  fields: {
    ...withDefaults,
    secret: `What requests are signed with: ${SECRET} 32 of ours where there is none.`,
  },
  examples: [
    {
      url: 'https://example.com/hook',
      events: ['invoice.paid', 'job.*'],
      name: 'Billing sync',
      headers: { 'x-api-key': 'swordfish' },
    },
  ],
});

const patch = bodies.add('SubscriptionPatch', subscriptionPatchSchema, {
  description: 'Merged at the top level.',
  fields: SETTABLE,
  examples: [{ events: ['invoice.*'], retry: [60, 3600] }],
});

const rotation = bodies.add('Rotation', rotationSchema, {
  fields: {
    secret: `The new one: ${SECRET} Ours where there is none.`,
    overlapSeconds: 'How long requests carry the signatures of both; a week at most.',
  },
  examples: [{ overlapSeconds: 3600 }],
});

const time = z.iso.datetime();

// What callers set comes back under the same names, so the schema that checks it says what it looks like.
const { secret: _, ...settable } = z.object(newSchema.shape).required().shape;
const subscriptionShape = {
  id: z.string(),
  ...settable,
  disabledReason: z
    .enum(['gone', 'failing', 'manual'])
    .nullable()
    .describe('`gone`: it answered 410. `failing`: five days without one success. Null while it is enabled.'),
  health: z
    .strictObject({
      state: z
        .enum(['healthy', 'failing', 'open'])
        .describe('`open`: it does not answer, so what falls due is held, and the endpoint probed.'),
      consecutiveFailures: z.int().min(0),
      firstFailureAt: time.nullable(),
      lastSuccessAt: time.nullable().describe('Written when a success ends a row of failures.'),
    })
    .describe('Counted from failures alone.'),
  createdAt: time,
  updatedAt: time,
};
const subscriptionExample = {
  id: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  ...subscriptionDefaults,
  url: 'https://example.com/hook',
  events: ['invoice.paid', 'job.*'],
  name: 'Billing sync',
  headers: { 'x-api-key': '***' },
  disabledReason: null,
  health: { state: 'healthy', consecutiveFailures: 0, firstFailureAt: null, lastSuccessAt: null },
  createdAt: '2026-11-21T20:04:48.000Z',
  updatedAt: '2026-11-21T20:04:48.000Z',
};
const SECRET_EXAMPLE = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc=';

const subscription = views.add('Subscription', z.strictObject(subscriptionShape), {
  fields: SETTABLE,
  examples: [subscriptionExample],
});

const created = views.add(
  'CreatedSubscription',
  z.strictObject({ ...subscriptionShape, secret: z.string() }),
  {
    fields: { ...SETTABLE, secret: 'What requests are signed with.' },
    examples: [{ ...subscriptionExample, secret: SECRET_EXAMPLE }],
  },
);

const secret = views.add('SigningSecret', z.strictObject({ secret: z.string() }), {
  fields: { secret: 'What requests are signed with.' },
  examples: [{ secret: SECRET_EXAMPLE }],
});

const pending = views.add(
  'PendingDelivery',
  z.strictObject({
    eventId: z.string(),
    state: z.literal('pending'),
    number: z.int().min(1).describe('Of the attempt that is to be made.'),
    held: z.boolean().describe('Whether it waits for its endpoint to answer again.'),
    dueAt: time.nullable().describe('Null for what is held.'),
  }),
  {
    examples: [
      {
        eventId: 'invoice-1-paid',
        state: 'pending',
        number: 4,
        held: false,
        dueAt: '2026-11-21T22:04:48.000Z',
      },
    ],
  },
);

const CHANGED = 'It was changed meanwhile.';

export const subscriptions = {
  createSubscription: {
    tag: 'Subscriptions',
    summary: 'Subscribe a URL',
    body: jsonBody(newSubscription),
    once: true,
    answers: { 201: jsonAnswer('The subscription with its signing secret.', created) },
    problems: { 409: 'A request with this `Idempotency-Key` is under way.' },
  },
  listSubscriptions: {
    tag: 'Subscriptions',
    summary: 'List subscriptions',
    query: listQuery(subscriptionFilterSchema, {
      event: 'Only those that want this type, by name or by a wildcard.',
      enabled: 'Only those that are enabled, or are not.',
      health: 'Only those whose endpoint is in this state.',
    }),
    answers: {
      200: jsonAnswer('A page of subscriptions, the newest first.', pageOf('SubscriptionPage', subscription)),
    },
  },
  getSubscription: {
    tag: 'Subscriptions',
    summary: 'Show a subscription',
    answers: { 200: jsonAnswer('The subscription.', subscription) },
  },
  changeSubscription: {
    tag: 'Subscriptions',
    summary: 'Change a subscription',
    description: 'Another `url`, or enabling it once again, makes its health start anew.',
    body: jsonBody(patch),
    answers: { 200: jsonAnswer('The subscription as it is now.', subscription) },
    problems: { 409: CHANGED },
  },
  deleteSubscription: {
    tag: 'Subscriptions',
    summary: 'Unsubscribe',
    answers: { 204: gone },
    problems: { 409: 'It was changed again and again meanwhile.' },
  },
  getSecret: {
    tag: 'Subscriptions',
    summary: 'Show the signing secret',
    answers: { 200: jsonAnswer('The current secret.', secret) },
  },
  rotateSecret: {
    tag: 'Subscriptions',
    summary: 'Replace the signing secret',
    description: 'During the overlap every request carries both signatures, separated by a space.',
    body: { ...jsonBody(rotation), optional: true },
    answers: { 200: jsonAnswer('The new secret.', secret) },
    problems: { 409: CHANGED },
  },
  listAttemptsOfSubscription: {
    tag: 'Subscriptions',
    summary: 'List attempts: the request log',
    query: listQuery(attemptFilterSchema, { outcome: 'Only those with this outcome.' }),
    answers: { 200: jsonAnswer('A page of attempts, the newest first.', attemptPage) },
  },
  listPendingDeliveries: {
    tag: 'Subscriptions',
    summary: 'List what waits',
    description:
      'Attempts that were due in more than 15 minutes when the one before had failed, and what is held while the ' +
      'endpoint does not answer.',
    query: listQuery(deliveryFilterSchema, {
      state: 'There is just this one: what is no longer pending is an attempt.',
    }),
    answers: {
      200: jsonAnswer(
        'A page of pending deliveries, the newest event first.',
        pageOf('PendingDeliveryPage', pending),
      ),
    },
  },
} satisfies Operations;
