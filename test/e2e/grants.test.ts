import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { parkedDeliveries } from '../../core/adapters/dynamodb/parked-deliveries.ts';
import { denialOf } from '../../local/access/policy.ts';
import { LocalStackError } from '../../local/errors.ts';
import { startLocalStack } from '../../local/local-stack.ts';
import { letFallDue } from '../support/due-work.ts';
import { frappeClient } from '../support/frappe.ts';
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts';
import {
  assemblyWithout,
  type FunctionGrants,
  grantsOf,
  toText,
  toTexts,
  without,
} from '../support/grants.ts';
import { type Receiver, startReceiver, status } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

/** More than one step of a fan-out takes of an event of this size. */
const MANY = 50;
const LARGE = 'x'.repeat(200_000);

// biome-ignore lint/correctness/useHookAtTopLevel: it is vitest's hooks that it uses, for both of the suites.
const stack = useStack();
const all = grantsOf(inject('cdkOut'));
let receiver: Receiver;
let furnished: FurnishedProject;
beforeAll(async () => {
  receiver = await startReceiver();
  furnished = await furnishedProject(stack(), 'furnished', receiver.url('/furnished'));
});
beforeEach(() => receiver.respond(status(200)));
afterAll(() => receiver.stop());

const to = (path: string) => (request: { path: string }) => request.path === path;
const ofDemo = '/v1/projects/demo';
const ofFurnished = '/v1/projects/furnished';
const done = async (method: string, path: string, body?: unknown) => {
  const answer = await stack().call(method, path, body);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
};
const subscribed = (type: string, settings: object = {}) =>
  stack().subscribe({ url: receiver.url(`/${type}`), events: [type], ...settings });
const isOpen = async (id: string) =>
  (await done('GET', `${ofDemo}/subscriptions/${id}`)).health.state === 'open';

describe('within their grants the functions', () => {
  it('make, show, list, change and delete what a project has, and the project', async () => {
    const { ids } = furnished;
    for (const path of ['', '/keys', '/event-types', '/subscriptions', '/events', '/traffic', '/presets'])
      await done('GET', ofFurnished + path);
    await done('GET', '/v1/projects');
    await done('PATCH', ofFurnished, { retentionDays: 7 });
    await done('PUT', `${ofFurnished}/presets/dokos`);
    await done('GET', `${ofFurnished}/event-types/${ids['event-types']}/samples`);
    await done('DELETE', `${ofFurnished}/event-types/${ids['event-types']}`);
    for (const path of ['attempts', 'deliveries', 'stats'])
      await done('GET', `${ofFurnished}/subscriptions/${ids.subscriptions}/${path}`);
    await done('PATCH', `${ofFurnished}/subscriptions/${ids.subscriptions}`, { name: 'Another' });
    await done('POST', `${ofFurnished}/subscriptions/${ids.subscriptions}/rotate-secret`, {});
    await done('GET', `${ofFurnished}/events/${ids.events}/attempts`);

    await done('POST', '/v1/projects', { id: 'doomed' });
    const { id } = await stack().subscribe({ url: receiver.url(), events: ['a'] }, 'doomed');
    await done('DELETE', `/v1/projects/doomed/subscriptions/${id}`);
    await done('DELETE', '/v1/projects/doomed');
  });

  it('make a creation with an Idempotency-Key once', async () => {
    const headers = { 'idempotency-key': 'once' };
    const create = (path: string, body: object) => stack().call('POST', path, body, { headers });
    for (const _ of ['once', 'again']) {
      expect((await create('/v1/projects', { id: 'once' })).status).toBe(201);
      expect((await create(`${ofDemo}/subscriptions`, { url: receiver.url(), events: ['z'] })).status).toBe(
        201,
      );
    }
  });

  it('try subscriptions, whose type they look for among events and event types', async () => {
    const { id } = await stack().subscribe({ url: receiver.url(), events: ['never.*'] }, 'furnished');
    await done('POST', `${ofFurnished}/subscriptions/${id}/preview`);
    await done('POST', `${ofFurnished}/subscriptions/${id}/test`);
  });

  it('serve clients of Weavy', async () => {
    const { id, secret } = furnished.keys.manage;
    await done('POST', '/v1/Authenticate', { projectCode: 'furnished', username: id, password: secret });
    const process = (code: string, body: object) =>
      done('POST', `/v1/EntryPoints/demo/process?c=${code}`, body);
    const subscription = { event: 'NewDeal', hookUrl: receiver.url() };
    const { codeWebhookSubscription } = (await process('EPT_WebhookSubscribe', subscription)).result;
    await process('EPT_WebhookPerformList', { event: 'NewDeal' });
    await process('EPT_WebhookUnsubscribe', { codeWebhookSubscription });
  });

  it('serve clients of Frappe', async () => {
    const frappe = frappeClient(stack);
    const { name } = await frappe.create({ webhook_doctype: 'Task', request_url: receiver.url() });
    await frappe.list();
    await frappe.logs(name);
    await frappe.update(name, { timeout: 7 });
    expect((await frappe.remove(name)).status).toBeLessThan(300);
  });

  it('fan an event out in more than one step, and to the subscriptions of a replay', async () => {
    for (let n = 0; n < MANY; n++) await subscribed('wide', { url: receiver.url(`/wide/${n}`) });
    const { body } = await stack().publish({ type: 'wide', data: { LARGE } });
    await receiver.waitFor(MANY, ({ path }) => path.startsWith('/wide/'));
    await done('POST', `${ofDemo}/events/${body.id}/replay`);
    await receiver.waitFor(2 * MANY, ({ path }) => path.startsWith('/wide/'));
  });

  it('set aside what nobody can read', async () => {
    await stack().send('no event');
    expect(await stack().receive('events-dead-letter')).toHaveLength(1);
  });

  it('try a delivery again soon, then when it falls due, then give it up and say so', async () => {
    receiver.respond(status(500));
    const { id } = await subscribed('failing', { retry: [1, 3600] });
    await subscribed('ancrage.delivery.exhausted');
    await stack().publish({ type: 'failing', data: {} });
    await receiver.waitFor(2, to('/failing'));
    await letFallDue(stack(), id);
    await receiver.waitFor(3, to('/failing'));
    await receiver.waitFor(1, to('/ancrage.delivery.exhausted'));
  });

  it('disable a subscription that is gone', async () => {
    receiver.respond(status(410));
    const { id } = await subscribed('gone');
    await stack().publish({ type: 'gone', data: {} });
    await eventually(async () => !(await done('GET', `${ofDemo}/subscriptions/${id}`)).enabled);
  });

  it('hold what an endpoint that is down is to get, and bring it once a test has shown that it is back', async () => {
    receiver.respond(status(503));
    const { id } = await subscribed('down', { retry: 'none' });
    for (let n = 0; n < 5; n++) await stack().publish({ type: 'down', data: {} });
    await eventually(() => isOpen(id));
    await stack().functions.terminate('deliver');
    await stack().publish({ type: 'down', data: {} });
    await eventually(async () => (await parkedDeliveries(stack().table).held(id, 10)).length > 0);

    receiver.respond(status(200));
    await done('POST', `${ofDemo}/subscriptions/${id}/test`);
    await stack().functions.invoke('sweep', {});
    await eventually(async () => !(await isOpen(id)));
    await eventually(async () => (await parkedDeliveries(stack().table).held(id, 10)).length === 0);
  });

  it('replay one delivery', async () => {
    const { ids } = furnished;
    const before = receiver.requests.filter(to('/furnished')).length;
    const body = { subscriptionId: ids.subscriptions };
    await done('POST', `${ofFurnished}/events/${ids.events}/replay`, body);
    await receiver.waitFor(before + 1, to('/furnished'));
  });
});

