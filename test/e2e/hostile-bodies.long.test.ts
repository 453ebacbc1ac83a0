import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../../core/adapters/dynamodb/table.ts';
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts';
import { hostileBodies } from '../support/hostile-bodies.ts';
import { isOfKeysProject, pathWith } from '../support/operations.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { requestBodies } from '../support/request-bodies.ts';
import { useOwnStack, useStack } from '../support/stack.ts';
import { stored } from '../support/stored.ts';

describe('a hostile body', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();
  let project: FurnishedProject;
  let before: Record<string, Item>;
  beforeAll(async () => {
    project = await furnishedProject(stack(), 'hostile', receiver.url());
  });
  beforeEach(async () => {
    before = await stored(stack());
  });

  /** Methods take any arguments, and ignore those that they do not have. */
  const described = requestBodies.filter(({ name }) => !/Frappe(Parameters|Command)$/.test(name));

  it.each(described)('gets a clear 4xx, and is not stored: $name', async (kind) => {
    const { operation, query, contentType } = kind;
    const where = pathWith(operation.path, project.ids) + query;
    const bearer = isOfKeysProject(operation) ? project.keys.manage.secret : stack().outputs.adminKey;
    const options = { bearer, headers: { 'content-type': contentType } };
    const bodies = hostileBodies(kind);
    expect(bodies.length).toBeGreaterThan(20);
    for (const { what, text, path } of bodies) {
      const { status, body } = await stack().call(operation.method, where, text, options);
      const told = `${what}: ${status} ${body?.detail}\n${text.slice(0, 300)}`;
      expect([401, 413, 417, 422], told).toContain(status);
      // The gateway's own 413 is short, a login that is wrong does not say where, and Frappe's 417 is its own.
      if (status !== 422) continue;
      expect(body.title, told).toMatch(/^(Not JSON|The request is not valid)$/);
      const paths = (body.errors ?? []).map((fault: { path: string }) => fault.path);
      if (path !== undefined) expect(paths, told).toContain(path);
    }
    expect(await stored(stack())).toEqual(before);
  });

  it.each([
    ['a NUL in a secret of Frappe’s kind', { signature: 'frappe', secret: 'a\u0000' }, 'secret'],
    ['half of a character in a secret of Frappe’s kind', { signature: 'frappe', secret: '\ud800' }, 'secret'],
    ['half of a character in a dynamic URL', { dynamicUrl: true, url: 'http://127.0.0.1/\ud800' }, 'url'],
    ['a NUL in a template', { format: 'template', template: '"\u0000"' }, 'template'],
  ])('is rejected if it is hostile only in its setting: %s', async (_, settings, path) => {
    const given = { url: receiver.url(), events: ['a'], ...settings };
    const { status, body } = await stack().call('POST', `/v1/projects/${project.id}/subscriptions`, given);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
    expect(await stored(stack())).toEqual(before);
  });

  it.each(['{"enabled":1,"enabled":0}', '{"condition":"\\u0000"}', '{"__proto__":{}}', '[', ''])(
    'is rejected within a form: %s',
    async (data) => {
      const { status } = await stack().call(
        'PUT',
        `/api/resource/Webhook/${project.ids.doctype}`,
        new URLSearchParams({ data }).toString(),
        {
          bearer: project.keys.manage.secret,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        },
      );
      expect(status).toBe(417);
      expect(await stored(stack())).toEqual(before);
    },
  );

  it.each([
    ...['[', '[]', '"insert"', '{"doc":{"doctype":"Webhook","doctype":"Webhook"}}', '{"__proto__":{}}'],
    ...['{"doc":"\\ud800"}', `{"doc":${'['.repeat(300)}${']'.repeat(300)}}`, ''],
  ])('is refused by a method of Frappe, and not stored: %s', async (text) => {
    const options = { bearer: project.keys.manage.secret, headers: { 'content-type': 'application/json' } };
    const { status } = await stack().call('POST', '/api/method/frappe.client.insert', text, options);
    expect(status).toBe(417);
    expect(await stored(stack())).toEqual(before);
  });

  it('gets a short response even if its faults repeat a long name many times', async () => {
    const name = 'n'.repeat(100_000);
    const text = `{"${name}":{${Array.from({ length: 1000 }, () => '"a":1').join()}}}`;
    const { status, text: answer } = await stack().call(
      'POST',
      `/v1/projects/${project.id}/subscriptions`,
      text,
    );
    expect(status).toBe(422);
    expect(answer.length).toBeLessThan(500_000);
  });
});

describe('data that looks hostile', () => {
  const stack = useStack();
  const receiver = useReceiver();
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const DATA =
    `{"constructor":"Gustave Eiffel","prototype":{"constructor":{}},"toString":"x","hasOwnProperty":1,"nul":"a\\u0000b",` +
    `"half":"\\ud800","\\udfff":"in a name","a.b":{"":[]},"deep":${deep(190)}}`;

  it('arrives unchanged, over HTTPS and from the queue', async () => {
    await stack().subscribe({ url: receiver.url('/data'), events: ['carried'], format: 'data' });
    expect((await stack().publish(`{"type":"carried","data":${DATA}}`)).status).toBe(202);
    await stack().send(`{"project":"${stack().project}","type":"carried","data":${DATA}}`);
    const requests = await receiver.waitFor(2);
    expect(requests.map(({ body }) => body)).toEqual([DATA, DATA]);
  });

  it('arrives in computed changes as deep as it was published', async () => {
    await stack().subscribe({ url: receiver.url('/changes'), events: ['changed'] });
    const event = `{"type":"changed","data":{},"previous":{"deep":${deep(198)}}}`;
    expect((await stack().publish(event)).status).toBe(202);
    const [request] = await receiver.waitFor(1, to('/changes'));
    expect(request?.body).toContain(`"changes":{"deep":{"from":${deep(198)},"to":null}}`);
  });

  it('is returned unchanged among samples', async () => {
    const path = 'event-types/carried.sample';
    expect((await stack().call('PUT', path, `{"samples":[${DATA}]}`)).status).toBe(200);
    expect((await stack().call('GET', path)).text).toContain(`"samples":[${DATA}]`);
  });
});
