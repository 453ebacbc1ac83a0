import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Document, messagesOf } from '../support/frappe.ts';
import { type Stack, useStack } from '../support/stack.ts';

type Answer = Awaited<ReturnType<Stack['call']>>;

const URL = 'https://example.com/hook';
/** Needs a customer with a name. */
const TEMPLATE = '{\n"name": {{ doc.customer.name.upper() | tojson }}}';
const FITS = { customer: { name: 'Ada' } };

describe('what was saved but does not fit samples or the latest events', () => {
  const stack = useStack();
  /** Repeat a request whose check had too little time, on a machine that is busy. */
  const checked = (request: () => Promise<Answer>): Promise<Answer> =>
    eventually('the check has time', async () => {
      const answer = await request();
      if (/"stoppedEarly":true|could not be checked|stopped early/.test(answer.text))
        throw new Error(answer.text);
      return answer;
    });
  const call = (method: string, path: string, body: object) =>
    checked(() => stack().call(method, path, body));
  /** Publish events, and wait until the log has them. */
  const publish = async (type: string, data: Record<string, object>) => {
    for (const [id, each] of Object.entries(data)) await stack().publish({ id, type, data: each });
    await eventually('the log has the events', async () =>
      expect((await stack().get(`events?type=${encodeURIComponent(type)}`)).data).toHaveLength(
        Object.keys(data).length,
      ),
    );
  };

  describe('of a subscription', () => {
    beforeAll(async () => {
      await stack().done('PUT', 'event-types/order.paid', { samples: [FITS, {}] });
      await publish('order.paid', { 'order-1': {}, 'order-2': FITS });
    });
    const MISFITS = [
      { type: 'order.paid', eventId: null, sample: 2 },
      { type: 'order.paid', eventId: 'order-1', sample: null },
    ].map((misfit) => ({
      ...misfit,
      detail: expect.stringMatching(/^line 2: /),
      fault: { setting: 'template', line: 2 },
    }));
    const WARNINGS = [
      {
        kind: 'render',
        detail: 'Samples and events checked: 4. No request can be made from 2 of them.',
        checked: 4,
        failed: 2,
        stoppedEarly: false,
        misfits: MISFITS,
      },
    ];
    const create = (settings: object, key = () => crypto.randomUUID() as string) =>
      checked(() =>
        stack().call(
          'POST',
          'subscriptions',
          { url: URL, events: ['order.paid'], ...settings },
          { headers: { 'idempotency-key': key() } },
        ),
      );

    it('is told in the answer to its creation, and kept nowhere', async () => {
      let key = '';
      const another = () => {
        key = crypto.randomUUID();
        return key;
      };
      const settings = { format: 'template', template: TEMPLATE };
      const created = await create(settings, another);
      expect(created).toMatchObject({ status: 201, body: { warnings: WARNINGS } });
      const { warnings: _, ...kept } = created.body;
      expect((await create(settings, () => key)).body).toEqual(kept);
      const shown = await stack().get(`subscriptions/${created.body.id}`);
      expect(shown).toMatchObject({ template: TEMPLATE });
      expect(shown).not.toHaveProperty('warnings');
    });

    it('is told in the answer to a change of what decides it, and of nothing else', async () => {
      const { id, ...rest } = (await create({})).body;
      expect(rest).not.toHaveProperty('warnings');
      const change = async (patch: object) => (await call('PATCH', `subscriptions/${id}`, patch)).body;
      expect(await change({ format: 'template', template: TEMPLATE })).toMatchObject({
        format: 'template',
        warnings: WARNINGS,
      });
      expect(await change({ name: 'Orders' })).not.toHaveProperty('warnings');
      expect(await change({ condition: 'doc.customer' })).not.toHaveProperty('warnings');
      expect(await change({ condition: 'doc.customer.name > 5' })).toMatchObject({
        warnings: [{ checked: 4, failed: 4 }],
      });
    });
  });

  it('is told of a schema in the answer of its event type', async () => {
    await publish('stock.moved', { 'stock-1': { count: 'one' }, 'stock-2': { count: 2 } });
    const put = async (settings: object) => (await call('PUT', 'event-types/stock.moved', settings)).body;
    const schema = { properties: { count: { type: 'integer' } } };
    expect(await put({ schema, samples: [{ count: 1.5 }] })).toMatchObject({
      schema,
      warnings: [
        {
          kind: 'schema',
          checked: 3,
          failed: 2,
          misfits: [
            { type: 'stock.moved', eventId: null, sample: 1, detail: expect.stringMatching(/^data\.count /) },
            { eventId: 'stock-1', sample: null, detail: expect.stringMatching(/^data\.count /) },
          ],
        },
      ],
    });
    for (const settings of [{ schema: {} }, { schema: null }, {}])
      expect(await put(settings)).not.toHaveProperty('warnings');
    expect(await stack().get('event-types/stock.moved')).not.toHaveProperty('warnings');
  });

  describe("of a webhook in Frappe's form", () => {
    beforeAll(() => publish('Task.on_update', { '<b>1</b>': { name: '<script>' }, 'task-2': FITS }));
    const webhook = (more: object = {}) => ({
      webhook_doctype: 'Task',
      webhook_docevent: 'on_update',
      request_url: URL,
      webhook_json: TEMPLATE,
      ...more,
    });
    const SAYS = expect.stringMatching(
      /^Webhook .*: Samples and events checked: 2\. No request can be made from 1 of them\.<br>event &lt;b&gt;1&lt;\/b&gt; of Task\.on_update: line 2: /,
    );
    const method = async (name: string, body: object) =>
      (await call('POST', `/api/method/${name}`, body)).body;

    it('is told where its clients look for messages, with what is quoted escaped', async () => {
      const { status, body } = await call('POST', '/api/resource/Webhook', webhook());
      expect([status, body.data.webhook_json]).toEqual([200, TEMPLATE]);
      expect(JSON.parse(JSON.parse(body._server_messages)[0])).toEqual({
        message: SAYS,
        title: 'Warning',
        indicator: 'orange',
      });
      const change = async (given: object): Promise<Document> =>
        (await call('PUT', `/api/resource/Webhook/${body.data.name}`, given)).body;
      expect(messagesOf(await change({ webhook_json: TEMPLATE }))).toEqual([SAYS]);
      expect(await change({ timeout: 7 })).not.toHaveProperty('_server_messages');
      expect(await change({ condition: 'doc.customer' })).not.toHaveProperty('_server_messages');
    });

    it('is told by methods, once for each webhook, and in version 2 of the API as a list', async () => {
      const doc = { doctype: 'Webhook', ...webhook() };
      const many = await method('frappe.client.insert_many', {
        docs: [doc, { ...doc, webhook_json: '{}' }, doc],
      });
      expect(many.message).toHaveLength(3);
      expect(messagesOf(many)).toEqual([SAYS, SAYS]);
      const response = await fetch(`${stack().outputs.apiUrl}/api/v2/document/Webhook`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stack().outputs.adminKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(webhook()),
      });
      // biome-ignore lint/suspicious/noExplicitAny: the test asserts what it reads.
      const created = (await response.json()) as any;
      expect(created.messages).toEqual([{ message: SAYS, title: 'Warning', indicator: 'orange' }]);
      expect(created).not.toHaveProperty('_server_messages');
      const saved = await method('frappe.client.save', { doc: created.data });
      expect(messagesOf(saved)).toEqual([SAYS]);
    });
  });
});
