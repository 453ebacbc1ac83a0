import { FrappeApp } from 'frappe-js-sdk';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Document, frappeClient, messagesOf } from '../support/frappe.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/;

describe("Frappe's REST API:", () => {
  const stack = useStack();
  const frappe = frappeClient(stack);
  const receiver = useReceiver();

  const minimal = (given: Document = {}) => ({
    webhook_doctype: 'Task',
    webhook_docevent: 'on_update',
    request_url: 'http://127.0.0.1:9/hook',
    ...given,
  });
  const native = (id: string) => `subscriptions/${id}`;
  const subscriptionNamed = async (name: string): Promise<Document> => {
    const { body } = await stack().call('GET', 'subscriptions?limit=100');
    return body.data.find((subscription: Document) => subscription.name === name);
  };
  const newKey = async (scopes: string[], project?: string) => {
    const { id, secret } = await stack().newKey(scopes, project);
    return { id, secret, token: `token ${id}:${secret}` };
  };

  describe('documents', () => {
    const whole = {
      name: 'Invoices → accounting',
      webhook_doctype: 'Sales Invoice',
      webhook_docevent: 'on_submit',
      enabled: 1,
      condition: 'doc.grand_total > 1000',
      request_url: 'http://127.0.0.1:9/hook/{{ doc.name }}',
      is_dynamic_url: 1,
      request_method: 'PUT',
      request_structure: '',
      timeout: 7,
      background_jobs_queue: 'long',
      enable_security: 1,
      webhook_secret: 'super-secret',
      webhook_json: '{ "id": "{{ doc.name }}" }',
    };
    const tables = {
      webhook_headers: [
        { key: 'X-Api-Key', value: 'swordfish' },
        { key: 'X-Empty', value: null },
        { key: null, value: 'no key' },
        { key: 'Content-Type', value: 'application/json' },
      ],
      webhook_data: [
        { fieldname: 'name', key: 'id' },
        { fieldname: 'grand_total', key: 'total' },
      ],
    };
    /** The cells of rows that have a value. */
    const cells = (rows: readonly Document[]) =>
      rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));

    /** The cells as they are read: of the values of headers only that of the content type. */
    const readable = (row: Document) =>
      'value' in row && row.key !== 'Content-Type' ? { ...row, value: '***' } : row;

    it('are read back as they were created, with masked headers and the fields that Frappe adds', async () => {
      const created = await frappe.create({ ...whole, ...tables, unknown_field: 'ignored' });
      expect(await frappe.get(whole.name)).toEqual(created);
      const { webhook_headers, webhook_data, owner, creation, modified, modified_by, ...fields } = created;
      expect(fields).toEqual({
        ...whole,
        webhook_secret: '*'.repeat('super-secret'.length),
        docstatus: 0,
        idx: 0,
        doctype: 'Webhook',
      });
      expect([owner, modified_by]).toEqual([expect.stringMatching(/^key_/), expect.stringMatching(/^key_/)]);
      expect([creation, modified]).toEqual([expect.stringMatching(TIME), expect.stringMatching(TIME)]);
      const names = new Set<string>();
      for (const [table, rows, doctype] of [
        ['webhook_headers', webhook_headers, 'Webhook Header'],
        ['webhook_data', webhook_data, 'Webhook Data'],
      ]) {
        const added = { parent: whole.name, parentfield: table, parenttype: 'Webhook', doctype };
        expect(rows).toEqual(
          cells(tables[table as keyof typeof tables]).map((row, index) => ({
            ...readable(row),
            ...added,
            idx: index + 1,
            docstatus: 0,
            owner,
            creation,
            modified,
            modified_by,
            name: expect.any(String),
          })),
        );
        for (const row of rows) names.add(row.name);
      }
      expect(names.size).toBe(6);
    });

    it('are subscriptions of the native API', async () => {
      const subscription = await subscriptionNamed(whole.name);
      expect(subscription).toMatchObject({
        url: whole.request_url,
        events: ['Sales Invoice.on_submit'],
        enabled: true,
        condition: whole.condition,
        method: 'PUT',
        headers: { 'X-Api-Key': '***', 'Content-Type': 'application/json' },
        format: 'fields',
        fields: [
          { key: 'id', fieldname: 'name' },
          { key: 'total', fieldname: 'grand_total' },
        ],
        template: whole.webhook_json,
        dynamicUrl: true,
        signature: 'frappe',
        timeoutSeconds: 7,
        retry: [300, 1800, 7200, 18_000, 36_000, 36_000],
      });
      const { body } = await stack().call('GET', `${native(subscription.id)}/secret`);
      expect(body).toEqual({ secret: 'super-secret' });
    });

    it('show changes of the native API, and keep the fields that it does not have', async () => {
      const { id } = await subscriptionNamed(whole.name);
      const before = await frappe.get(whole.name);
      const patch = (changes: object) => stack().call('PATCH', native(id), changes);
      await patch({
        url: 'http://127.0.0.1:9/other',
        headers: { 'X-Api-Key': 'another', 'Content-Type': 'application/json' },
        dynamicUrl: false,
        condition: null,
        enabled: false,
        timeoutSeconds: 9,
        method: 'POST',
        events: ['Purchase Invoice.on_cancel'],
      });
      const { modified, condition: _condition, ...rest } = before;
      const changed = await frappe.get(whole.name);
      expect(changed).toEqual({
        ...rest,
        modified: expect.stringMatching(TIME),
        request_url: 'http://127.0.0.1:9/other',
        is_dynamic_url: 0,
        enabled: 0,
        timeout: 9,
        request_method: 'POST',
        webhook_doctype: 'Purchase Invoice',
        webhook_docevent: 'on_cancel',
        webhook_headers: rest.webhook_headers.map((row: Document) => ({
          ...row,
          modified: changed.modified,
        })),
        webhook_data: rest.webhook_data.map((row: Document) => ({ ...row, modified: changed.modified })),
      });
      expect(changed.modified > modified).toBe(true);

      await patch({ headers: { 'x-new': 'a' }, fields: [{ key: 'k', fieldname: 'f' }] });
      const rows = await frappe.get(whole.name);
      expect(rows.webhook_headers).toMatchObject([{ key: 'x-new', value: '***', idx: 1 }]);
      expect(rows.webhook_headers).toHaveLength(1);
      expect(rows.webhook_data).toMatchObject([{ key: 'k', fieldname: 'f' }]);

      await patch({ format: 'template', template: '{"a": 1}', signature: 'none' });
      expect(await frappe.get(whole.name)).toMatchObject({
        webhook_json: '{"a": 1}',
        webhook_data: [],
        enable_security: 0,
        webhook_secret: '*'.repeat('super-secret'.length),
        background_jobs_queue: 'long',
      });

      await patch({ format: 'standard' });
      expect((await frappe.call('GET', `Webhook/${encodeURIComponent(whole.name)}`)).status).toBe(404);
      expect((await frappe.call('POST', 'Webhook', minimal({ name: whole.name }))).status).toBe(409);
      await stack().call('DELETE', native(id));
      expect((await frappe.create(minimal({ name: whole.name }))).name).toBe(whole.name);
      await frappe.remove(whole.name);
    });

    it('show subscriptions of the native API where Frappe has fields for them', async () => {
      const settings = {
        url: 'http://127.0.0.1:9/native',
        events: ['Quotation.after_insert'],
        signature: 'none',
      };
      const fits = await stack().subscribe({
        ...settings,
        format: 'template',
        template: '{"id": "{{ doc.name }}"}',
        signature: 'frappe',
        secret: 'geheim-é',
        headers: { 'x-a': '1' },
      });
      const { owner, webhook_secret, ...document } = await frappe.get(fits.id);
      expect([owner, webhook_secret]).toEqual(['Administrator', '********']);
      expect(document).toMatchObject({
        name: fits.id,
        webhook_doctype: 'Quotation',
        webhook_docevent: 'after_insert',
        request_url: settings.url,
        webhook_json: '{"id": "{{ doc.name }}"}',
        webhook_headers: [{ key: 'x-a', value: '***' }],
        timeout: 10,
      });
      const fields = [{ key: 'a', fieldname: 'b' }];
      const others = [
        {},
        { format: 'data' },
        { format: 'fields', fields, fieldsEncoding: 'form' },
        { format: 'fields', fields, events: ['Quotation.*'] },
        { format: 'fields', fields, events: ['Quotation.after_insert', 'Quotation.on_trash'] },
        { format: 'fields', fields, events: ['Quotation.renamed'] },
        { format: 'fields', fields, method: 'PATCH' },
        { format: 'fields', fields, signature: 'standard' },
      ];
      for (const other of others) {
        const { id } = await stack().subscribe({ ...settings, ...other });
        expect((await frappe.call('GET', `Webhook/${id}`)).status, JSON.stringify(other)).toBe(404);
      }
      expect(await frappe.list({ filters: { webhook_doctype: 'Quotation' } })).toEqual([{ name: fits.id }]);

      await frappe.update(fits.id, {
        request_url: 'http://127.0.0.1:9/changed-here',
        webhook_headers: [{ key: 'x-a', value: '2' }],
      });
      expect((await stack().call('GET', native(fits.id))).body).toMatchObject({
        url: 'http://127.0.0.1:9/changed-here',
        retry: 'standard',
        headers: { 'x-a': '***' },
      });
      expect((await stack().call('GET', `${native(fits.id)}/secret`)).body.secret).toBe('geheim-é');
    });

    it('have the defaults of Frappe, and their id as a name', async () => {
      const created = await frappe.create({ webhook_doctype: 'Task', request_url: 'http://127.0.0.1:9/' });
      expect(created).toMatchObject({
        name: expect.stringMatching(/^sub_/),
        webhook_docevent: 'after_insert',
        enabled: 1,
        request_method: 'POST',
        request_structure: '',
        timeout: 5,
        is_dynamic_url: 0,
        enable_security: 0,
        webhook_headers: [],
        webhook_data: [],
      });
      for (const field of ['condition', 'webhook_json', 'webhook_secret', 'background_jobs_queue'])
        expect(created).not.toHaveProperty(field);
      await frappe.remove(created.name);
    });

    it.each([
      [
        'JSON',
        '',
        { request_structure: 'JSON', webhook_data: [{ fieldname: 'a', key: 'b' }], webhook_json: '{}' },
      ],
      ['JSON without a template', '', { request_structure: 'JSON' }],
      ['a form', '', { request_structure: 'Form URL-Encoded', webhook_data: [{ fieldname: 'a', key: 'b' }] }],
      ['a form without rows', '', { request_structure: 'Form URL-Encoded', webhook_json: '{}' }],
      ['nothing', '', {}],
      ['an empty object', '', { webhook_json: '{}' }],
    ])('come back with the body that they were given: %s', async (_, __, given: Document) => {
      const { name } = await frappe.create(minimal(given));
      const { request_structure, webhook_json, webhook_data } = await frappe.get(name);
      expect(request_structure).toBe(given.request_structure ?? '');
      expect(webhook_json).toBe(
        given.request_structure === 'Form URL-Encoded' ? undefined : given.webhook_json,
      );
      const rows = given.request_structure === 'JSON' ? [] : (given.webhook_data ?? []);
      expect(webhook_data).toMatchObject(rows);
      expect(webhook_data).toHaveLength(rows.length);
      await frappe.remove(name);
    });

    it('are changed field by field, and a table as a whole', async () => {
      const { name } = await frappe.create(
        minimal({ name: 'changing', webhook_headers: [{ key: 'a', value: '1' }], webhook_json: '{"a": 1}' }),
      );
      expect(await frappe.update(name, { timeout: '12', enabled: '0' })).toMatchObject({
        timeout: 12,
        enabled: 0,
        webhook_json: '{"a": 1}',
        webhook_headers: [{ key: 'a', value: '***' }],
      });
      const changed = await frappe.update(name, {
        enabled: true,
        webhook_json: '',
        webhook_headers: [{ key: 'b', value: 2 }],
        name: 'another',
        creation: '2001-01-01',
        owner: 'me',
      });
      expect(changed).toMatchObject({ name, enabled: 1, webhook_headers: [{ key: 'b', value: '***' }] });
      expect(changed).not.toHaveProperty('webhook_json');
      expect(changed.creation > '2020').toBe(true);
      expect(await frappe.get(name)).toEqual(changed);
      // What was read may be sent back whole.
      expect(await frappe.update(name, changed)).toMatchObject({
        webhook_headers: [{ key: 'b', value: '***' }],
      });
      expect((await frappe.update(name, { webhook_headers: [] })).webhook_headers).toEqual([]);
      await frappe.remove(name);
    });

    it('keep their secret if its asterisks are sent back, and lose it if nothing is', async () => {
      const { name } = await frappe.create(
        minimal({ name: 'secretive', enable_security: 1, webhook_secret: 'sésame' }),
      );
      const { id } = await subscriptionNamed(name);
      const secret = async () => (await stack().call('GET', `${native(id)}/secret`)).body.secret;
      await frappe.update(name, { timeout: 6, webhook_secret: '******' });
      await frappe.update(name, { timeout: 7 });
      expect(await secret()).toBe('sésame');
      expect((await frappe.update(name, { webhook_secret: 'open' })).webhook_secret).toBe('****');
      expect(await secret()).toBe('open');
      await frappe.update(name, { enable_security: 0 });
      expect((await frappe.update(name, { enable_security: 1 })).webhook_secret).toBe('****');
      expect(await secret()).toBe('open');
      const refused = await frappe.call('PUT', `Webhook/${name}`, { webhook_secret: '' });
      expect(messagesOf(refused.body)).toEqual(['Invalid Webhook Secret']);
      expect(await frappe.update(name, { webhook_secret: '', enable_security: 0 })).not.toHaveProperty(
        'webhook_secret',
      );
      expect(await secret()).not.toBe('open');
      const again = await frappe.call('PUT', `Webhook/${name}`, { enable_security: 1 });
      expect(messagesOf(again.body)).toEqual(['Invalid Webhook Secret']);
      await frappe.remove(name);
    });

    it('may keep a secret that signs nothing', async () => {
      const { name } = await frappe.create(minimal({ webhook_secret: 'later' }));
      expect(await frappe.get(name)).toMatchObject({ enable_security: 0, webhook_secret: '*****' });
      await stack().call('PATCH', native(name), { timeoutSeconds: 8 });
      expect(await frappe.update(name, { enable_security: 1 })).toMatchObject({
        enable_security: 1,
        timeout: 8,
      });
      expect((await stack().call('GET', `${native(name)}/secret`)).body.secret).toBe('later');
      await frappe.remove(name);
    });

    it('show the value of no header but the content type, and keep those that come back masked', async () => {
      const webhook_headers = [
        { key: 'Authorization', value: 'Bearer abc' },
        { key: 'Content-Type', value: 'text/plain' },
      ];
      const { name } = await frappe.create(minimal({ name: 'credentials', webhook_headers }));
      const reader = frappeClient(stack, (await newKey(['read'])).token);
      const valuesOf = ({ webhook_headers }: Document) => webhook_headers.map(({ value }: Document) => value);
      for (const client of [frappe, reader])
        expect(valuesOf(await client.get(name))).toEqual(['***', 'text/plain']);
      const kept = await frappe.update(name, await frappe.get(name));
      expect(valuesOf(kept)).toEqual(['***', 'text/plain']);
      await frappe.remove(name);
    });

    it('are gone with free names after either API has deleted them', async () => {
      for (const remove of [
        (name: string) => frappe.remove(name),
        async (name: string) => stack().call('DELETE', native((await subscriptionNamed(name)).id)),
      ]) {
        const { name } = await frappe.create(minimal({ name: 'short-lived' }));
        expect((await remove(name)).status).toBeLessThan(300);
        expect((await frappe.call('GET', `Webhook/${name}`)).status).toBe(404);
        expect((await frappe.remove(name)).status).toBe(404);
      }
      const { name } = await frappe.create(minimal({ name: 'short-lived' }));
      const { status, text } = await frappe.remove(name);
      expect([status, text]).toEqual([202, '{"message":"ok"}']);
    });

    it('are accepted as forms, as the Python client sends them', async () => {
      const send = (method: string, path: string, form: Record<string, string>) =>
        stack().call(method, `/api/resource/${path}`, new URLSearchParams(form).toString(), {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
      const document = { doctype: 'Webhook', name: 'from a form', ...minimal({ enabled: 0 }) };
      const created = await send('POST', 'Webhook', { data: JSON.stringify(document) });
      expect([created.status, created.body.data.enabled]).toEqual([200, 0]);
      await send('PUT', 'Webhook/from%20a%20form', { data: JSON.stringify({ enabled: 1 }) });
      const changed = await send('PUT', 'Webhook/from%20a%20form', { timeout: '3', condition: 'doc.a > 1' });
      expect(changed.body.data).toMatchObject({ enabled: 1, timeout: 3, condition: 'doc.a > 1' });
      expect((await send('POST', 'Webhook', { data: '{' })).status).toBe(417);
      await frappe.remove('from a form');
    });
  });

  describe('lists', () => {
    const names = ['list a', 'list B', 'list c', 'list d'];
    const ofList = ['name', 'like', 'list %'];
    beforeAll(async () => {
      const given: Document[] = [
        { webhook_docevent: 'on_submit', timeout: 2, condition: 'doc.a > 1' },
        { webhook_docevent: 'on_cancel', timeout: 3, enabled: 0 },
        { webhook_docevent: 'on_trash', timeout: 10, request_method: 'PUT' },
        { webhook_docevent: 'on_trash', timeout: 20, enable_security: 1, webhook_secret: 'abc' },
      ];
      for (const [index, more] of given.entries())
        await frappe.create(minimal({ name: names[index], webhook_doctype: 'Listed', ...more }));
    });
    const namesOf = async (parameters: Document) =>
      (await frappe.list({ limit_page_length: '0', ...parameters })).map(({ name }) => name);

    it('show names, the newest first, twenty of them', async () => {
      expect(await frappe.list({ filters: [ofList] })).toEqual(names.toReversed().map((name) => ({ name })));
      for (let n = 0; n < 21; n++) await frappe.create(minimal({ name: `many ${n}` }));
      const many = { filters: [['name', 'like', 'many%']] };
      expect(await frappe.list(many)).toHaveLength(20);
      expect(await frappe.list({ ...many, limit: '0' })).toHaveLength(20);
      expect(await frappe.list({ ...many, limit_page_length: '0' })).toHaveLength(21);
      expect(await frappe.list({ ...many, limit: '7' })).toHaveLength(7);
      const page = { ...many, order_by: 'creation asc', limit_start: '18', limit_page_length: '2' };
      expect(await namesOf(page)).toEqual(['many 18', 'many 19']);
    });

    it.each([
      [{ timeout: 3 }, ['list B']],
      [{ timeout: ['>', 3] }, ['list c', 'list d']],
      [{ timeout: ['>=', '3'] }, ['list B', 'list c', 'list d']],
      [{ timeout: ['<', 10] }, ['list a', 'list B']],
      [{ timeout: ['<=', 10], enabled: 1 }, ['list a', 'list c']],
      [{ timeout: ['between', [3, 10]] }, ['list B', 'list c']],
      [{ enabled: ['!=', 1] }, ['list B']],
      [{ request_method: 'PUT' }, ['list c']],
      [{ request_method: ['!=', 'PUT'] }, ['list a', 'list B', 'list d']],
      [{ webhook_docevent: ['in', ['on_submit', 'on_cancel']] }, ['list a', 'list B']],
      [{ webhook_docevent: ['in', 'on_submit, on_cancel'] }, ['list a', 'list B']],
      [{ webhook_docevent: ['not in', ['on_submit', 'on_cancel']] }, ['list c', 'list d']],
      [{ name: ['like', 'LIST b'] }, ['list B']],
      [{ name: ['like', 'list _'] }, names],
      [{ name: ['not like', '%c'] }, ['list a', 'list B', 'list d']],
      [{ condition: ['is', 'set'] }, ['list a']],
      [{ condition: ['is', 'not set'] }, ['list B', 'list c', 'list d']],
      [{ webhook_secret: '***' }, ['list d']],
      [{ creation: ['>', '2020-01-01'] }, names],
      [{ creation: ['<', '2020-01-01'] }, []],
      [{ creation: ['between', ['2020-01-01', '2999-01-01']] }, names],
      [[['timeout', '=', 3]], ['list B']],
      [[['Webhook', 'timeout', '=', 3]], ['list B']],
      [
        [
          ['Webhook', 'timeout', '>', 2],
          ['enabled', '=', 1],
        ],
        ['list c', 'list d'],
      ],
      [[['timeout', 3]], ['list B']],
      [['timeout', '=', 3], ['list B']],
      [[{ timeout: 3 }], ['list B']],
      [[['`tabWebhook`.`timeout`', 'NOT IN', [2, 3]]], ['list c', 'list d']],
    ])('filter by %j', async (filters, expected) => {
      const own = ['webhook_doctype', '=', 'Listed'];
      const narrowed = Array.isArray(filters)
        ? [own, ...(typeof filters[0] === 'string' ? [filters] : filters)]
        : { webhook_doctype: 'Listed', ...filters };
      expect(await namesOf({ filters: narrowed, order_by: 'creation' })).toEqual(expected);
    });

    it('accept one filter, none, and several of which one must match', async () => {
      expect(await namesOf({ filters: ['name', '=', 'list c'] })).toEqual(['list c']);
      expect(
        await namesOf({
          filters: '',
          or_filters: [
            ['name', '=', 'list a'],
            ['timeout', '=', 20],
          ],
        }),
      ).toEqual(['list d', 'list a']);
      expect(await namesOf({ filters: { enabled: 0 }, or_filters: { name: 'list a', timeout: 3 } })).toEqual([
        'list B',
      ]);
    });

    it.each([
      ['timeout desc', ['list d', 'list c', 'list B', 'list a']],
      ['`tabWebhook`.`timeout` asc', ['list a', 'list B', 'list c', 'list d']],
      ['webhook_docevent ASC, name desc', ['list B', 'list a', 'list d', 'list c']],
      ['', ['list d', 'list c', 'list B', 'list a']],
    ])('sort by %j', async (order_by, expected) => {
      expect(await namesOf({ filters: [ofList], order_by })).toEqual(expected);
    });

    it('show the requested columns, as objects or as lists', async () => {
      const one = { filters: { name: 'list d' } };
      const columns = ['name', '`tabWebhook`.`timeout`', 'enabled as is_on', 'condition'];
      expect(await frappe.list({ ...one, fields: columns })).toEqual([
        { name: 'list d', timeout: 20, is_on: 1, condition: null },
      ]);
      expect(await frappe.list({ ...one, fields: 'name,timeout', as_dict: 'false' })).toEqual([
        ['list d', 20],
      ]);
      for (const fields of ['["*"]', '"*"', '*', '["`tabWebhook`.*"]']) {
        const [row] = await frappe.list({ ...one, fields });
        expect(row).toMatchObject({
          name: 'list d',
          webhook_doctype: 'Listed',
          webhook_secret: '***',
          idx: 0,
        });
        expect(row).not.toHaveProperty('webhook_headers');
      }
    });

    it.each([
      [{ fields: ['secret'] }, 'DataError', 'Field not permitted in query: secret'],
      [{ fields: ['webhook_headers.key'] }, 'DataError', 'Field not permitted in query: webhook_headers.key'],
      [{ fields: ['count(name)'] }, 'DataError', 'Field not permitted in query: count(name)'],
      [{ fields: ['constructor'] }, 'DataError', 'Field not permitted in query: constructor'],
      [{ filters: { nothing: 1 } }, 'DataError', 'Field not permitted in query: nothing'],
      [{ order_by: 'nothing desc' }, 'DataError', 'Field not permitted in query: nothing'],
      [{ filters: '{' }, 'ValidationError', 'filters is not JSON'],
      [{ filters: { name: ['~', 'a'] } }, 'ValidationError', /^Operator must be one of =, !=/],
      [
        { filters: [['Webhook Header', 'key', '=', 'a']] },
        'ValidationError',
        /^Only filters on "Webhook" are supported/,
      ],
      [{ filters: { name: ['is', 'odd'] } }, 'ValidationError', /"set"/],
      [{ group_by: 'name' }, 'ValidationError', /^group_by/],
    ])('reject %j', async (parameters: Document, exception, message) => {
      const query = new URLSearchParams(
        Object.entries(parameters).map(([name, value]): [string, string] => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      );
      const { status, body } = await frappe.call('GET', `Webhook?${query}`);
      expect([status, body.exc_type]).toEqual([417, exception]);
      expect(messagesOf(body)).toEqual([
        typeof message === 'string' ? message : expect.stringMatching(message),
      ]);
    });
  });

  describe('a rejected request', () => {
    const faulty = {
      condition: 'doc.__class__',
      request_url: 'no host',
      webhook_json: '{% for %}',
      webhook_data: [
        { fieldname: 'a', key: 'b' },
        { fieldname: 'a', key: 'c' },
      ],
      enable_security: 1,
    };
    const good: Document = {
      condition: null,
      request_url: 'http://127.0.0.1:9/',
      webhook_json: null,
      webhook_data: [],
      webhook_secret: 'x',
    };

    it('reports one fault at a time, in the order of Frappe', async () => {
      let document: Document = minimal(faulty);
      const messages: string[] = [];
      for (const repaired of ['condition', 'request_url', 'webhook_json', 'webhook_data', 'webhook_secret']) {
        const { status, body } = await frappe.call('POST', 'Webhook', document);
        expect([status, body.exc_type]).toEqual([417, 'ValidationError']);
        expect(body.exception).toBe(`frappe.exceptions.ValidationError: ${messagesOf(body)[0]}`);
        messages.push(...messagesOf(body));
        document = { ...document, [repaired]: good[repaired] };
      }
      expect(messages).toEqual([
        expect.stringMatching(/^Invalid Condition: .*"__class__"/),
        'Check Request URL',
        expect.stringMatching(/^Syntax error in template as line 1: ./),
        'Same Field is entered more than once',
        'Invalid Webhook Secret',
      ]);
      await frappe.remove((await frappe.create(document)).name);
    });

    it.each([
      [{ webhook_doctype: '' }, 'MandatoryError', 'Error: Value missing for Webhook: DocType'],
      [
        { webhook_data: [{ fieldname: 'a' }] },
        'MandatoryError',
        'Error: Value missing for Webhook Data Row #1: Key',
      ],
      [{ request_url: null }, 'ValidationError', 'Check Request URL'],
      [{ request_url: '/relative' }, 'ValidationError', 'Check Request URL'],
      [{ request_url: 'https://' }, 'ValidationError', 'Check Request URL'],
      [{ request_url: '{{ doc.url }}', is_dynamic_url: 1 }, 'ValidationError', 'Check Request URL'],
      [{ webhook_json: 'a\n{{ doc. }}' }, 'ValidationError', /^Syntax error in template as line 2: /],
      [{ webhook_json: '{{ doc.__class__ }}' }, 'ValidationError', 'Illegal template'],
      [{ webhook_docevent: 'on_rename' }, 'ValidationError', /^Doc Event cannot be "on_rename"/],
      [
        { request_method: 'GET' },
        'ValidationError',
        /^Request Method cannot be "GET".*"POST", "PUT", "DELETE"$/,
      ],
      [{ request_structure: 'XML' }, 'ValidationError', /^Request Structure cannot be "XML"/],
      [{ request_url: 'http://10.0.0.1/' }, 'ValidationError', /^request_url .*private/],
      [{ request_url: 'ftp://example.com/' }, 'ValidationError', /^request_url must use https/],
      [{ timeout: 31 }, 'ValidationError', /^timeout /],
      [
        { webhook_headers: [{ key: 'Host', value: 'x' }] },
        'ValidationError',
        /^webhook_headers.Host is a reserved/,
      ],
      [{ webhook_doctype: 'a*' }, 'ValidationError', /^webhook_doctype is not an event type/],
      [{ webhook_headers: 'x' }, 'ValidationError', /^webhook_headers /],
      [{ condition: ['a'] }, 'ValidationError', /^condition is not a string, number, boolean or null/],
      [{ name: 'a<b' }, 'ValidationError', /special characters/],
      [{ name: 'x'.repeat(141) }, 'ValidationError', /140/],
    ])('reports the fault of %j', async (given: Document, exception, message) => {
      const { status, body } = await frappe.call('POST', 'Webhook', minimal(given));
      expect([status, body.exc_type]).toEqual([417, exception]);
      expect(messagesOf(body)).toEqual([
        typeof message === 'string' ? message : expect.stringMatching(message),
      ]);
    });

    it.each(['[]', '"text"', '', '{', '1'])('is reported for the body %j', async (text) => {
      const { status, body } = await frappe.call('POST', 'Webhook', text);
      expect([status, body.exc_type]).toEqual([417, 'ValidationError']);
    });

    it('reports a name that is taken, be it an alias or an id', async () => {
      const { name } = await frappe.create(minimal({ name: 'taken' }));
      const { id } = await subscriptionNamed(name);
      for (const other of [name, id]) {
        const { status, body } = await frappe.call('POST', 'Webhook', minimal({ name: other }));
        expect([status, body.exc_type]).toEqual([409, 'DuplicateEntryError']);
        expect(messagesOf(body)).toEqual([`Webhook ${other} already exists`]);
      }
      // It has a name, and no other.
      expect((await frappe.call('GET', `Webhook/${id}`)).status).toBe(404);
      await frappe.remove(name);
    });

    it.each([
      ['GET', 'Webhook/nothing', 'Webhook nothing not found'],
      ['PUT', 'Webhook/nothing', 'Webhook nothing not found'],
      ['DELETE', 'Webhook/nothing', 'Webhook nothing not found'],
      ['GET', `Webhook/${'x'.repeat(150)}`, `Webhook ${'x'.repeat(150)} not found`],
      ['GET', 'User', 'DocType User not found'],
      ['POST', 'User', 'DocType User not found'],
      ['GET', 'User/me', 'DocType User not found'],
      ['GET', 'Webhook%20Request%20Log/nothing', 'Webhook Request Log nothing not found'],
    ])('gets 404 for what does not exist: %s %s', async (method, path, message) => {
      const { status, body } = await frappe.call(method, path, method === 'GET' ? undefined : {});
      expect([status, body.exc_type]).toEqual([404, 'DoesNotExistError']);
      expect(messagesOf(body)).toEqual([message]);
      // By this Frappe's Python client tells "there is none" from an error.
      const isReading = method === 'GET' && !path.startsWith('User');
      expect(typeof body.exc).toBe(isReading ? 'undefined' : 'string');
    });

    it('reports a change of a log', async () => {
      for (const method of ['PUT', 'DELETE']) {
        const { status, body } = await frappe.call(method, 'Webhook%20Request%20Log/x', {});
        expect([status, body.exc_type]).toEqual([403, 'PermissionError']);
      }
      expect((await frappe.call('POST', 'Webhook%20Request%20Log', {})).status).toBe(403);
    });
  });

  describe('authorization', () => {
    it('accepts a key with its id, in both ways, and as a bearer', async () => {
      const { id, secret, token } = await newKey(['read']);
      const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
      for (const authorization of [token, `Token ${id}:${secret}`, basic, `Bearer ${secret}`]) {
        const { status } = await frappeClient(stack, authorization).call('GET', 'Webhook');
        expect(status, authorization).toBe(200);
      }
    });

    it.each(['', 'token a:b', 'token :', 'Basic !!', 'Bearer nonsense'])(
      'refuses %j',
      async (authorization) => {
        const answer = await frappeClient(stack, authorization).call('GET', 'Webhook');
        expect(answer.status).toBe(401);
        expect(answer.headers.get('content-type')).toBe('application/json');
        expect(answer.body).toMatchObject({ exc_type: 'AuthenticationError', exc: expect.any(String) });
        expect(messagesOf(answer.body)[0]).toContain('"Authorization: token <key id>:<secret>"');
      },
    );

    it('rejects a secret under the id of another key', async () => {
      const [one, other] = [await newKey(['read']), await newKey(['read'])];
      const mixed = frappeClient(stack, `token ${one.id}:${other.secret}`);
      expect((await mixed.call('GET', 'Webhook')).status).toBe(401);
    });

    it('lets keys with the scope read do nothing else', async () => {
      const reader = frappeClient(stack, (await newKey(['read'])).token);
      const publisher = frappeClient(stack, (await newKey(['publish'])).token);
      for (const [client, method, path] of [
        [reader, 'POST', 'Webhook'],
        [reader, 'PUT', 'Webhook/a'],
        [reader, 'DELETE', 'Webhook/a'],
        [publisher, 'GET', 'Webhook'],
        [publisher, 'GET', 'Webhook/a'],
      ] as const) {
        const { status, body } = await client.call(method, path, method === 'GET' ? undefined : minimal());
        expect([status, body.exc_type]).toEqual([403, 'PermissionError']);
      }
    });

    it('takes the project of the key as the site', async () => {
      const project = await stack().newProject('other');
      const other = frappeClient(stack, (await newKey(['manage'], project)).token);
      const { name } = await frappe.create(minimal({ name: 'on both sites' }));
      expect(await other.list()).toEqual([]);
      expect((await other.call('GET', 'Webhook/on%20both%20sites')).status).toBe(404);
      expect((await other.call('DELETE', 'Webhook/on%20both%20sites')).status).toBe(404);
      expect((await other.create(minimal({ name }))).name).toBe(name);
      const log = await stack().call('GET', '/api/resource/Webhook%20Request%20Log', undefined, {
        bearer: null,
        headers: { authorization: (await newKey(['read'], project)).token },
      });
      expect(log.body).toEqual({ data: [] });
      await frappe.remove(name);
    });
  });

  describe('the request log', () => {
    /** Three webhooks on one event, two of which answer 200, and one 404 once and for all. */
    const made: string[] = [];
    beforeAll(async () => {
      for (const n of [1, 2, 3]) {
        const { name } = await frappe.create(
          minimal({
            name: `logged ${n}`,
            webhook_doctype: 'Logged',
            request_url: receiver.url(`/log/${n}`),
            webhook_json: '{"id": "{{ doc.name }}"}',
          }),
        );
        made.push(name);
        const { id } = await subscriptionNamed(name);
        await stack().call('PATCH', native(id), { retry: 'none' });
      }
      receiver.respond((request, response) =>
        response.writeHead(request.path.endsWith('3') ? 404 : 200).end('r'),
      );
      for (const [index, name] of ['DOC/1', 'DOC.2', 'DOC 3'].entries()) {
        const event = {
          type: 'Logged.on_update',
          id: `evt/${index}.x`,
          data: { name },
          actor: { id: index },
        };
        await stack().publish(event);
        await receiver.waitFor(3 * (index + 1), ({ path }) => path.startsWith('/log/'));
        await eventually('the rows of the event are there', async () =>
          expect(await rows({})).toHaveLength(3 * (index + 1)),
        );
      }
    });
    const rows = async (parameters: Document) => {
      const query = new URLSearchParams({
        fields: '["webhook", "reference_document", "user"]',
        filters: '[["webhook", "like", "logged%"]]',
        limit_page_length: '0',
        ...parameters,
      });
      return (await frappe.call('GET', `Webhook%20Request%20Log?${query}`)).body.data;
    };

    it('lists the requests of every webhook, the newest first', async () => {
      const found = await rows({ fields: '["webhook", "creation", "reference_document"]' });
      expect(found.map(({ reference_document }: Document) => reference_document)).toEqual([
        ...['DOC 3', 'DOC 3', 'DOC 3'],
        ...['DOC.2', 'DOC.2', 'DOC.2'],
        ...['DOC/1', 'DOC/1', 'DOC/1'],
      ]);
      const times = found.map(({ creation }: Document) => creation);
      expect(times).toEqual(times.toSorted().toReversed());
      expect(new Set(found.map(({ webhook }: Document) => webhook))).toEqual(new Set(made));
    });

    it('is filtered by webhook, by fields of the event, by error and by time', async () => {
      expect(await rows({ filters: '{"webhook": "logged 2"}' })).toHaveLength(3);
      expect(await rows({ filters: '{"webhook": "nothing"}' })).toEqual([]);
      expect(await rows({ filters: '{"webhook": ["in", ["logged 1", "logged 2"]]}' })).toHaveLength(6);
      expect(await rows({ filters: '{"reference_document": "DOC.2", "webhook": "logged 1"}' })).toEqual([
        { webhook: 'logged 1', reference_document: 'DOC.2', user: '1' },
      ]);
      expect(await rows({ filters: '{"error": ["is", "set"], "reference_doctype": "Logged"}' })).toEqual(
        ['DOC 3', 'DOC.2', 'DOC/1'].map((reference_document, index) => ({
          webhook: 'logged 3',
          reference_document,
          user: String(2 - index),
        })),
      );
      expect(await rows({ filters: '{"webhook": "logged 1", "creation": [">", "2999-01-01"]}' })).toEqual([]);
      expect(
        await rows({ filters: '{"webhook": "logged 1", "creation": [">", "2020-01-01"]}' }),
      ).toHaveLength(3);
    });

    it('is paged and sorted', async () => {
      const one = { filters: '{"webhook": "logged 1"}' };
      const documents = async (parameters: Document) =>
        (await rows({ ...one, ...parameters })).map(({ reference_document }: Document) => reference_document);
      expect(await documents({ limit_page_length: '1', limit_start: '1' })).toEqual(['DOC.2']);
      expect(await documents({ order_by: 'creation asc' })).toEqual(['DOC/1', 'DOC.2', 'DOC 3']);
      expect(await documents({ order_by: 'user desc', limit_page_length: '2' })).toEqual(['DOC 3', 'DOC.2']);
    });

    it('has a document for each row, whatever the id of the event', async () => {
      for (const row of await rows({ fields: '["*"]' })) {
        const { body } = await frappe.call('GET', `Webhook%20Request%20Log/${encodeURIComponent(row.name)}`);
        const given = Object.entries(row).filter(([, value]) => value !== null);
        expect(body.data).toEqual({ ...Object.fromEntries(given), doctype: 'Webhook Request Log' });
      }
    });

    it('belongs to the project of the key', async () => {
      const [{ name }] = await rows({ fields: '["name"]' });
      const project = await stack().newProject('stranger');
      const stranger = frappeClient(stack, (await newKey(['read'], project)).token);
      const { status } = await stranger.call('GET', `Webhook%20Request%20Log/${encodeURIComponent(name)}`);
      expect(status).toBe(404);
    });
  });

  describe('frappe-js-sdk', () => {
    it('creates, reads, lists, updates and deletes', async () => {
      const { id, secret } = await newKey(['manage']);
      const db = new FrappeApp(stack().outputs.apiUrl, {
        useToken: true,
        token: () => `${id}:${secret}`,
        type: 'token',
      }).db();
      const created = await db.createDoc<Document>('Webhook', {
        ...minimal({ name: 'Made by the SDK', timeout: 3 }),
        webhook_headers: [{ key: 'x-a', value: 'b' }],
      });
      expect(created).toMatchObject({ name: 'Made by the SDK', owner: id });
      expect(await db.getDoc('Webhook', 'Made by the SDK')).toEqual(created);
      const found = await db.getDocList('Webhook', {
        fields: ['name', 'timeout'],
        filters: [
          ['name', 'like', '%SDK'],
          ['enabled', '=', 1],
        ],
        orFilters: [['timeout', 'in', ['3', '4']]],
        orderBy: { field: 'creation', order: 'desc' },
        limit: 5,
        limit_start: 0,
      });
      expect(found).toEqual([{ name: 'Made by the SDK', timeout: 3 }]);
      const plain = { filters: [['name', '=', 'Made by the SDK'] as const], asDict: false };
      expect(await db.getDocList('Webhook', plain as object)).toEqual([['Made by the SDK']]);
      expect((await db.getLastDoc('Webhook')).name).toBe('Made by the SDK');
      expect(await db.updateDoc<Document>('Webhook', created.name, { enabled: 0 })).toMatchObject({
        enabled: 0,
        timeout: 3,
      });
      expect(
        await db.getDocList('Webhook Request Log', { filters: [['webhook', '=', created.name]] }),
      ).toEqual([]);
      expect(await db.deleteDoc('Webhook', created.name)).toEqual({ message: 'ok' });
      await expect(db.getDoc('Webhook', created.name)).rejects.toMatchObject({
        httpStatus: 404,
        exception: 'frappe.exceptions.DoesNotExistError: Webhook Made by the SDK not found',
      });
      await expect(db.createDoc('Webhook', minimal({ request_url: 'x' }))).rejects.toMatchObject({
        httpStatus: 417,
        exc_type: 'ValidationError',
      });
    });
  });
});
