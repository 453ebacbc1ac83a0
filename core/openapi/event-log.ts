import * as z from 'zod';
import { eventFilterSchema } from '../api-schemas/list-query.ts';
import { attemptPage } from './attempt.ts';
import { views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { jsonAnswer, type Operations } from './operation.ts';

const time = z.iso.datetime();

const summaryShape = {
  id: z.string(),
  type: z.string(),
  time: time.describe('When it happened.'),
  acceptedAt: time.describe('When Ancrage took it.'),
  suppress: z.literal(true).optional().describe('There where it is delivered to nobody.'),
};
const summaryExample = {
  id: 'invoice-1-paid',
  type: 'invoice.paid',
  time: '2026-11-21T20:04:48.000Z',
  acceptedAt: '2026-11-21T20:04:48.051Z',
};

const summary = views.add('EventSummary', z.strictObject(summaryShape), { examples: [summaryExample] });

const deliveryState = views.add(
  'DeliveryState',
  z.strictObject({
    subscriptionId: z.string(),
    state: z
      .enum(['delivered', 'pending', 'failed', 'cancelled'])
      .describe('`pending`: another attempt is due. `cancelled`: it will not be made.'),
    attempts: z.int().min(0).describe('How many were made.'),
    nextAttemptAt: time.nullable(),
  }),
  { description: 'How far the delivery to one subscription is.' },
);

const event = views.add(
  'Event',
  z.strictObject({
    ...summaryShape,
    data: z.record(z.string(), z.unknown()).describe('As it was published, to the letter.'),
    actor: z.record(z.string(), z.unknown()).optional(),
    changes: z
      .record(z.string(), z.strictObject({ from: z.unknown(), to: z.unknown() }))
      .optional()
      .describe('Given, or computed from what `data` was before.'),
    deliveries: z.array(deliveryState).describe('Of those that have been tried, or are held.'),
  }),
  {
    examples: [
      {
        ...summaryExample,
        data: { id: 'inv_1', total: 120.5 },
        actor: { id: 7, name: 'Ada Lovelace' },
        changes: { total: { from: 100, to: 120.5 } },
        deliveries: [
          {
            subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
            state: 'delivered',
            attempts: 2,
            nextAttemptAt: null,
          },
        ],
      },
    ],
  },
);

export const eventLog = {
  listEvents: {
    tag: 'Events',
    summary: 'List events',
    query: listQuery(eventFilterSchema, {
      type: 'Only events of just this type.',
      since: 'Only events that were accepted then or later.',
      until: 'Only events that were accepted then or earlier.',
    }),
    answers: { 200: jsonAnswer('A page of events, the newest first.', pageOf('EventPage', summary)) },
  },
  getEvent: {
    tag: 'Events',
    summary: 'Show an event and its deliveries',
    description: 'There a moment after the 202.',
    answers: { 200: jsonAnswer('The event.', event) },
  },
  listAttemptsOfEvent: {
    tag: 'Events',
    summary: 'List the attempts to deliver an event',
    query: listQuery(),
    answers: { 200: jsonAnswer('A page of attempts, the highest number first.', attemptPage) },
  },
} satisfies Operations;
