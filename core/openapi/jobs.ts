import * as z from 'zod';
import { jobFilterSchema } from '../api-schemas/list-query.ts';
import { views } from './components.ts';
import { erasureShape } from './erasures.ts';
import { listQuery, pageOf } from './listing.ts';
import { chapter, jsonResponse } from './operation.ts';
import { replayExample, replayShape } from './replay.ts';

const replay = views.add(
  'ListedReplay',
  z.strictObject({
    kind: z.literal('replay'),
    subscriptionId: z.string().describe('The subscription whose deliveries it makes again.'),
    subscriptionName: z.string().nullable().describe('Null if it has none, or is gone.'),
    ...replayShape,
  }),
);

const erasure = views.add('ListedErasure', z.strictObject({ kind: z.literal('erasure'), ...erasureShape }));

const job = views.add('Job', z.union([replay, erasure]), {
  description: 'A replay or an erasure, as `kind` says.',
  example: {
    kind: 'replay',
    subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
    subscriptionName: 'Billing sync',
    ...replayExample,
  },
});

export const jobs = chapter('Jobs', {
  listJobs: {
    summary: 'List a project’s jobs',
    description:
      'The replays of all subscriptions, and for keys with the scope `manage` the erasures, of the last 30 days, the newest first. ' +
      'Replays that were started before the upgrade to 0.2 appear only in the list of their subscription.',
    query: listQuery(jobFilterSchema, {
      kind: 'Only replays or only erasures.',
      state: 'Only jobs in this state. An erasure cannot be cancelled.',
    }),
    responses: { 200: jsonResponse('The jobs.', pageOf('JobPage', job)) },
  },
});
