import * as z from 'zod';
import { eventReplaySchema, MOST_RESENT, replaySchema, resendSchema } from '../api-schemas/replay.ts';
import { bodies, named, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { chapter, jsonBody, jsonResponse } from './operation.ts';

const ONLY =
  '`failed`: deliveries whose last attempt failed, also those that still wait for a retry. `all`: every matching event. `missing`: matching events that were ' +
  'never attempted, for example because they are older than the subscription.';

const only = named('ReplaySelection', replaySchema.shape.only.unwrap());

const request = bodies.add('ReplayRequest', replaySchema, {
  fields: {
    since: 'Events that were accepted at this time or later.',
    until: 'Events that were accepted at this time or earlier; not before `since`. Default and latest: now.',
    only: ONLY,
  },
  example: { since: '2026-11-20T00:00:00Z', only: 'missing' },
});

const eventRequest = bodies.add('EventReplayRequest', eventReplaySchema, {
  fields: { subscriptionId: 'The subscription to deliver to. Default: all that match the event now.' },
  example: { subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' },
});

const resend = bodies.add('ResendRequest', resendSchema, {
  fields: { deliveries: `The deliveries, 1 to ${MOST_RESENT}. One that is named twice is made once.` },
  example: {
    deliveries: [{ eventId: 'invoice-1-paid', subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' }],
  },
});

const time = z.iso.datetime();
/** The members of a replay. */
export const replayShape = {
  id: z.string(),
  state: views.add('ReplayState', z.enum(['running', 'done', 'cancelled']), {
    description: '`cancelled`: someone has cancelled it, or the subscription was disabled or removed.',
  }),
  done: z
    .int()
    .min(0)
    .describe(
      'The number of deliveries that were put into the subscription’s mailbox, at the pace at which the endpoint takes them.',
    ),
  total: z
    .int()
    .min(0)
    .describe('How many deliveries it makes in all: an estimate while it is running, exact afterwards.'),
  endsAt: time
    .nullable()
    .describe('When it ends, an estimate; null while there is none, and when it has ended.'),
  since: time,
  until: time,
  only: only.describe(ONLY),
  requestedAt: time,
  endedAt: time.nullable().describe('Null while it is running, and if a version before 0.2 has ended it.'),
};
export const replayExample = {
  id: 'job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  state: 'running',
  done: 20,
  total: 53,
  endsAt: '2026-11-21T20:05:03.000Z',
  since: '2026-11-20T00:00:00.000Z',
  until: '2026-11-21T20:04:48.000Z',
  only: 'missing',
  requestedAt: '2026-11-21T20:04:48.000Z',
  endedAt: null,
};
const job = views.add('ReplayJob', z.strictObject(replayShape), { example: replayExample });

const accepted = views.add('EventReplay', z.strictObject({ id: z.string() }), {
  description: 'The replay’s id; no endpoint takes it.',
  example: { id: 'rpl_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA' },
});

const jobs = pageOf('ReplayJobPage', job);

export const replay = chapter('Replay', {
  replaySubscription: {
    summary: 'Replay a subscription’s deliveries',
    description: 'A request with `ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.',
    body: jsonBody(request),
    responses: { 202: jsonResponse('The job.', job) },
    problems: {
      409: 'The subscription is disabled, or another of its jobs is running.',
      429: 'The project runs as many jobs as it may, or API Gateway throttles the request.',
    },
  },
  getReplayJob: {
    summary: 'Show the progress of a replay',
    description: 'A job can be looked up for 30 days.',
    responses: { 200: jsonResponse('The job.', job) },
  },
  listReplayJobs: {
    summary: 'List a subscription’s replays',
    description: 'The jobs of the last 30 days, the newest first.',
    query: listQuery(),
    responses: { 200: jsonResponse('The jobs.', jobs) },
  },
  cancelReplayJob: {
    summary: 'Cancel a replay',
    description:
      'The rest of its deliveries is not made. Those in the subscription’s mailbox already, at most 100, still are. A job that has ' +
      'ended stays as it is.',
    responses: { 200: jsonResponse('The job.', job) },
  },
  resendDeliveries: {
    summary: 'Make some deliveries again',
    description:
      'All of them or, if one cannot be made, none. Each is made as by the replay of its event for one subscription. A request with `ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.',
    body: jsonBody(resend),
    once: true,
    responses: { 202: jsonResponse('A queue has accepted the replay.', accepted) },
    problems: {
      409: 'A request with this `Idempotency-Key` is in progress, or another API key used it.',
      503:
        'Not all deliveries could be queued, or the key could not be looked up. Send the request again, with the same ' +
        '`Idempotency-Key`: what has been delivered is not made again.',
    },
  },
  replayEvent: {
    summary: 'Replay an event',
    description: 'A request with `ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.',
    body: { ...jsonBody(eventRequest), optional: true },
    responses: { 202: jsonResponse('A queue has accepted the replay.', accepted) },
    problems: {
      409: 'The event is suppressed: it is delivered to nobody. Or its data was erased.',
      503: 'The replay could not be queued, or the key could not be looked up. Send the request again.',
    },
  },
});
