import { beforeAll, describe, expect, it } from 'vitest';
import { createAncrageClient, toPathSegment } from '../../client/index.ts';
import { ROUTES, type Route } from '../../core/routes.ts';
import { eventually } from '../support/eventually.ts';
import { frappeClient } from '../support/frappe.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

const IDS = [
  ...[
    'order/1042',
    'a?b',
    '50%',
    '%2F',
    'a%25b',
    '~x',
    '~YQ',
    '.',
    '..',
    'a\\b',
    'a#b',
    '//',
    ' ',
    '+',
    '{id}',
  ],
  ...['ä ö', '😀', '\ufeffa', '€'.repeat(256)],
];
/** `.` separates the segments of a type, none of which is empty. */
const TYPES = [
  ...['Sales Invoice.on_update', 'a/b', 'a?b', '50%', '%2F', '~x', '~YQ', 'a\\b', ' ', '{type}'],
  ...['ä ö', '😀.é', '€'.repeat(200)],
];
const NOT_CANONICAL = [
  '~',
  '~x',
  '~~',
  '~YQ==',
  '~YQ%3D%3D',
  '~YR',
  '~YWJjZ',
  '~_w',
  '~4pq',
  '~a.b',
  '~w6Q+',
  '~ YQ',
];

describe('a name in a path', () => {
  const stack = useStack();
  const receiver = useReceiver();
  let subscriptionId: string;
  beforeAll(async () => {
    const { id } = await stack().subscribe({ url: receiver.url(), events: ['Path.on_update'] });
    subscriptionId = id;
    const { status } = await stack().publish(IDS.map((id) => ({ type: 'Path.on_update', id, data: { id } })));
    expect(status).toBe(202);
    await receiver.waitFor(IDS.length);
    await stack().attempts(subscriptionId, IDS.length);
  });

  describe.each(IDS)('that is the id of an event: %j', (id) => {
    const event = `events/${toPathSegment(id)}`;

    it('leads to the event, its attempts and its replay', async () => {
      expect(await stack().get(event)).toMatchObject({ id, data: { id }, deliveries: [{ subscriptionId }] });
      const { data } = await stack().get(`${event}/attempts`);
      expect(data).toMatchObject([{ eventId: id, number: 1 }]);
      expect(await stack().get(`${event}/attempts/${data[0].id}`)).toMatchObject({ eventId: id });
      const before = receiver.requests.length;
      await stack().done('POST', `${event}/replay`, { subscriptionId });
      await receiver.waitFor(before + 1);
      expect(JSON.parse(receiver.requests[before]?.body ?? '').data).toEqual({ id });
    });

    it('is encoded by the typed client', async () => {
      const { apiUrl: baseUrl, adminKey: apiKey } = stack().outputs;
      const params = { path: { project: stack().project, id } };
      const { data } = await createAncrageClient({ baseUrl, apiKey }).GET(
        '/v1/projects/{project}/events/{id}',
        { params },
      );
      expect(data?.id).toBe(id);
    });
  });

  it.each([
    ['ä ö', 200],
    ['😀', 200],
    ['a#b', 200],
    ['a\\b', 200],
    ['order/1042', 404],
    ['a?b', 404],
    ['50%', 400],
  ])('may be percent-encoded where the gateway lets it through: %j is %i', async (id, status) => {
    const answer = await stack().call('GET', `events/${encodeURIComponent(id)}`);
    expect([answer.status, answer.body.id]).toEqual([status, status === 200 ? id : undefined]);
  });

  it('may be encoded although it need not be', async () => {
    const encoded = (name: string) => `~${Buffer.from(name).toString('base64url')}`;
    const path = `/v1/projects/${encoded(stack().project)}/subscriptions/${encoded(subscriptionId)}`;
    expect((await stack().get(path)).id).toBe(subscriptionId);
  });

  it('gives no access to another project by its encoded form', async () => {
    const other = await stack().newProject('other');
    const { secret: bearer } = await stack().newKey(['manage']);
    const path = `/v1/projects/~${Buffer.from(other).toString('base64url')}`;
    expect((await stack().call('GET', path, undefined, { bearer })).status).toBe(404);
    expect((await stack().call('POST', `${path}/subscriptions`, {}, { bearer })).status).toBe(404);
  });

  it('has its length checked after it was decoded', async () => {
    const detail = async (id: string) =>
      (await stack().call('GET', `events/${toPathSegment(id)}`)).body.detail;
    expect(await detail('€'.repeat(255))).toMatch(/^There is no event/);
    expect(await detail('€'.repeat(257))).toBe('No id is that long.');
  });

  it.each(TYPES)('may be an event type: %j', async (type) => {
    const path = `event-types/${toPathSegment(type)}`;
    const put = await stack().done('PUT', path, { samples: [{ type }] });
    expect(put.type).toBe(type);
    expect(await stack().get(path)).toEqual(put);
    expect((await stack().get(`${path}/samples`)).data).toEqual([{ type }]);
    expect((await stack().call('DELETE', path)).status).toBe(204);
    expect((await stack().call('GET', path)).status).toBe(404);
  });

  const routes = Object.values<Route>(ROUTES).filter(
    ({ path, function: name }) => path.includes('{') && name !== 'frappe' && name !== 'entry-points',
  );
  it.each(routes)('is a 404 if it cannot be decoded: $method $path', async ({ method, path, body }) => {
    const parameters = path.match(/\{\w+\}/g) ?? [];
    for (const bad of parameters)
      for (const segment of NOT_CANONICAL) {
        const where = path.replace(bad, segment).replace('{project}', stack().project);
        const { status } = await stack().call(method, where.replaceAll(/\{\w+\}/g, 'x'), body && {});
        expect([where, status]).toEqual([where, 404]);
      }
  });

  describe('of a document of Frappe’s', () => {
    const frappe = frappeClient(stack);
    const one = (name: string) => `Webhook/${toPathSegment(name)}`;

    it.each(['a/b', 'a?b', '50%', '~x', '~YQ', 'ä ö', 'HOOK-0001'])(
      'leads to the webhook: %j',
      async (name) => {
        await frappe.create({ name, webhook_doctype: 'Task', request_url: receiver.url('/frappe') });
        expect((await frappe.call('GET', one(name))).body.data.name).toBe(name);
        const { status, body } = await frappe.call('PUT', one(name), { enabled: 0 });
        expect([status, body.data.name, body.data.enabled]).toEqual([200, name, 0]);
        expect((await frappe.call('DELETE', one(name))).status).toBe(202);
        expect((await frappe.call('GET', one(name))).status).toBe(404);
      },
    );

    it('is literal if it does not decode', async () => {
      for (const name of NOT_CANONICAL.map(decodeURIComponent)) {
        await frappe.create({ name, webhook_doctype: 'Task', request_url: receiver.url('/frappe') });
        expect((await frappe.get(name)).name).toBe(name);
        expect((await frappe.remove(name)).status).toBe(202);
      }
    });

    it('is one of a request of any event’s, and needs no encoding beyond that of Frappe’s clients', async () => {
      const webhook = { webhook_doctype: 'Row', webhook_docevent: 'on_update' };
      await frappe.create({ ...webhook, name: 'rows', request_url: receiver.url('/rows') });
      const ids = IDS.map((id) => `${id.slice(0, 200)}-row`);
      await stack().publish(ids.map((id) => ({ type: 'Row.on_update', id, data: { name: id } })));
      await receiver.waitFor(ids.length, to('/rows'));
      const rows = await eventually('each request has a row', async () => {
        const found = await frappe.logs('rows', { limit_page_length: 0 });
        expect(found.map((row) => row.reference_document).toSorted()).toEqual(ids.toSorted());
        return found;
      });
      for (const { name } of rows) {
        const path = `Webhook%20Request%20Log/${encodeURIComponent(name)}`;
        const { status, body } = await frappe.call('GET', path);
        expect([status, body.data?.name]).toEqual([200, name]);
      }
      const doctype = toPathSegment('Webhook Request Log');
      expect((await frappe.call('GET', `${doctype}/${rows[0]?.name}`)).status).toBe(200);
    });
  });
});
