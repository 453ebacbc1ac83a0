import { rmSync } from 'node:fs';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { assemblyWith } from '../support/assembly.ts';
import { frappeClient, messagesOf } from '../support/frappe.ts';
import { useOwnStack } from '../support/stack.ts';

const LIMIT = 10;
const cdkOut = assemblyWith(inject('cdkOut'), (template) =>
  template.replaceAll(/("MAX_SUBSCRIPTIONS_PER_PROJECT": ?)"\d+"/g, `$1"${LIMIT}"`),
);
afterAll(() => rmSync(cdkOut, { recursive: true, force: true }));

describe('a project whose subscriptions are limited', () => {
  const stack = useOwnStack({ cdkOut });
  const given = { url: 'https://example.com/', events: ['a'] };
  const create = (project: string, headers = {}) =>
    stack().call('POST', `/v1/projects/${project}/subscriptions`, given, { headers });
  const createAtOnce = async (project: string, count: number) => {
    const answers = await Promise.all(Array.from({ length: count }, () => create(project)));
    return answers.map(({ status }) => status).toSorted();
  };

  it('gets exactly as many as it may have, by twenty requests at once', async () => {
    const project = await stack().newProject('crowded');
    const ten = (status: number) => Array.from({ length: 10 }, () => status);
    expect(await createAtOnce(project, 20)).toEqual([...ten(201), ...ten(429)]);
    const { data } = await stack().get(`/v1/projects/${project}/subscriptions?limit=100`);
    expect(data).toHaveLength(LIMIT);
  });

  it('is told so in each API, and gets another one after it has deleted one', async () => {
    const { project } = stack();
    await createAtOnce(project, LIMIT);
    const detail = 'A project may have 10 subscriptions. Delete one first, or ask the operator for more.';
    const problem = { type: 'about:blank', title: 'Limit reached', status: 429, detail };
    const once = { 'idempotency-key': 'once' };
    expect((await create(project, once)).body).toEqual(problem);

    const hook = { event: 'NewDeal', hookUrl: given.url };
    const weavy = await stack().call(
      'POST',
      `/v1/EntryPoints/${project}/process?c=EPT_WebhookSubscribe`,
      hook,
    );
    expect(weavy.body).toEqual(problem);

    const frappe = frappeClient(stack);
    const webhook = { webhook_doctype: 'Task', request_url: given.url };
    const refused = await frappe.call('POST', 'Webhook', webhook);
    expect(refused).toMatchObject({ status: 417, body: { exc_type: 'ValidationError' } });
    expect(messagesOf(refused.body)).toEqual([detail]);

    const [first, second] = (await stack().get('subscriptions')).data;
    await stack().done('DELETE', `subscriptions/${first.id}`);
    expect((await create(project, once)).status).toBe(201);
    expect((await create(project)).status).toBe(429);
    await stack().done('DELETE', `subscriptions/${second.id}`);
    await frappe.create(webhook);
    expect((await create(project)).status).toBe(429);
  });
});
