import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Document, frappeClient, messagesOf } from '../support/frappe.ts';
import { type ReceivedRequest, status, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

// The cases F1 to F12 of Frappe's webhooks, byte for byte.

const SIGNATURE = 'x-frappe-webhook-signature';
const SECRET = { enable_security: 1, webhook_secret: 'super-secret' };
const TASK = '{"name":"TASK-0001","doctype":"Task","status":"Open","total":50000}';

describe('the Frappe dialect', () => {
  const stack = useStack();
  const frappe = frappeClient(stack);
  const receiver = useReceiver();

  let made = 0;
  /** A webhook on a DocType of its own, whose requests nothing else makes. */
  const webhook = async (given: Document) => {
    const doctype = `Task ${++made}`;
    const path = `/hook/${made}`;
    const document = {
      webhook_doctype: doctype,
      webhook_docevent: 'on_update',
      request_url: receiver.url(path),
    };
    const { name } = await frappe.create({ name: `Webhook ${made}`, ...document, ...given });
    return {
      name,
      fits: (request: ReceivedRequest) => request.path.startsWith(path),
      publish: (data: string, event: object = {}) =>
        stack().publish(
          `{"type":"${doctype}.${given.webhook_docevent ?? 'on_update'}","data":${data},${JSON.stringify(event).slice(1, -1)}}`.replace(
            ',}',
            '}',
          ),
        ),
    };
  };
  type Hook = Awaited<ReturnType<typeof webhook>>;
  /** The first request that an event makes. */
  const sent = async ({ publish, fits }: Hook, data = TASK): Promise<ReceivedRequest> => {
    await publish(data);
    const [request] = await receiver.waitFor(1, fits);
    return request as ReceivedRequest;
  };
  /** The rows of its log, once there are at least so many. */
  const logged = async ({ name }: Hook, count: number): Promise<Document[]> =>
    eventually(`${name} has ${count} logs`, async () => {
      const found = await frappe.logs(name);
      expect(found.length).toBeGreaterThanOrEqual(count);
      return found;
    });
  const json = (template: string) => ({ request_structure: 'JSON', webhook_json: template });
  const rows = (...fieldnames: string[]) => ({
    webhook_data: fieldnames.map((fieldname) => ({ fieldname, key: fieldname })),
  });
  const signed = (secret: string, body: string) => createHmac('sha256', secret).update(body).digest('base64');

  // The cases are of Frappe 15.
  beforeAll(() => stack().done('PATCH', `/v1/projects/${stack().project}`, { frappeVersion: 15 }));

  it('F1: sends only documents for which the condition holds', async () => {
    const few = await webhook({ ...json('{}'), condition: 'doc.total > 60000' });
    const many = await webhook({ ...json('{}'), condition: 'doc.total > 40000' });
    await few.publish(TASK);
    await sent(many);
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
    expect(receiver.requests.filter(few.fits)).toEqual([]);
    expect(await frappe.logs(few.name)).toEqual([]);
  });

  it.each(['doc.__class__', '(x:=1)', 'doc.total >', 'import os', 'frappe.db.sql("")'])(
    'F1: rejects the condition %j when the webhook is created',
    async (condition) => {
      const { status, body } = await frappe.call('POST', 'Webhook', {
        webhook_doctype: 'Task',
        webhook_docevent: 'on_update',
        request_url: receiver.url(),
        condition,
      });
      expect(status).toBe(417);
      expect(body.exc_type).toBe('ValidationError');
      expect(messagesOf(body)).toEqual([expect.stringMatching(/^Invalid Condition: ./)]);
    },
  );

  it('F2: renders the body from a template, and signs its bytes', async () => {
    const { body, headers } = await sent(await webhook({ ...json('{ "id": "{{ doc.name }}" }'), ...SECRET }));
    expect(body).toBe('{"id": "TASK-0001"}');
    expect(headers[SIGNATURE]).toBe('WgR5g1ayyZzZx7O+cYE/gPLW0TdH6RFsSBTyDQzLsgY=');
  });

  it.each([
    ['a template', json('{}')],
    ['neither rows nor a template', {}],
  ])('F3: signs the empty body of %s', async (_, given) => {
    const { body, headers } = await sent(await webhook({ ...given, ...SECRET }));
    expect(body).toBe('{}');
    expect(headers[SIGNATURE]).toBe('6+2rhdFO0rxGC7aB4vAGQT23aLBqKSQ+aWG64QGvfwA=');
  });

  it('F4: makes the body from rows: floats stay floats, a missing field is null', async () => {
    const hook = await webhook({ ...rows('name', 'status', 'total', 'note'), ...SECRET });
    const { body, headers } = await sent(hook, TASK.replace('50000', '50000.0'));
    expect(body).toBe('{"name": "TASK-0001", "status": "Open", "total": 50000.0, "note": null}');
    expect(headers[SIGNATURE]).toBe('BLbsehyj1MsV20oQrt58r44cioiH+MKMWHvBrLAOV6U=');
  });

  it('F5: renders a list from a loop', async () => {
    const template =
      '[{% for i in range(3) %}{"title": "{{ doc.title }}"}{% if not loop.last %}, {% endif %}{% endfor %}]';
    const { body } = await sent(await webhook(json(template)), '{"title":"abc"}');
    expect(body).toBe('[{"title": "abc"}, {"title": "abc"}, {"title": "abc"}]');
  });

  it('F6: sends nothing that does not render as JSON, and logs it once with the error', async () => {
    const title = JSON.stringify({ title: 'He said "hi" <b>' });
    const broken = await webhook(json('{"t": "{{ doc.title }}"}'));
    await broken.publish(title);
    const [row, ...others] = await logged(broken, 1);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      webhook: broken.name,
      error: expect.stringContaining('JSON'),
      response: null,
    });
    expect(receiver.requests.filter(broken.fits)).toEqual([]);

    const { body } = await sent(await webhook(json('{"t": {{ doc.title | tojson }}}')), title);
    expect(body).toBe('{"t": "He said \\"hi\\" <b>"}');
  });

  it('F7: skips header rows without key or value, and lets a row override the signature', async () => {
    const webhook_headers = [
      { key: 'X-Empty' },
      { key: 'X-Null', value: null },
      { value: 'no key' },
      { key: 'X-Kept', value: 'yes' },
      { key: 'X-Frappe-Webhook-Signature', value: 'mine' },
    ];
    const { headers } = await sent(await webhook({ ...json('{}'), ...SECRET, webhook_headers }));
    expect(headers).toMatchObject({ 'x-kept': 'yes', [SIGNATURE]: 'mine' });
    expect(
      Object.keys(headers)
        .filter((name) => name.startsWith('x-'))
        .toSorted(),
    ).toEqual([SIGNATURE, 'x-kept']);
  });

  it('F8: sends and logs nothing for a disabled webhook', async () => {
    const disabled = await webhook({ ...json('{}'), enabled: 0 });
    await disabled.publish(TASK);
    await sent(await webhook(json('{}')));
    await stack().idle('events', 'internal', 'deliveries', 'pumps');
    expect(receiver.requests.filter(disabled.fits)).toEqual([]);
    expect(await frappe.logs(disabled.name)).toEqual([]);
  });

  it('F9: tries an endpoint that always fails three times, and logs a row each', async () => {
    const hook = await webhook(json('{"id": "{{ doc.name }}"}'));
    receiver.respond((request, response) => response.writeHead(hook.fits(request) ? 500 : 200).end('no'));
    const { body } = await hook.publish(TASK);
    const found = await logged(hook, 3);
    receiver.respond(status(200));
    await eventually('the delivery has failed', async () => {
      const { deliveries } = await stack().get(`events/${body.id}`);
      expect(deliveries).toMatchObject([{ state: 'failed', attempts: 3, nextAttemptAt: null }]);
    });
    expect(receiver.requests.filter(hook.fits).map(({ body }) => body)).toEqual(
      Array.from({ length: 3 }, () => '{"id": "TASK-0001"}'),
    );
    expect(found).toHaveLength(3);
    for (const row of found) expect(row).toMatchObject({ response: 'no', error: 'status: answered 500' });
  });

  it('F10: logs a success as one row with the response and without an error', async () => {
    const hook = await webhook({
      ...json('{"id": "{{ doc.name }}", "b": [1.0, "é"], "a": null}'),
      ...SECRET,
    });
    receiver.respond((_, response) => response.writeHead(200).end('ok'));
    await hook.publish(TASK, { actor: { id: 'u1', email: 'jane@example.com' } });
    const [row, ...others] = await logged(hook, 1);
    receiver.respond(status(200));
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      webhook: hook.name,
      reference_document: 'TASK-0001',
      user: 'jane@example.com',
      url: expect.stringContaining(receiver.url('/hook/')),
      data: '{\n "a": null,\n "b": [\n  1.0,\n  "\\u00e9"\n ],\n "id": "TASK-0001"\n}',
      response: 'ok',
      error: '',
    });
    expect(`${row?.reference_doctype}.on_update`).toBe(`Task ${made}.on_update`);
    expect(JSON.parse(row?.headers)).toMatchObject({ 'user-agent': expect.stringMatching(/^Ancrage/) });
    const { body } = await frappe.call('GET', `Webhook%20Request%20Log/${encodeURIComponent(row?.name)}`);
    expect(body.data).toEqual({ ...row, doctype: 'Webhook Request Log' });
  });

  it('F11: renders a dynamic URL, and leaves any other as it is', async () => {
    const dynamic = await webhook({ ...json('{}'), is_dynamic_url: 1 });
    await frappe.update(dynamic.name, {
      request_url: receiver.url(`/hook/${made}/anything/{{ doc.doctype }}`),
    });
    expect((await sent(dynamic)).path).toBe(`/hook/${made}/anything/Task`);
    const fixed = await webhook(json('{}'));
    await frappe.update(fixed.name, {
      request_url: receiver.url(`/hook/${made}/anything/{{ doc.doctype }}`),
    });
    const path = `/hook/${made}/anything/%7B%7B%20doc.doctype%20%7D%7D`;
    expect((await sent(fixed)).path).toBe(path);
    expect(await logged(fixed, 1)).toMatchObject([{ url: receiver.url(path) }]);
  });

  it('F12: accepts any text as the secret, and sends ASCII bodies', async () => {
    const hook = await webhook({
      ...json('{"city": "{{ doc.city }}"}'),
      enable_security: 1,
      webhook_secret: 's3cr3t-é',
    });
    const { body, headers } = await sent(hook, '{"city":"Orléans"}');
    expect(body).toBe('{"city": "Orl\\u00e9ans"}');
    expect(headers[SIGNATURE]).toBe('TDcsls2ee03wYGB669xbBkIDXSrtBYRpkrdobmrfofg=');
  });

  it.each([
    ['', undefined],
    ['Form URL-Encoded', undefined],
    ['JSON', undefined],
  ])('sends JSON and no content type with the structure %j', async (request_structure) => {
    const given = request_structure === 'JSON' ? json('{"name": "{{ doc.name }}"}') : rows('name');
    const { body, headers, method } = await sent(await webhook({ ...given, request_structure }));
    expect(body).toBe('{"name": "TASK-0001"}');
    expect(headers['content-type']).toBeUndefined();
    expect(method).toBe('POST');
  });

  it.each(['application/json', 'application/x-www-form-urlencoded'])(
    'sends the content type %s if a row says so, and JSON in any case',
    async (value) => {
      const webhook_headers = [{ key: 'Content-Type', value }];
      const { body, headers } = await sent(await webhook({ ...rows('name'), webhook_headers }));
      expect([headers['content-type'], body]).toEqual([value, '{"name": "TASK-0001"}']);
    },
  );

  it.each(['PUT', 'DELETE'])('sends with %s', async (request_method) => {
    const { method, body } = await sent(await webhook({ ...rows('name'), request_method }));
    expect([method, body]).toEqual([request_method, '{"name": "TASK-0001"}']);
  });

  it.each([
    'after_insert',
    'on_submit',
    'on_cancel',
    'on_trash',
    'on_update_after_submit',
    'on_change',
    'workflow_transition',
  ])('sends the events of %s', async (webhook_docevent) => {
    expect((await sent(await webhook({ ...rows('name'), webhook_docevent }))).body).toBe(
      '{"name": "TASK-0001"}',
    );
  });

  const INVOICE = `{
    "name": "INV-é/1", "doctype": "Sales Invoice", "grand_total": 1234567890.1, "big": 12345678901234567890,
    "emoji": "😀", "is_return": false, "customer": {"name": "A \\"L'ATELIER\\"", "vat": null},
    "items": [{"item_code": "A", "qty": 2.0, "rate": 1000.0}, {"item_code": "B", "qty": 1.5, "rate": 0.1}]
  }`;

  it.each([
    [
      'rows of nested values',
      rows('customer', 'items'),
      '{"customer": {"name": "A \\"L\'ATELIER\\"", "vat": null}, "items": [{"item_code": "A", "qty": 2.0, "rate": 1000.0}, {"item_code": "B", "qty": 1.5, "rate": 0.1}]}',
    ],
    [
      'rows of numbers and texts',
      rows('grand_total', 'big', 'emoji', 'is_return'),
      '{"grand_total": 1234567890.1, "big": 12345678901234567890, "emoji": "\\ud83d\\ude00", "is_return": false}',
    ],
    [
      'a child table in a loop',
      json(
        '{"items": [{% for row in doc.items %}{"code": {{ row.item_code | tojson }}, "amount": {{ row.qty * row.rate }}}{{ "," if not loop.last }}{% endfor %}]}',
      ),
      '{"items": [{"code": "A", "amount": 2000.0}, {"code": "B", "amount": 0.15000000000000002}]}',
    ],
    [
      'a large int in a template',
      json('{"big": {{ doc.big }}, "next": {{ doc.big + 1 }}}'),
      '{"big": 12345678901234567890, "next": 12345678901234567891}',
    ],
    [
      'what is missing',
      json('{"a": "{{ doc.nothing }}", "b": {{ doc.nothing | tojson }}, "c": "{{ doc.customer.vat }}"}'),
      '{"a": "None", "b": null, "c": "None"}',
    ],
    [
      'filters of Frappe',
      json(
        '{"n": {{ doc.items | len }}, "f": {{ "1.5" | flt }}, "i": {{ "7" | int }}, "s": {{ doc.customer | json }}}',
      ),
      '{"n": 2, "f": 1.5, "i": 7, "s": {"name": "A \\"L\'ATELIER\\"", "vat": null}}',
    ],
    [
      'rows before a template',
      { ...rows('is_return'), webhook_json: '{"other": 1}' },
      '{"is_return": false}',
    ],
    [
      'a template without a structure',
      { webhook_json: '{"name": {{ doc.name | tojson }}}' },
      '{"name": "INV-\\u00e9/1"}',
    ],
    [
      'rows of one key',
      {
        webhook_data: [
          { fieldname: 'big', key: 'k' },
          { fieldname: 'emoji', key: 'e' },
          { fieldname: 'is_return', key: 'k' },
        ],
      },
      '{"k": false, "e": "\\ud83d\\ude00"}',
    ],
  ])('makes the same bytes as Frappe of %s', async (_, given, expected) => {
    const { body, headers } = await sent(await webhook({ ...given, ...SECRET }), INVOICE);
    expect(body).toBe(expected);
    expect(headers[SIGNATURE]).toBe(signed('super-secret', expected));
  });

  it('knows the date in a condition and in a template', async () => {
    const hook = await webhook({
      ...json('{"same": {{ "true" if doc.date == utils.nowdate() else "false" }}}'),
      condition: 'utils.nowdate() >= doc.date and doc.status.startswith("O")',
    });
    const date = new Date().toISOString().slice(0, 10);
    const { body } = await sent(hook, JSON.stringify({ date, status: 'Open' }));
    // Another day may have begun meanwhile.
    expect(['{"same": true}', '{"same": false}']).toContain(body);
  });
});
