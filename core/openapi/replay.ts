import * as z from 'zod';
import { eventReplaySchema, replaySchema } from '../api-schemas/replay.ts';
import { bodies, views } from './components.ts';
import { jsonAnswer, jsonBody, type Operations } from './operation.ts';

const ONLY =
  '`failed`: deliveries that have ended without success. `all`. `missing`: events that match and were never ' +
  'attempted, say because the subscription is newer than they are.';

const request = bodies.add('ReplayRequest', replaySchema, {
  fields: {
    since: 'Events that were accepted from then on.',
    until: 'Until then, not before `since`; now where there is none, or where it is later.',
    only: ONLY,
  },
  examples: [{ since: '2026-11-20T00:00:00Z', only: 'missing' }],
});

const eventRequest = bodies.add('EventReplayRequest', eventReplaySchema, {
  fields: { subscriptionId: 'To this subscription, or to all that want the event now.' },
  examples: [{ subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' }],
});

const time = z.iso.datetime();
const job = views.add(
  'ReplayJob',
  z.strictObject({
    id: z.string(),
    state: z
      .enum(['running', 'done', 'cancelled'])
      .describe('`cancelled`: the subscription was disabled or removed.'),
    done: z.int().min(0).describe('How many were handed to the retries queue, at most ten a second.'),
    total: z.int().min(0).describe('How many there are, as far as they are counted.'),
    since: time,
    until: time,
    only: z.enum(['failed', 'all', 'missing']).describe(ONLY),
    requestedAt: time,
  }),
  {
    examples: [
      {
        id: 'job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
        state: 'running',
        done: 20,
        total: 53,
        since: '2026-11-20T00:00:00.000Z',
        until: '2026-11-21T20:04:48.000Z',
        only: 'missing',
        requestedAt: '2026-11-21T20:04:48.000Z',
      },
    ],
  },
);

const accepted = views.add('EventReplay', z.strictObject({ id: z.string() }), {
  description: 'The replay’s id, which nothing can be asked by.',
  examples: [{ id: 'rpl_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' }],
});

export const replay = {
  replaySubscription: {
    tag: 'Replay',
    summary: 'Send a subscription’s deliveries again',
    body: jsonBody(request),
    answers: { 202: jsonAnswer('The job.', job) },
    problems: { 409: 'The subscription is disabled, or another job of it is running.' },
  },
  getReplayJob: {
    tag: 'Replay',
    summary: 'Show how far a replay is',
    description: 'A job can be asked about for 30 days.',
    answers: { 200: jsonAnswer('The job.', job) },
  },
  replayEvent: {
    tag: 'Replay',
    summary: 'Send one event again',
    body: { ...jsonBody(eventRequest), optional: true },
    answers: { 202: jsonAnswer('A queue has it.', accepted) },
    problems: {
      409: 'The event is suppressed: it is delivered to nobody.',
      503: 'It could not be queued, or the key not be looked up. Send the request again.',
    },
  },
} satisfies Operations;
