import { beforeAll, describe, expect, it } from 'vitest';
import { toPathSegment } from '../../client/path-segment.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('event types', () => {
  const stack = useStack();
  const receiver = useReceiver();
  let schemas: string;
  beforeAll(async () => {
    schemas = await stack().newProject('schemas');
  });

  const types = 'event-types';
  const one = (type: string) => `${types}/${toPathSegment(type)}`;
  const paths = (body: { errors: { path: string }[] }) => body.errors.map(({ path }) => path);

  it.each(['invoice.paid', 'Sales Invoice.on_update', 'é ö?&%.x', '17'])(
    'are put, read, replaced and deleted exactly as they were written: %s',
    async (type) => {
      const settings =
        '{"schema":{"b":1.10,"a":[12345678901234567890]},"samples":[{"10":1.10,"9":"é\\u00e9"}]';
      const put = await stack().call('PUT', one(type), `${settings}, "description": "A type" }`);
      const text = `{"type":${JSON.stringify(type)},"description":"A type",${settings.slice(1)},"archived":false}`;
      expect([put.status, put.text]).toEqual([200, text]);
      expect((await stack().call('GET', one(type))).text).toBe(text);
      const replaced = await stack().call('PUT', one(type), {});
      expect(replaced.body).toEqual({ type, description: null, schema: null, samples: [], archived: false });
      for (const _ of [1, 2]) expect((await stack().call('DELETE', one(type))).status).toBe(204);
      expect((await stack().call('GET', one(type))).status).toBe(404);
      expect((await stack().call('GET', `${one(type)}/samples`)).status).toBe(404);
    },
  );

  it('are listed by name, page by page, and archived ones only on request', async () => {
    await stack().call('PUT', one('NewDeal'), { archived: true });
    const names = async (query: string) => {
      const { body } = await stack().call('GET', `${types}?limit=4${query}`);
      return { names: body.data.map(({ type }: { type: string }) => type), cursor: body.cursor };
    };
    const first = await names('');
    expect(first.names).toEqual(['NewCustomer', 'NewOpportunity', 'NewProspect', 'NewSubcontractor']);
    const next = await names(`&cursor=${first.cursor}`);
    expect(next).toEqual({ names: ['NewSuspect'], cursor: null });
    expect((await names('&includeArchived=true')).names).toContain('NewDeal');
    expect((await stack().call('GET', `${types}?includeArchived=maybe`)).status).toBe(422);
  });

  it('work as before when they are archived', async () => {
    await stack().call('PUT', one('old.type'), { archived: true });
    await stack().subscribe({ url: receiver.url('/old'), events: ['old.type'] });
    expect((await stack().publish({ type: 'old.type', data: {} })).status).toBe(202);
    await receiver.waitFor(1, to('/old'));
  });

  it('have the latest events as samples, and the registered samples until there are events', async () => {
    const samples = () => stack().call('GET', `${one('sampled')}/samples`);
    expect((await samples()).status).toBe(404);
    await stack().call('PUT', one('sampled'), {});
    expect((await samples()).text).toBe('{"data":[],"cursor":null}');
    await stack().call('PUT', one('sampled'), '{"samples":[{"n":1.0},{"n":2.0}]}');
    expect((await samples()).text).toBe('{"data":[{"n":1.0},{"n":2.0}],"cursor":null}');
    for (const n of [3, 4, 5, 6]) {
      const { body } = await stack().publish(`{"type":"sampled","data":{"n":${n}.0}}`);
      await stack().storedEvent(body.id);
    }
    expect((await samples()).text).toBe('{"data":[{"n":6.0},{"n":5.0},{"n":4.0}],"cursor":null}');
  });

  it.each<[string, string, unknown, number, string[]]>([
    ['a wildcard', 'a.*', {}, 422, ['type']],
    ['an empty segment', 'a..b', {}, 422, ['type']],
    ['a reserved type', 'ancrage.delivery.exhausted', {}, 422, ['type']],
    ['a name of 3000 characters', 'x'.repeat(3000), {}, 422, ['type']],
    ['an array', 'a', [], 422, ['']],
    ['null', 'a', 'null', 422, ['']],
    ['unknown fields', 'a', { colour: 'red' }, 422, ['']],
    ['samples that are no objects', 'a', { samples: [{}, 1, []] }, 422, ['samples.1', 'samples.2']],
    ['eleven samples', 'a', { samples: Array.from({ length: 11 }, () => ({})) }, 422, ['samples']],
    ['large samples', 'a', { samples: [{ x: 'x'.repeat(140_000) }] }, 422, ['samples']],
    [
      'every fault of settings and schema',
      'a',
      {
        description: 1,
        archived: 'no',
        schema: { type: 'text', properties: { a: { minimum: 'x' }, b: { pattern: '(?=x)' } } },
      },
      422,
      [
        'description',
        'archived',
        'schema.type',
        'schema.properties.a.minimum',
        'schema.properties.b.pattern',
      ],
    ],
    ['a schema that is text', 'a', { schema: '{}' }, 422, ['schema']],
    ['a remote reference', 'a', { schema: { $ref: 'https://example.com/s' } }, 422, ['schema.$ref']],
    ['a schema above 32 KB', 'a', { schema: { description: 'x'.repeat(33_000) } }, 422, ['schema']],
  ])('are rejected with %s', async (_name, type, body, status, faults) => {
    const answer = await stack().call('PUT', one(type), body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(paths(answer.body)).toEqual(faults);
  });

  it('are rejected without JSON, with too much of it, with another content type, and without a project', async () => {
    expect((await stack().call('PUT', one('a'), '{')).status).toBe(422);
    expect((await stack().call('PUT', one('a'), `{"description":"${'x'.repeat(300_000)}"}`)).status).toBe(
      413,
    );
    const headers = { 'content-type': 'text/plain' };
    expect((await stack().call('PUT', one('a'), '{}', { headers })).status).toBe(415);
    expect((await stack().call('PUT', '/v1/projects/nowhere/event-types/a', {})).status).toBe(404);
    expect((await stack().call('GET', one('x'.repeat(3000)))).status).toBe(404);
    expect((await stack().call('DELETE', one('x'.repeat(3000)))).status).toBe(204);
    expect((await stack().call('GET', one('a'))).status).toBe(404);
  });

  it('are changed by keys with the scope manage, and read by keys with the scope read', async () => {
    const path = `/v1/projects/${schemas}/event-types/a`;
    const as = async (scope: string) => ({ bearer: (await stack().newKey([scope], schemas)).secret });
    expect((await stack().call('PUT', path, {}, await as('read'))).status).toBe(403);
    expect((await stack().call('PUT', path, {}, await as('manage'))).status).toBe(200);
    expect((await stack().call('GET', path, undefined, await as('read'))).status).toBe(200);
    expect((await stack().call('GET', path, undefined, await as('publish'))).status).toBe(403);
    expect((await stack().call('DELETE', path, undefined, await as('read'))).status).toBe(403);
    expect((await stack().call('GET', one('NewDeal'), undefined, await as('read'))).status).toBe(404);
  });

  // Registered before anything is published to its project: a function caches for a minute that a type has no schema.
  describe('with a schema', () => {
    const schema = {
      required: ['total'],
      properties: {
        total: { type: 'number', multipleOf: 0.01 },
        code: { pattern: '^INV-\\d+$' },
        lines: { items: { required: ['price'] } },
      },
    };
    beforeAll(async () => {
      await stack().call('PUT', `/v1/projects/${schemas}/event-types/strict`, { schema });
      await stack().subscribe({ url: receiver.url('/strict'), events: ['*'] }, schemas);
    });
    const publish = (events: unknown) => stack().publish(events, schemas);
    const good = (id: string) => ({ type: 'strict', id, data: { total: 19.99, code: 'INV-1' } });

    it('reject an array over HTTPS with every fault if one event does not fit, and send none of it', async () => {
      const alone = await publish({ type: 'strict', data: { total: '1', code: 'x', lines: [{}] } });
      expect([alone.status, paths(alone.body)]).toEqual([
        422,
        ['data.total', 'data.code', 'data.lines.0.price'],
      ]);
      const many = await publish([
        good('s1'),
        { type: 'strict', data: {} },
        { type: 'a..b', data: 1 },
        good('s2'),
      ]);
      expect(many.status).toBe(422);
      expect(paths(many.body)).toEqual(['1.data.total', '2.type', '2.data']);
      expect((await publish({ type: 'other', id: 's3', data: { total: '1' } })).status).toBe(202);
      expect((await publish([good('s4'), good('s5')])).status).toBe(202);
      await receiver.waitFor(3, to('/strict'));
      await stack().idle('events', 'internal', 'deliveries', 'pumps');
      const ids = receiver.requests.filter(to('/strict')).map(({ headers }) => headers['webhook-id']);
      expect(ids.toSorted()).toEqual(['s3', 's4', 's5']);
    });

    it('dead-letter a queued event that does not fit, with the reason', async () => {
      const before = receiver.requests.length;
      await stack().send(`{"project":"${schemas}","type":"strict","id":"q1","data":{"total":"1"}}`);
      await stack().send(`{"project":"${schemas}","type":"strict","id":"q2","data":{"total":1.10}}`);
      const [message] = await stack().receive('events-dead-letter');
      expect(message?.MessageAttributes?.reason?.StringValue).toBe('data.total is not of the type number');
      expect(message?.Body).toContain('"q1"');
      await receiver.waitFor(before + 1);
      expect(receiver.requests.at(-1)?.headers['webhook-id']).toBe('q2');
    });
  });
});
