import { createAncrageClient, reasonOf } from './index.ts';

const ancrage = createAncrageClient({
  baseUrl: process.env.ANCRAGE_URL ?? 'http://127.0.0.1:3000',
  apiKey: process.env.ANCRAGE_KEY ?? '',
});
const path = { project: 'demo' };

const { data: subscription, error } = await ancrage.POST('/v1/projects/{project}/subscriptions', {
  params: { path },
  body: { url: 'https://example.com/hook', events: ['invoice.*'] },
});
if (subscription === undefined) throw new Error(reasonOf(error));

await ancrage.POST('/v1/projects/{project}/events', {
  params: { path },
  body: { type: 'invoice.paid', data: { id: 'inv_1', total: 120.5 } },
});

const { data: attempts } = await ancrage.GET('/v1/projects/{project}/subscriptions/{id}/attempts', {
  params: { path: { ...path, id: subscription.id }, query: { limit: 10 } },
});
for (const { at, outcome, response } of attempts?.data ?? [])
  process.stdout.write(`${at} ${outcome} ${response?.status}\n`);
