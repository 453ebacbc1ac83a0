import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Document, frappeClient } from '../support/frappe.ts';
import { type Respond, status, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { letFallDue, untilWaiting } from '../support/waiting.ts';

describe("A project's version of Frappe:", () => {
  const stack = useStack();
  const receiver = useReceiver();

  const projectOf = async (frappeVersion?: number) => {
    const id = `v-${crypto.randomUUID().slice(0, 8)}`;
    const { body } = await stack().call('POST', '/v1/projects', {
      id,
      ...(frappeVersion !== undefined && { frappeVersion }),
    });
    const key = await stack().newKey(['manage', 'publish'], id);
    const frappe = frappeClient(stack, `token ${key.id}:${key.secret}`);
    const webhook = async (docType: string) => {
      const given = { webhook_doctype: docType, webhook_docevent: 'on_update' };
      const { name } = await frappe.create({ ...given, request_url: receiver.url(`/${docType}`) });
      return name;
    };
    const publish = (docType: string, name: string) =>
      stack().done('POST', `/v1/projects/${id}/events`, { type: `${docType}.on_update`, data: { name } });
    const subscriptions = async (): Promise<Document[]> =>
      (await stack().get(`/v1/projects/${id}/subscriptions`)).data;
    return { id, shown: body, frappe, webhook, publish, subscriptions };
  };
  /** Wait until the log of a webhook is as expected, and return it. */
  const logged = (project: Awaited<ReturnType<typeof projectOf>>, webhook: string, rows: Document[]) =>
    eventually('the log has the rows', async () => {
      const found = await project.frappe.logs(webhook);
      expect(found).toMatchObject(rows);
      expect(found).toHaveLength(rows.length);
      return found;
    });
  const failing = (times: number, path: string): Respond => {
    let left = times;
    return (request, response) => status(to(path)(request) && left-- > 0 ? 503 : 200)(request, response);
  };

  it('is the newest one unless the project says otherwise', async () => {
    expect((await projectOf()).shown.frappeVersion).toBe(16);
    const { id, shown } = await projectOf(15);
    expect(shown.frappeVersion).toBe(15);
    await stack().done('PATCH', `/v1/projects/${id}`, { frappeVersion: 16 });
    expect(await stack().get(`/v1/projects/${id}`)).toMatchObject({ frappeVersion: 16 });
    for (const frappeVersion of [14, '16', null])
      expect((await stack().call('PATCH', `/v1/projects/${id}`, { frappeVersion })).status).toBe(422);
  });

  it('16 retries for 27 hours, and logs a row for each delivery', async () => {
    const project = await projectOf(16);
    receiver.respond(failing(1, '/Late'));
    const webhook = await project.webhook('Late');
    const [subscription] = await project.subscriptions();
    expect(subscription?.retry).toEqual([300, 1800, 7200, 18_000, 36_000, 36_000]);
    await project.publish('Late', 'DOC-1');
    await untilWaiting(stack(), subscription?.id, 1);
    const [failed] = await logged(project, webhook, [
      { status: 'Failed', attempts: 1, reference_document: 'DOC-1', next_retry: expect.any(String) },
    ]);
    const { name, creation, next_retry } = failed as Document;
    expect(Date.parse(`${next_retry}Z`) - Date.parse(`${creation}Z`)).toBeGreaterThan(270_000);

    await letFallDue(stack(), subscription?.id);
    const [delivered] = await logged(project, webhook, [
      // The row and its creation stay; the rest is that of the latest attempt.
      { name, creation, status: 'Delivered', attempts: 2, next_retry: null, error: '' },
    ]);
    expect(delivered?.modified > creation).toBe(true);
    const one = await project.frappe.call('GET', `Webhook%20Request%20Log/${encodeURIComponent(name)}`);
    expect(one.body.data).toMatchObject({ name, creation, status: 'Delivered', attempts: 2 });
  });

  it('16 says Exhausted when no attempt follows', async () => {
    const project = await projectOf(16);
    receiver.respond(status(503));
    const webhook = await project.webhook('Lost');
    const [{ id } = { id: '' }] = await project.subscriptions();
    await stack().done('PATCH', `/v1/projects/${project.id}/subscriptions/${id}`, { retry: [3600] });
    await project.publish('Lost', 'DOC-1');
    await untilWaiting(stack(), id, 1);
    await letFallDue(stack(), id);
    const exhausted = { reference_document: 'DOC-1', status: 'Exhausted', attempts: 2, next_retry: null };
    await logged(project, webhook, [exhausted]);
    const filtered = (state: string) => project.frappe.logs(webhook, { filters: { webhook, status: state } });
    expect(await filtered('Exhausted')).toMatchObject([exhausted]);
    expect(await filtered('Delivered')).toEqual([]);
  });

  it('15 tries three times in seconds, and logs a row for each attempt, which has no status', async () => {
    const project = await projectOf(15);
    receiver.respond(failing(1, '/Soon'));
    const webhook = await project.webhook('Soon');
    expect(await project.subscriptions()).toMatchObject([{ retry: [1, 4] }]);
    await project.publish('Soon', 'DOC-1');
    const rows = await logged(project, webhook, [
      { error: '', reference_document: 'DOC-1' },
      { error: expect.stringContaining('503'), reference_document: 'DOC-1' },
    ]);
    for (const row of rows) expect(row).not.toHaveProperty('status');
    const query = new URLSearchParams({ filters: JSON.stringify({ webhook, status: 'Failed' }) });
    expect((await project.frappe.call('GET', `Webhook%20Request%20Log?${query}`)).status).toBe(417);
  });
});
