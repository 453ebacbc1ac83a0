import { FrappeApp } from 'frappe-js-sdk';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Document, frappeClient, messagesOf } from '../support/frappe.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe("Frappe's methods", () => {
  const stack = useStack();
  const frappe = frappeClient(stack);
  const receiver = useReceiver();
  let key: { id: string; secret: string };
  let reader: { id: string; secret: string };
  beforeAll(async () => {
    key = await stack().newKey(['manage']);
    reader = await stack().newKey(['read']);
  });

  const minimal = (given: Document = {}) => ({
    doctype: 'Webhook',
    webhook_doctype: 'Task',
    webhook_docevent: 'on_update',
    request_url: 'http://127.0.0.1:9/hook',
    ...given,
  });
  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  const tokenOf = ({ id, secret }: { id: string; secret: string }) => `token ${id}:${secret}`;
  interface Answer {
    readonly status: number;
    readonly text: string;
    readonly body: Document;
  }
  /** Send a request in any spelling of Frappe's, also in those that the OpenAPI document does not have. */
  const call = async (
    method: string,
    path: string,
    body?: object,
    authorization = tokenOf(key),
  ): Promise<Answer> => {
    const isForm = body instanceof URLSearchParams;
    const answer = await fetch(stack().outputs.apiUrl + path, {
      method,
      headers: {
        ...(authorization !== '' && { authorization }),
        ...(isForm ? FORM : { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: text === '' ? {} : JSON.parse(text) };
  };
  const client = (name: string, body: object): Promise<Answer> =>
    stack().call('POST', `/api/method/frappe.client.${name}`, body, {
      bearer: null,
      headers: { authorization: tokenOf(key) },
    });
  const message = async (answer: Promise<Answer>) => {
    const { status, text, body } = await answer;
    expect([status, text]).toEqual([200, expect.any(String)]);
    return body.message;
  };
  const expectRefusal = async (answer: Promise<Answer>, status: number, type: string) => {
    const { body, text, ...rest } = await answer;
    expect([rest.status, body.exc_type], text).toEqual([status, type]);
    expect(body.exc).toContain(type);
    return messagesOf(body)[0];
  };

  it('say who is logged in, as n8n and others check their credentials', async () => {
    expect(await message(call('GET', '/api/method/frappe.auth.get_logged_user'))).toBe(key.id);
    const other = call('GET', '/api/method/frappe.auth.get_logged_user', undefined, tokenOf(reader));
    expect(await message(other)).toBe(reader.id);
    for (const path of ['/api/method/ping', '/api/method/ping/', '/api/v1/method/ping', '/?cmd=ping'])
      expect(await message(call('GET', path))).toBe('pong');
  });

  it.each([
    ['POST', '/api/method/login', { usr: 'jane@example.com', pwd: 'x' }],
    ['POST', '/', new URLSearchParams({ cmd: 'login', usr: 'jane@example.com', pwd: 'x' })],
  ])('let nobody log in with a password: %s %s', async (method, path, body) => {
    for (const authorization of [tokenOf(key), ''])
      expect(
        await expectRefusal(call(method, path, body, authorization), 401, 'AuthenticationError'),
      ).toMatch(/no users to log in as/);
  });

  it('accept their arguments as a query, as a form and as JSON', async () => {
    await frappe.create(minimal({ name: 'asked', enabled: 0 }));
    const given = { doctype: 'Webhook', filters: { name: 'asked' }, fields: ['name', 'enabled'] };
    const texts = { ...given, filters: JSON.stringify(given.filters), fields: JSON.stringify(given.fields) };
    const expected = [{ name: 'asked', enabled: 0 }];
    const path = '/api/method/frappe.client.get_list';
    expect(await message(call('GET', `${path}?${new URLSearchParams(texts)}`))).toEqual(expected);
    for (const body of [given, texts, new URLSearchParams(texts)])
      expect(await message(call('POST', path, body))).toEqual(expected);
    const cmd = { cmd: 'frappe.client.get_list', ...texts };
    expect(await message(call('GET', `/?${new URLSearchParams(cmd)}`))).toEqual(expected);
    expect(await message(call('POST', '/', new URLSearchParams(cmd)))).toEqual(expected);
    await frappe.remove('asked');
  });

  it('list names if no fields are asked for', async () => {
    await frappe.create(minimal({ name: 'plain' }));
    expect(await frappe.list({ fields: '[]', filters: { name: 'plain' } })).toEqual([{ name: 'plain' }]);
    expect(await message(client('get_list', { doctype: 'Webhook', fields: [] }))).toEqual([
      { name: 'plain' },
    ]);
    await frappe.remove('plain');
  });

  it('read a document by its name or by filters', async () => {
    await frappe.create(minimal({ name: 'read', timeout: 3 }));
    const document = await frappe.get('read');
    expect(await message(client('get', { doctype: 'Webhook', name: 'read' }))).toEqual(document);
    expect(await message(client('get', { doctype: 'Webhook', filters: { timeout: 3 } }))).toEqual(document);
    expect(
      await expectRefusal(
        client('get', { doctype: 'Webhook', filters: { timeout: 4 } }),
        417,
        'ValidationError',
      ),
    ).toBe('No document found for given filters');
    const value = (given: object) => message(client('get_value', { doctype: 'Webhook', ...given }));
    expect(await value({ fieldname: 'timeout', filters: 'read' })).toEqual({ timeout: 3 });
    expect(await value({ fieldname: ['name', 'timeout'], filters: { timeout: 3 } })).toEqual({
      name: 'read',
      timeout: 3,
    });
    expect(await value({ fieldname: 'timeout', filters: '"read"', as_dict: false })).toBe(3);
    expect(await value({ fieldname: '["name", "timeout"]', filters: 'read', as_dict: 0 })).toEqual([
      'read',
      3,
    ]);
    expect(await value({ fieldname: 'timeout', filters: 'nothing' })).toEqual({});
    expect(await value({ fieldname: 'timeout', filters: 'nothing', as_dict: 0 })).toBeUndefined();
    await frappe.remove('read');
  });

  it('count documents', async () => {
    for (let n = 0; n < 21; n++) await frappe.create(minimal({ name: `counted ${n}`, enabled: n % 2 }));
    const count = (filters: unknown) => message(client('get_count', { doctype: 'Webhook', filters }));
    expect(await count([['name', 'like', 'counted%']])).toBe(21);
    expect(await count({ name: ['like', 'counted%'], enabled: 1 })).toBe(10);
    expect(await message(client('get_count', { doctype: 'Webhook Request Log' }))).toBe(0);
    for (let n = 0; n < 21; n++) await frappe.remove(`counted ${n}`);
  });

  it('insert several documents, or none of them', async () => {
    const documents = ['many 1', 'many 2'].map((name) => minimal({ name }));
    expect(await message(client('insert_many', { docs: documents }))).toEqual(['many 1', 'many 2']);
    const faulty = [minimal({ name: 'many 3' }), minimal({ name: 'many 2' })];
    await expectRefusal(client('insert_many', { docs: JSON.stringify(faulty) }), 409, 'DuplicateEntryError');
    const names = (await frappe.list({ filters: [['name', 'like', 'many%']] })).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['many 1', 'many 2']);
    const tooMany = Array.from({ length: 201 }, () => minimal());
    await expectRefusal(client('insert_many', { docs: tooMany }), 417, 'ValidationError');
    for (const name of names) await frappe.remove(name);
  });

  it('set fields, and refuse those that cannot be set', async () => {
    await frappe.create(minimal({ name: 'set', webhook_headers: [{ key: 'x-a', value: '1' }] }));
    const set = (given: object) => client('set_value', { doctype: 'Webhook', name: 'set', ...given });
    expect(await message(set({ fieldname: 'timeout', value: 7 }))).toMatchObject({ name: 'set', timeout: 7 });
    expect(await message(set({ fieldname: { enabled: 0, timeout: 8 } }))).toMatchObject({
      enabled: 0,
      timeout: 8,
    });
    expect(await message(set({ fieldname: '{"enabled": 1}' }))).toMatchObject({ enabled: 1 });
    expect(await message(set({ fieldname: 'condition', value: 'doc.a > 1' }))).toHaveProperty('condition');
    expect(await message(set({ fieldname: 'condition', value: '' }))).not.toHaveProperty('condition');
    const rows = JSON.stringify([{ fieldname: 'a', key: 'b' }]);
    expect(await message(set({ fieldname: 'webhook_data', value: rows }))).toMatchObject({
      webhook_data: [{ fieldname: 'a', key: 'b' }],
    });
    expect(await expectRefusal(set({ fieldname: 'owner', value: 'me' }), 417, 'ValidationError')).toBe(
      'Cannot edit standard fields',
    );
    await expectRefusal(set({ fieldname: 'enable', value: 0 }), 417, 'ValidationError');
    await expectRefusal(
      client('set_value', { doctype: 'Webhook', name: 'nothing', fieldname: 'enabled', value: 0 }),
      404,
      'DoesNotExistError',
    );
    await frappe.remove('set');
  });

  it('replace a document as a whole, based on its latest version', async () => {
    await frappe.create(
      minimal({
        name: 'saved',
        condition: 'doc.a > 1',
        timeout: 9,
        webhook_headers: [{ key: 'x-a', value: 'swordfish' }],
        enable_security: 1,
        webhook_secret: 'sésame',
      }),
    );
    const read = await frappe.get('saved');
    const { condition: _condition, ...without } = read;
    const saved = await message(client('save', { doc: JSON.stringify({ ...without, timeout: 4 }) }));
    expect(saved).toMatchObject({ timeout: 4, enabled: 1, webhook_headers: [{ value: '***' }] });
    expect(saved).not.toHaveProperty('condition');
    const { id } = (await stack().get('subscriptions?limit=100')).data.find(
      ({ name }: Document) => name === 'saved',
    );
    expect((await stack().get(`subscriptions/${id}/secret`)).secret).toBe('sésame');

    const stale = `Error: Document has been modified after you have opened it (${saved.modified}, ${read.modified}). Please refresh to get the latest document.`;
    expect(await expectRefusal(client('save', { doc: read }), 417, 'TimestampMismatchError')).toBe(stale);
    const { modified: _modified, ...undated } = saved;
    await expectRefusal(client('save', { doc: undated }), 417, 'TimestampMismatchError');
    const put = (body: object) => call('PUT', '/api/resource/Webhook/saved', body);
    expect(await expectRefusal(put(read), 417, 'TimestampMismatchError')).toBe(stale);
    expect((await put({ timeout: 5 })).body.data.timeout).toBe(5);
    const latest = await frappe.get('saved');
    expect((await put({ ...latest, timeout: 6 })).body.data.timeout).toBe(6);
    const disabled = { ...(await frappe.get('saved')), enabled: undefined, webhook_headers: undefined };
    expect(await message(client('save', { doc: disabled }))).toMatchObject({
      enabled: 0,
      webhook_headers: [],
    });
    await frappe.remove('saved');
  });

  it('change several documents, and return those that were rejected', async () => {
    for (const name of ['bulk 1', 'bulk 2']) await frappe.create(minimal({ name }));
    const docs = [
      { doctype: 'Webhook', docname: 'bulk 1', timeout: 3 },
      { doctype: 'Webhook', name: 'bulk 2', timeout: 99 },
      { doctype: 'Task', docname: 'a' },
    ];
    const { failed_docs } = await message(client('bulk_update', { docs: JSON.stringify(docs) }));
    expect(failed_docs).toEqual([
      { doc: docs[1], exc: expect.stringMatching(/^ValidationError: timeout /) },
      { doc: docs[2], exc: 'DoesNotExistError: DocType Task not found' },
    ]);
    expect((await frappe.get('bulk 1')).timeout).toBe(3);
    for (const name of ['bulk 1', 'bulk 2']) await frappe.remove(name);
  });

  it('rename a document, whose log follows, and free the old name', async () => {
    const url = receiver.url('/renamed');
    await frappe.create(minimal({ name: 'before', webhook_doctype: 'Renamed', request_url: url }));
    await frappe.create(minimal({ name: 'taken' }));
    await stack().publish({ type: 'Renamed.on_update', data: { name: 'R-1' } });
    await receiver.waitFor(1, to('/renamed'));
    const rename = (old_name: string, new_name: string, more = {}) =>
      client('rename_doc', { doctype: 'Webhook', old_name, new_name, ...more });
    expect(await message(rename('before', ' after '))).toBe('after');
    expect(await frappe.get('after')).toMatchObject({ name: 'after', request_url: url, modified_by: key.id });
    expect((await frappe.call('GET', 'Webhook/before')).status).toBe(404);
    const { data } = await stack().get('subscriptions?limit=100');
    expect(data.map(({ name }: Document) => name)).toContain('after');
    await stack().publish({ type: 'Renamed.on_update', data: { name: 'R-2' } });
    await receiver.waitFor(2, to('/renamed'));
    await expect
      .poll(async () => (await frappe.logs('after')).map(({ reference_document }) => reference_document))
      .toEqual(['R-2', 'R-1']);

    for (const [from, to, status, type] of [
      ['after', 'taken', 409, 'DuplicateEntryError'],
      ['after', 'after', 417, 'ValidationError'],
      ['after', 'a<b', 417, 'ValidationError'],
      ['nothing', 'something', 404, 'DoesNotExistError'],
    ] as const)
      await expectRefusal(rename(from, to), status, type);
    await expectRefusal(rename('after', 'taken', { merge: true }), 417, 'ValidationError');
    await frappe.create(minimal({ name: 'before' }));
    for (const name of ['before', 'after', 'taken']) await frappe.remove(name);
  });

  it('give a name to a subscription of the native API', async () => {
    const { id } = await stack().subscribe({
      url: 'http://127.0.0.1:9/',
      events: ['Task.on_trash'],
      format: 'template',
      template: '{}',
      signature: 'none',
    });
    await message(client('rename_doc', { doctype: 'Webhook', old_name: id, new_name: 'named' }));
    expect((await frappe.get('named')).name).toBe('named');
    expect((await frappe.call('GET', `Webhook/${id}`)).status).toBe(404);
    await stack().call('DELETE', `subscriptions/${id}`);
    expect((await frappe.call('GET', 'Webhook/named')).status).toBe(404);
  });

  it.each(['POST', 'DELETE'])(
    'delete a document with %s, and report one that does not exist',
    async (verb) => {
      await frappe.create(minimal({ name: 'doomed' }));
      const path = '/api/method/frappe.client.delete?doctype=Webhook&name=doomed';
      const deleted = await call(verb, path);
      expect([deleted.status, deleted.text]).toEqual([200, '{}']);
      expect((await frappe.call('GET', 'Webhook/doomed')).status).toBe(404);
      await expectRefusal(call(verb, path), 404, 'DoesNotExistError');
    },
  );

  it.each([
    ['/api/method/frappe.client.submit', 417, 'ValidationError'],
    ['/api/method/frappe.client.get_password', 417, 'ValidationError'],
    ['/api/method/frappe.desk.search', 417, 'ValidationError'],
    ['/api/method/frappe.client.get/more', 417, 'ValidationError'],
    ['/api/method/constructor', 417, 'ValidationError'],
    ['/api/method/frappe.client.get_list', 417, 'ValidationError'],
    ['/api/method/frappe.client.get_list?doctype=Task', 404, 'DoesNotExistError'],
    ['/api/method/frappe.client.delete?doctype=Webhook Request Log&name=x', 403, 'PermissionError'],
    ['/?cmd=frappe.client.nothing', 417, 'ValidationError'],
  ])('are reported if they cannot be called: POST %s', async (path, status, type) => {
    await expectRefusal(call('POST', path), status, type);
  });

  it('change nothing with a GET, and nothing for a key that may only read', async () => {
    await frappe.create(minimal({ name: 'kept' }));
    const query = 'doctype=Webhook&name=kept';
    for (const answer of [
      call('GET', `/api/method/frappe.client.delete?${query}`),
      call('GET', `/?cmd=frappe.client.delete&${query}`),
      call('HEAD', `/?cmd=frappe.client.delete&${query}`),
      call('POST', `/api/method/frappe.client.delete?${query}`, undefined, tokenOf(reader)),
      call('DELETE', '/api/v2/document/Webhook/kept', undefined, tokenOf(reader)),
      call('POST', '/', new URLSearchParams(`cmd=frappe.client.delete&${query}`), tokenOf(reader)),
    ])
      expect((await answer).status).toBe(403);
    const name = `/api/method/frappe.client.get?${query}`;
    expect(await message(call('GET', name, undefined, tokenOf(reader)))).toMatchObject({ name: 'kept' });
    await frappe.remove('kept');
  });

  it('belong to the project of the key', async () => {
    await frappe.create(minimal({ name: 'ours' }));
    const project = await stack().newProject('methods-other');
    const stranger = tokenOf(await stack().newKey(['manage'], project));
    const count = call('GET', '/api/method/frappe.client.get_count?doctype=Webhook', undefined, stranger);
    expect(await message(count)).toBe(0);
    const remove = call('POST', '/?cmd=frappe.client.delete&doctype=Webhook&name=ours', undefined, stranger);
    await expectRefusal(remove, 404, 'DoesNotExistError');
    await frappe.remove('ours');
  });

  describe('and resources in other spellings', () => {
    it.each(['/api/resource/Webhook/', '/api/v1/resource/Webhook', '/api/v1/resource/Webhook/'])(
      'are the same: %s',
      async (path) => {
        const { body } = await call('POST', path, minimal({ name: 'spelt' }));
        expect(body.data.name).toBe('spelt');
        expect((await call('GET', path)).body).toEqual({ data: [{ name: 'spelt' }] });
        const one = `${path.replace(/\/$/, '')}/spelt/`;
        expect((await call('GET', one)).body).toEqual(body);
        expect((await call('PUT', one, { timeout: 9 })).body.data.timeout).toBe(9);
        expect((await call('DELETE', one)).status).toBe(202);
      },
    );

    it('may have slashes in names, as Frappe’s clients write them', async () => {
      await frappe.create(minimal({ name: 'a/b c' }));
      const path = '/api/resource/Webhook/a%2Fb%20c';
      expect((await call('GET', path)).body.data.name).toBe('a/b c');
      expect((await call('DELETE', path)).status).toBe(202);
    });

    it('have the form of version 2 in version 2', async () => {
      const created = await call('POST', '/api/v2/document/Webhook/', minimal({ name: 'second' }));
      expect(created.body.data.name).toBe('second');
      const one = '/api/v2/document/Webhook/second';
      for (const method of ['PATCH', 'PUT'])
        expect((await call(method, one, { timeout: 3 })).body.data.timeout).toBe(3);
      const list = await call('GET', '/api/v2/document/Webhook?fields=["name","timeout"]&start=0&limit=1');
      expect(list.body).toEqual({ data: [{ name: 'second', timeout: 3 }] });
      expect((await call('GET', '/api/v2/document/Webhook?start=1')).body).toEqual({ data: [] });
      expect((await call('GET', '/api/v2/method/ping')).body).toEqual({ data: 'pong' });
      expect((await call('DELETE', one)).status).toBe(202);
      const { status, body } = await call('GET', one);
      expect([status, body.errors]).toEqual([
        404,
        [
          {
            type: 'DoesNotExistError',
            message: 'Webhook second not found',
            exception: expect.stringContaining('Webhook second not found'),
          },
        ],
      ]);
    });
  });

  describe('a URL', () => {
    const requested = async (request_url: string, more: Document = {}) => {
      const { name } = await frappe.create(minimal({ request_url, webhook_doctype: 'Url', ...more }));
      const before = receiver.requests.length;
      await stack().publish({ type: 'Url.on_update', data: { name: 'a' } });
      const requests = await receiver.waitFor(before + 1);
      const document = await frappe.get(name);
      await frappe.remove(name);
      return { document, request: requests[before] };
    };
    const withUser = (user: string, path: string) => receiver.url(path).replace('://', `://${user}@`);

    it('may have a user name and a password, which Python sends in a header', async () => {
      const given = { webhook_headers: [{ key: 'authorization', value: 'Bearer x' }] };
      const { document, request } = await requested(withUser('jane%40x:p%3Aq', '/in'), given);
      expect(document.request_url).toBe(receiver.url('/in'));
      expect(document.webhook_headers).toMatchObject([{ key: 'Authorization', value: '***' }]);
      expect(request?.path).toBe('/in');
      expect(request?.headers.authorization).toBe(`Basic ${btoa('jane@x:p:q')}`);
    });

    it('may be a template behind them', async () => {
      const url = `${withUser('u:p', '/')}{{ doc.name }}`;
      const { request } = await requested(url, { is_dynamic_url: 1 });
      expect([request?.path, request?.headers.authorization]).toEqual(['/a', `Basic ${btoa('u:p')}`]);
    });

    it('loses a user without a password, and the white space around it', async () => {
      const { document, request } = await requested(`  ${withUser('jane', '/space')}\n`);
      expect(document.request_url).toBe(receiver.url('/space'));
      expect(request?.headers).not.toHaveProperty('authorization');
    });

    it.each(['%ff:p', 'é€:p', '{{ doc.a }}:p'])('is refused with the user %j', async (user) => {
      const document = minimal({ request_url: `http://${user}@127.0.0.1:9/` });
      const { status, body } = await frappe.call('POST', 'Webhook', document);
      expect([status, messagesOf(body)[0]]).toEqual([417, expect.stringMatching(/^request_url /)]);
    });
  });

  describe('of frappe-js-sdk', () => {
    const sdk = ({ id, secret } = key) =>
      new FrappeApp(stack().outputs.apiUrl, {
        useToken: true,
        token: () => `${id}:${secret}`,
        type: 'token',
      });

    it('count, read, set, rename and submit', async () => {
      const db = sdk().db();
      await db.createDoc('Webhook', minimal({ name: 'sdk', timeout: 3 }));
      expect(await db.getCount('Webhook', [['name', '=', 'sdk']])).toBe(1);
      expect(await db.getCount('Webhook')).toBeGreaterThan(0);
      expect(await db.getValue('Webhook', 'timeout', [['name', '=', 'sdk']])).toEqual({
        message: { timeout: 3 },
      });
      expect(await db.getValue('Webhook', undefined, [['name', '=', 'sdk']])).toEqual({
        message: { name: 'sdk' },
      });
      expect(await db.setValue('Webhook', 'sdk', 'timeout', 4)).toMatchObject({ message: { timeout: 4 } });
      expect(await db.setValue('Webhook', 'sdk', { enabled: 0 })).toMatchObject({ message: { enabled: 0 } });
      expect(await db.renameDoc('Webhook', 'sdk', 'sdk 2')).toEqual({ message: 'sdk 2' });
      const refused = { httpStatus: 417, exc_type: 'ValidationError' };
      await expect(db.submit({ doctype: 'Webhook', name: 'sdk 2' })).rejects.toMatchObject(refused);
      await expect(db.cancel('Webhook', 'sdk 2')).rejects.toMatchObject(refused);
      await expect(db.getSingleValue('Webhook', 'timeout')).rejects.toMatchObject(refused);
      expect(await db.deleteDoc('Webhook', 'sdk 2')).toEqual({ message: 'ok' });
    });

    it('call methods, and know who is logged in', async () => {
      const app = sdk();
      expect(await app.auth().getLoggedInUser()).toBe(key.id);
      const calls = app.call();
      await calls.post('frappe.client.insert', { doc: minimal({ name: 'called' }) });
      expect(await calls.get('frappe.client.get_value', { doctype: 'Webhook', fieldname: 'name' })).toEqual({
        message: { name: 'called' },
      });
      await calls.put('frappe.client.set_value', {
        doctype: 'Webhook',
        name: 'called',
        fieldname: 'enabled',
        value: 0,
      });
      expect((await frappe.get('called')).enabled).toBe(0);
      expect(await calls.delete('frappe.client.delete', { doctype: 'Webhook', name: 'called' })).toEqual({});
      await expect(
        app.auth().loginWithUsernamePassword({ username: 'jane', password: 'x' }),
      ).rejects.toMatchObject({ httpStatus: 401, exc_type: 'AuthenticationError' });
    });
  });
});
