import * as z from 'zod';
import {
  eventAttemptFilterSchema,
  eventDeliveryFilterSchema,
  eventFilterSchema,
  projectAttemptFilterSchema,
} from '../api-schemas/list-query.ts';
import {
  ATTEMPT_FILTERS,
  attempt,
  attemptError,
  attemptPage,
  OF_TYPE,
  outcome,
  traceId,
  trigger,
} from './attempt.ts';
import { named, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { chapter, jsonResponse } from './operation.ts';

const time = z.iso.datetime();

const summaryShape = {
  id: z.string(),
  type: z.string(),
  time: time.describe('When the event happened.'),
  acceptedAt: time.describe('When Ancrage accepted it.'),
  suppress: z.boolean().optional().describe('True if the event is delivered to nobody; missing otherwise.'),
};
const summaryExample = {
  id: 'invoice-1-paid',
  type: 'invoice.paid',
  time: '2026-11-21T20:04:48.000Z',
  acceptedAt: '2026-11-21T20:04:48.051Z',
};

const summary = views.add('EventSummary', z.strictObject(summaryShape), { example: summaryExample });

const stateShape = {
  subscriptionId: z.string(),
  state: named('DeliveryStatus', eventDeliveryFilterSchema.shape.state.unwrap(), {
    description:
      '`pending`: another attempt is due. `cancelled`: it will not be made. `erased`: nor will it, because the event’s data was erased.',
  }),
  attempts: z.int().min(0).describe('The number of attempts so far.'),
  nextAttemptAt: time.nullable(),
};

const deliveryState = views.add('DeliveryState', z.strictObject(stateShape), {
  description: 'The state of the delivery to one subscription.',
});

const projectAttemptPage = pageOf(
  'ProjectAttemptPage',
  views.add(
    'ProjectAttempt',
    attempt.extend({
      subscriptionName: z.string().nullable().describe('Null if the subscription has none, or is gone.'),
    }),
    { description: 'An attempt with the name of its subscription.' },
  ),
);

const lastAttempt = views.add(
  'LastAttempt',
  z.strictObject({
    id: z.string(),
    number: z.int().min(1),
    trigger,
    at: time,
    durationMs: z.number().min(0),
    outcome,
    status: z.int().nullable().describe('The status of the response; null if there was none.'),
    error: attemptError.nullable().describe('See `Attempt.error`.'),
    detail: z.string().optional().describe('Details of the error.'),
  }),
  { description: 'The last attempt of a delivery, without request and response.' },
);

const eventDelivery = views.add(
  'EventDelivery',
  z.strictObject({
    ...stateShape,
    name: z.string().nullable().describe('The subscription’s name; null if it has none, or is gone.'),
    url: z
      .string()
      .nullable()
      .describe(
        'The subscription’s URL; null if it is gone. Below the scope `manage`, what may be a credential is left out.',
      ),
    lastAttempt: lastAttempt.nullable().describe('Null before the first attempt.'),
  }),
  {
    example: {
      subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
      name: 'Billing sync',
      url: 'https://example.com/hook',
      state: 'delivered',
      attempts: 4,
      nextAttemptAt: null,
      lastAttempt: {
        id: 'att_1mBRyKCGr2l9s8a7dQpXzw',
        number: 4,
        trigger: 'retry',
        at: '2026-11-21T20:34:48.120Z',
        durationMs: 87,
        outcome: 'success',
        status: 200,
        error: null,
      },
    },
  },
);

const event = views.add(
  'Event',
  z.strictObject({
    ...summaryShape,
    source: z.string().optional().describe('Where the event is from, if its publisher said so.'),
    publisherId: z
      .string()
      .optional()
      .describe('The publisher’s own id, if the `id` is derived from it and the `source`.'),
    erasedAt: time.optional().describe('When its data was erased: then it has none of the members below.'),
    data: z
      .unknown()
      .optional()
      .describe('Exactly as it was published: an object, or what a CloudEvent had. Bytes are base64.'),
    actor: z.record(z.string(), z.unknown()).optional(),
    changes: z
      .record(z.string(), z.strictObject({ from: z.unknown(), to: z.unknown() }))
      .optional()
      .describe('Given by the publisher, or computed from `previous`.'),
    orderingKey: z.string().optional(),
    traceId: traceId.describe('The trace that its publication belongs to, if there is one.'),
    deliveries: z
      .array(deliveryState)
      .describe(
        'The deliveries that were attempted or are held: all of them up to about a thousand, see the list of its deliveries for more.',
      ),
  }),
  {
    example: {
      ...summaryExample,
      data: { id: 'inv_1', total: 120.5 },
      actor: { id: 7, name: 'Ada Lovelace' },
      changes: { total: { from: 100, to: 120.5 } },
      orderingKey: 'inv_1',
      deliveries: [
        {
          subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
          state: 'delivered',
          attempts: 2,
          nextAttemptAt: null,
        },
      ],
    },
  },
);

const OF_SUBSCRIPTION = 'Only attempts for the subscription with this id.';

export const eventLog = chapter('Events', {
  listEvents: {
    summary: 'List events',
    query: listQuery(eventFilterSchema, {
      type: 'Only events of exactly this type.',
      since: 'Only events that were accepted at this time or later.',
      until: 'Only events that were accepted at this time or earlier.',
    }),
    responses: { 200: jsonResponse('A page of events, newest first.', pageOf('EventPage', summary)) },
  },
  getEvent: {
    summary: 'Show an event and its deliveries',
    description: 'A published event appears a moment after the 202.',
    responses: { 200: jsonResponse('The event.', event) },
  },
  listAttempts: {
    summary: 'List the attempts of a project',
    description:
      'Those of all its subscriptions, test requests included. An attempt appears when the invocation that made it ends: ' +
      'within seconds as a rule, 75 seconds later at most. An attempt may be missing here: its reference is written once, and ' +
      'a write that fails is not repaired. Attempts of before the upgrade to version 0.2 are missing. The lists of a ' +
      'subscription’s and of an event’s attempts are complete.',
    query: listQuery(projectAttemptFilterSchema, {
      type: OF_TYPE,
      subscription: OF_SUBSCRIPTION,
      ...ATTEMPT_FILTERS,
    }),
    responses: { 200: jsonResponse('A page of attempts, newest first.', projectAttemptPage) },
  },
  listAttemptsOfEvent: {
    summary: 'List the attempts to deliver an event',
    query: listQuery(eventAttemptFilterSchema, {
      subscription: OF_SUBSCRIPTION,
      ...ATTEMPT_FILTERS,
    }),
    responses: { 200: jsonResponse('A page of attempts, highest number first.', attemptPage) },
  },
  listDeliveriesOfEvent: {
    summary: 'List the deliveries of an event',
    description:
      'The deliveries that were attempted or are held. A page looks at a thousand subscriptions at most, so with a filter it may be ' +
      'empty although another one follows.',
    query: listQuery(eventDeliveryFilterSchema, {
      name: 'Match part of the subscription’s name or of the URL’s host, whatever its case, or the exact id.',
      state: 'Only deliveries in this state.',
    }),
    responses: {
      200: jsonResponse(
        'A page of deliveries, those to the oldest subscriptions first.',
        pageOf('EventDeliveryPage', eventDelivery),
      ),
    },
  },
  getAttempt: {
    summary: 'Show an attempt with all that is kept of it',
    description:
      'Of failures, and with `log: "full"` of successes, every header and up to 16 KB of each body. Lists show about 1 KB.',
    responses: { 200: jsonResponse('The attempt.', attempt) },
  },
});
