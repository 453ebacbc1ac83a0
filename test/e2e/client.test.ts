import { beforeAll, describe, expect, it } from 'vitest';
import { type AncrageClient, createAncrageClient, reasonOf } from '../../client/index.ts';
import { useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('the typed client', () => {
  const stack = useStack();
  const receiver = useReceiver();
  let ancrage: AncrageClient;
  beforeAll(async () => {
    const { apiUrl: baseUrl, adminKey: apiKey } = stack().outputs;
    ancrage = createAncrageClient({ baseUrl, apiKey });
  });
  const path = () => ({ project: stack().project });

  it('subscribes, publishes and shows the attempt', async () => {
    const created = await ancrage.POST('/v1/projects/{project}/subscriptions', {
      params: { path: path() },
      body: { url: receiver.url(), events: ['invoice.*'], retry: [60], metadata: { team: 'finance' } },
    });
    if (created.data === undefined) throw new Error(reasonOf(created.error));
    const { id, secret, health } = created.data;
    expect(health).toMatchObject({ mode: 'paced', reason: 'new', held: 0 });

    const published = await ancrage.POST('/v1/projects/{project}/events', {
      params: { path: path() },
      body: [{ type: 'invoice.paid', data: { total: 120.5, lines: [{ price: 1 }] }, actor: { id: 7 } }],
    });
    const [eventId = ''] = published.data && 'ids' in published.data ? published.data.ids : [];
    const [request] = await receiver.waitFor(1);
    if (request === undefined) throw new Error('unreachable');
    expect(verify(secret, request)).toMatchObject({ data: { total: 120.5 } });

    const attempts = () =>
      ancrage.GET('/v1/projects/{project}/subscriptions/{id}/attempts', {
        params: { path: { ...path(), id }, query: { limit: 10 } },
      });
    await stack().attempts(id, 1);
    const [attempt] = (await attempts()).data?.data ?? [];
    expect(attempt).toMatchObject({ eventId, outcome: 'success', number: 1, response: { status: 200 } });
    const event = await ancrage.GET('/v1/projects/{project}/events/{id}', {
      params: { path: { ...path(), id: eventId } },
    });
    expect(event.data?.deliveries.map(({ state }) => state)).toEqual(['delivered']);
  });

  it('reads, changes, lists and removes subscriptions', async () => {
    const { data: created } = await ancrage.POST('/v1/projects/{project}/subscriptions', {
      params: { path: path() },
      body: { url: receiver.url('/other'), events: ['other'], enabled: false },
    });
    const one = { params: { path: { ...path(), id: created?.id ?? '' } } };
    const { data: changed } = await ancrage.PATCH('/v1/projects/{project}/subscriptions/{id}', {
      ...one,
      body: { name: 'Renamed', enabled: true },
    });
    expect(changed).toMatchObject({ id: created?.id, name: 'Renamed', disabledReason: null });
    expect((await ancrage.GET('/v1/projects/{project}/subscriptions/{id}', one)).data).toEqual(changed);
    const { data: page } = await ancrage.GET('/v1/projects/{project}/subscriptions', {
      params: { path: path() },
    });
    expect(page?.data).toContainEqual(changed);
    const removed = await ancrage.DELETE('/v1/projects/{project}/subscriptions/{id}', one);
    expect([removed.response.status, removed.error]).toEqual([204, undefined]);
    const { data, error, response } = await ancrage.GET('/v1/projects/{project}/subscriptions/{id}', one);
    expect([data, response.status]).toEqual([undefined, 404]);
    expect(error && reasonOf(error)).toBe(`There is no subscription "${created?.id}".`);
  });

  it('reports every fault of a rejected request', async () => {
    const { error } = await ancrage.POST('/v1/projects/{project}/subscriptions', {
      params: { path: path() },
      body: { url: 'ftp://example.com', events: [], timeoutSeconds: 31 },
    });
    const faults = error && 'errors' in error ? (error.errors ?? []) : [];
    expect(faults.map((fault) => fault.path).toSorted()).toEqual(['events', 'timeoutSeconds', 'url']);
  });

  it('rejects at compile time what the API would reject', async () => {
    const { response } = await ancrage.POST('/v1/projects/{project}/subscriptions', {
      params: { path: path() },
      // @ts-expect-error: there is no such format
      body: { url: 'https://example.com', events: ['a'], format: 'xml' },
    });
    expect(response.status).toBe(422);
  });
});