describe('of the grants of', () => {
  const needed = ({ name, lambdas }: FunctionGrants) => [
    ...stack()
      .calls()
      .filter(({ functionName }) => functionName === name),
    ...lambdas,
  ];

  it.each(all)('$name none is unused, and none is missing', (grants) => {
    expect(toTexts(needed(grants))).toEqual(toTexts(grants.granted));
  });

  it.each(all)('$name none can be removed', (grants) => {
    for (const removed of grants.granted) {
      const left = without(grants.statements, removed);
      const failing = needed(grants).filter((call) => denialOf(left, call) !== null);
      expect(toTexts(failing)).toEqual([toText(removed)]);
    }
  });
});

describe('a stack without a grant', () => {
  const startWithout = async (action: string, log: (line: string) => void = () => {}) => {
    const cdkOut = assemblyWithout(inject('cdkOut'), action);
    const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-grants-'));
    onTestFinished(() => {
      for (const directory of [cdkOut, dataDir]) rmSync(directory, { recursive: true, force: true });
    });
    return startLocalStack({ port: 0, dataDir, ephemeral: true, guard: false, cdkOut, log });
  };

  it('does not start where Lambda could not work a queue off', async () => {
    const starting = startWithout('sqs:DeleteMessage');
    await expect(starting).rejects.toThrow(
      /^Lambda would reject the event source .* of fan-out: .* to call sqs:DeleteMessage$/,
    );
    await expect(starting).rejects.toBeInstanceOf(LocalStackError);
  });

  it('refuses what needs it, and says so', async () => {
    const lines: string[] = [];
    const lacking = await startWithout('sqs:SendMessage', (line) => lines.push(line));
    onTestFinished(() => lacking.stop());
    const { apiUrl, adminKey } = lacking.outputs;
    const answer = await fetch(`${apiUrl}/v1/projects/demo/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: '{"type":"a","data":{}}',
    });
    expect(answer.status).toBe(503);
    expect(lines.join()).toMatch(/Denied sqs:SendMessage on arn:aws:sqs:\S+ to publish: /);
    const [call] = lacking.calls().filter(({ isAllowed }) => !isAllowed);
    expect(call).toMatchObject({ functionName: 'publish', action: 'sqs:SendMessage' });
  });
});
