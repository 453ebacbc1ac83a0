import * as z from 'zod';
import {
  attemptFilterSchema,
  deliveryFilterSchema,
  subscriptionFilterSchema,
} from '../api-schemas/list-query.ts';
import { subscriptionDefaults } from '../model/subscription.ts';
import { MOST_HELD } from '../read/subscription-health.ts';
import { ATTEMPT_FILTERS, attemptPage, OF_TYPE } from './attempt.ts';
import { views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { chapter, gone, jsonBody, jsonResponse } from './operation.ts';
import {
  newSubscription,
  rotation,
  SETTABLE,
  settableShape,
  subscriptionPatch,
} from './subscription-settings.ts';
import { warnings } from './warnings.ts';

const time = z.iso.datetime();

const subscriptionShape = {
  id: z.string(),
  ...settableShape,
  disabledReason: views
    .add('DisabledReason', z.enum(['gone', 'failing', 'manual']))
    .nullable()
    .describe(
      '`gone`: the endpoint answered 410. `failing`: five days without a success. Null while the subscription is enabled.',
    ),
  health: views.add(
    'EndpointHealth',
    z.strictObject({
      mode: views
        .add('EndpointMode', z.enum(['direct', 'paced', 'paused']))
        .describe(
          '`direct`: deliveries are sent as they arrive. `paced`: so many at once and so many a second. `paused`: the endpoint is down; deliveries are held, and it is probed.',
        ),
      reason: views
        .add('ModeReason', z.enum(['new', 'busy', 'slow', 'failing', 'down', 'recovering']))
        .nullable()
        .describe(
          'Why the mode is not `direct`. `new`: fewer than three requests were answered. `busy`: the endpoint answered 429.',
        ),
      since: time.nullable().describe('When the mode began.'),
      tried: z
        .boolean()
        .describe(
          'Whether a delivery was attempted since the subscription was created, enabled again or given another URL. Tests do not count.',
        ),
      held: z.int().min(0).max(MOST_HELD).describe(`The deliveries that wait, exact up to ${MOST_HELD}.`),
      nextProbeAt: time
        .nullable()
        .describe(
          'Null unless the mode is `paused` and a delivery waits: without one, the next event is the probe.',
        ),
      window: z.int().min(1).nullable().describe('The requests at once; null unless the mode is `paced`.'),
      perSecond: z.number().nullable().describe('The rate that was learnt from 429s; null if there is none.'),
      lastSuccessAt: time.nullable().describe('Updated only while the endpoint fails.'),
      lastFailureAt: time.nullable(),
      lastFailure: z.string().nullable().describe('What the last failure was, such as `answered 503`.'),
    }),
    { description: 'How the endpoint is doing, and what waits for it.' },
  ),
  createdAt: time,
  updatedAt: time,
  warnings,
};
const subscriptionExample = {
  id: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  ...subscriptionDefaults,
  url: 'https://example.com/hook',
  events: ['invoice.paid', 'job.*'],
  name: 'Billing sync',
  headers: { 'x-api-key': '***' },
  disabledReason: null,
  health: {
    ...{
      mode: 'direct',
      reason: null,
      since: null,
      tried: true,
      held: 0,
      nextProbeAt: null,
      window: null,
      perSecond: null,
    },
    ...{ lastSuccessAt: null, lastFailureAt: null, lastFailure: null },
  },
  createdAt: '2026-11-21T20:04:48.000Z',
  updatedAt: '2026-11-21T20:04:48.000Z',
};
const SECRET_EXAMPLE = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc=';

const subscription = views.add('Subscription', z.strictObject(subscriptionShape), {
  fields: SETTABLE,
  example: subscriptionExample,
});

const created = views.add(
  'CreatedSubscription',
  z.strictObject({ ...subscriptionShape, secret: z.string() }),
  {
    fields: { ...SETTABLE, secret: 'The secret that signs the requests.' },
    example: { ...subscriptionExample, secret: SECRET_EXAMPLE },
  },
);

const secret = views.add('SigningSecret', z.strictObject({ secret: z.string() }), {
  fields: { secret: 'The secret that signs the requests.' },
  example: { secret: SECRET_EXAMPLE },
});

const pending = views.add(
  'PendingDelivery',
  z.strictObject({
    eventId: z.string(),
    state: z.literal('pending'),
    number: z.int().min(1).describe('The number of the next attempt.'),
    dueAt: time.describe(
      'In the past if the delivery waits for its endpoint, or until its subscription is resumed.',
    ),
  }),
  {
    example: {
      eventId: 'invoice-1-paid',
      state: 'pending',
      number: 4,
      dueAt: '2026-11-21T22:04:48.000Z',
    },
  },
);

const CHANGED = 'Other requests kept changing the subscription at the same time.';

export const subscriptions = chapter('Subscriptions', {
  createSubscription: {
    summary: 'Create a subscription',
    body: jsonBody(newSubscription),
    once: true,
    responses: { 201: jsonResponse('The subscription with its signing secret.', created) },
    problems: {
      409: 'A request with this `Idempotency-Key` is in progress, or another API key used it.',
      429:
        'The project has as many subscriptions as it may have (the title is `Limit reached`), or API Gateway throttles the ' +
        'request.',
    },
  },
  listSubscriptions: {
    summary: 'List subscriptions',
    query: listQuery(subscriptionFilterSchema, {
      name: 'Match part of the name or of the URL’s host, whatever its case, or the exact id.',
      event: 'Only subscriptions that match this type, by name or by a wildcard.',
      enabled: 'Only enabled or only disabled subscriptions.',
      state:
        'Only subscriptions in this state. `healthy` includes those that were not tried yet. `failing`: the endpoint fails, is slow or asked for fewer requests. `paused`: by its owner, or because the endpoint is down.',
    }),
    responses: {
      200: jsonResponse('A page of subscriptions, newest first.', pageOf('SubscriptionPage', subscription)),
    },
  },
  getSubscription: {
    summary: 'Show a subscription',
    responses: { 200: jsonResponse('The subscription.', subscription) },
  },
  changeSubscription: {
    summary: 'Change a subscription',
    description:
      'A new `url`, or enabling the subscription again, resets its health. Pausing it holds what is due; nothing is lost.',
    body: jsonBody(subscriptionPatch),
    responses: { 200: jsonResponse('The subscription after the change.', subscription) },
    problems: { 409: CHANGED },
  },
  deleteSubscription: {
    summary: 'Delete a subscription',
    responses: { 204: gone },
    problems: { 409: CHANGED },
  },
  getSigningSecret: {
    summary: 'Show the signing secret',
    responses: { 200: jsonResponse('The current secret.', secret) },
  },
  rotateSigningSecret: {
    summary: 'Replace the signing secret',
    description: 'During the overlap every request carries both signatures, separated by a space.',
    body: { ...jsonBody(rotation), optional: true },
    responses: { 200: jsonResponse('The new secret.', secret) },
    problems: { 409: CHANGED },
  },
  resumeSubscription: {
    summary: 'Resume a subscription',
    description:
      'Ends a pause, by its owner or because the endpoint is down, and enables the subscription if it was disabled. Retries that an outage delayed are due now. The endpoint is sent one request at first, and more as it answers.',
    responses: { 200: jsonResponse('The resumed subscription.', subscription) },
    problems: { 409: CHANGED },
  },
  sendPendingDeliveries: {
    summary: 'Send pending deliveries now',
    description:
      'Everything that waits is due now, whatever its schedule, and is sent as fast as the endpoint can take it. If the endpoint is down, this ends the pause.',
    responses: { 202: jsonResponse('The subscription, with what waits in its health.', subscription) },
    problems: { 409: 'The subscription is disabled or was paused by its owner.' },
  },
  listAttemptsOfSubscription: {
    summary: 'List attempts: the request log',
    query: listQuery(attemptFilterSchema, { type: OF_TYPE, ...ATTEMPT_FILTERS }),
    responses: { 200: jsonResponse('A page of attempts, newest first.', attemptPage) },
  },
  listPendingDeliveries: {
    summary: 'List pending deliveries',
    description:
      'Everything that waits: for its next attempt, for its turn, or until the endpoint works again.',
    query: listQuery(deliveryFilterSchema, {
      state: 'The only state. Deliveries that are no longer pending are in the request log.',
    }),
    responses: {
      200: jsonResponse(
        'A page of pending deliveries, the first due first.',
        pageOf('PendingDeliveryPage', pending),
      ),
    },
  },
});
