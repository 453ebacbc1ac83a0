import * as z from 'zod';
import { erasureSchema } from '../api-schemas/erasure.ts';
import { bodies, views } from './components.ts';
import { listQuery, pageOf } from './listing.ts';
import { chapter, jsonBody, jsonResponse } from './operation.ts';

const ACTOR =
  'What the `actor` of an event must have: each member that is given, with the same value. `7` and `"7"` differ.';

const request = bodies.add('ErasureRequest', erasureSchema, {
  fields: { actor: { description: ACTOR, minProperties: 1 } },
  example: { actor: { email: 'ada@example.com' } },
});

const time = z.iso.datetime();

/** The members of an erasure. */
export const erasureShape = {
  id: z.string(),
  state: views.add('ErasureState', z.enum(['running', 'done'])),
  examined: z.int().min(0).describe('The events that were looked at, the oldest first, each once.'),
  erased: z.int().min(0).describe('Those of them whose data was erased.'),
  reachedAt: time.nullable().describe('When the last of them was accepted. The job ends at `requestedAt`.'),
  requestedAt: time.describe('Events that are accepted later are left alone.'),
  endedAt: time.nullable().describe('Null while it is running.'),
  actor: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('As it was given; null once the job has ended.'),
};
const erasure = views.add('Erasure', z.strictObject(erasureShape), {
  example: {
    id: 'era_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
    state: 'running',
    examined: 12_300,
    erased: 17,
    reachedAt: '2026-11-20T07:30:00.000Z',
    requestedAt: '2026-11-21T20:04:48.000Z',
    endedAt: null,
    actor: { email: 'ada@example.com' },
  },
});

export const erasures = chapter('Erasure', {
  eraseEventData: {
    summary: 'Erase an event’s data',
    description:
      'Its id, type, source and times stay, and the outcomes, statuses and times of its attempts. Deliveries that wait end as `erased`, ' +
      'and no request that begins ten seconds later has the data. It may be repeated, and also takes the event’s id of a test request, ' +
      'whose attempt has a copy of another event’s data.',
    responses: { 204: { description: 'It is erased, or there is no such event.' } },
    problems: {
      503:
        'The event is erased, but not yet all of its attempts: the rest is erased within minutes. Or the key could not be looked up. ' +
        'Send the request again.',
    },
  },
  startErasure: {
    summary: 'Erase the data of an actor’s events',
    description:
      'A job looks at all events of the project that were accepted until now, and erases the data of those that the actor caused. Only the ' +
      '`actor` of an event is looked at, not its data. After four minutes the job looks at the latest events again, for those that were ' +
      'accepted before the request and stored later; another job may run meanwhile.',
    body: jsonBody(request),
    responses: { 202: jsonResponse('The job.', erasure) },
    problems: { 409: 'Another erasure of the project is running.' },
  },
  listErasures: {
    summary: 'List erasures',
    description: 'The jobs of the last 30 days, the newest first.',
    query: listQuery(),
    responses: { 200: jsonResponse('The jobs.', pageOf('ErasurePage', erasure)) },
  },
  getErasure: {
    summary: 'Show the progress of an erasure',
    description: 'A job can be looked up for 30 days.',
    responses: { 200: jsonResponse('The job.', erasure) },
  },
});
