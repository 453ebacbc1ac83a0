/** A round with openapi-fetch and the types of openapi-typescript: API URL, key, project, hook URL and event id in, JSON out. */

import { setTimeout } from 'node:timers/promises';
import { createAncrageClient } from '../../../../client/index.ts';

const [baseUrl = '', apiKey = '', project = '', url = '', id = ''] = process.argv.slice(2);
const client = createAncrageClient({ baseUrl, apiKey });
const path = { project };

const { data: eventType } = await client.PUT('/v1/projects/{project}/event-types/{type}', {
  params: { path: { ...path, type: 'invoice.paid' } },
  body: { description: 'Paid', schema: { type: 'object', required: ['total'] } },
});

const { data: subscription } = await client.POST('/v1/projects/{project}/subscriptions', {
  params: { path },
  body: { url, events: ['invoice.paid'], retry: 'none', rateLimit: { perSecond: 100 } },
});

const publish = (data: Record<string, unknown>) =>
  client.POST('/v1/projects/{project}/events', {
    params: { path },
    body: { type: 'invoice.paid', id, data },
  });
const { data: accepted } = await publish({ total: 120.5 });
const { error: problem } = await publish({});
if (accepted === undefined || !('id' in accepted)) throw new Error('No event was accepted.');
if (problem === undefined || !('status' in problem)) throw new Error('The second event was accepted.');

const attemptsOf = async () => {
  // Until the event is stored, it is not found.
  const { data } = await client.GET('/v1/projects/{project}/events/{id}/attempts', {
    params: { path: { ...path, id } },
  });
  return data?.data ?? [];
};
let [attempt] = await attemptsOf();
for (; attempt === undefined; [attempt] = await attemptsOf()) await setTimeout(100);

const result = {
  eventType: eventType?.type,
  subscription: subscription?.id,
  retry: subscription?.retry,
  mode: subscription?.health.mode,
  accepted: accepted.id,
  problem: { status: problem.status, paths: problem.errors?.map((error) => error.path) },
  attempt: {
    subscription: attempt.subscriptionId,
    outcome: attempt.outcome,
    status: attempt.response?.status,
    error: attempt.error,
  },
};
process.stdout.write(JSON.stringify(result));
