import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSBatchResponse } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { getItem } from '../../core/adapters/dynamodb/table.ts';
import { unhealthyItem } from '../../core/adapters/dynamodb/unhealthy-index.ts';
import { writeOne } from '../../core/adapters/dynamodb/write.ts';
import { denialOf } from '../../local/access/policy.ts';
import { LocalStackError } from '../../local/errors.ts';
import { startLocalStack } from '../../local/local-stack.ts';
import { eventually } from '../support/eventually.ts';
import { frappeClient } from '../support/frappe.ts';
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts';
import {
  assemblyWithContinuations,
  assemblyWithout,
  type FunctionGrants,
  grantsOf,
  toText,
  toTexts,
  without,
} from '../support/grants.ts';
import { loseBody } from '../support/lost-body.ts';
import { startReceiver, status, to, useReceiver } from '../support/receiver.ts';
import { replayJobRecord } from '../support/records.ts';
import { sqsRecord } from '../support/sqs-record.ts';
import { useOwnStack } from '../support/stack.ts';
import {
  beginNow,
  callPump,
  dueEntries,
  letFallDue,
  lookAgainNow,
  makeDirect,
  makePaused,
  untilMode,
  untilWaiting,
} from '../support/waiting.ts';

/** More than one step of a fan-out takes of an event of this size. */
const MANY = 50;
const LARGE = 'x'.repeat(200_000);

const cdkOut = assemblyWithContinuations(inject('cdkOut'));
afterAll(() => rmSync(cdkOut, { recursive: true, force: true }));
// biome-ignore lint/correctness/useHookAtTopLevel: these are hooks of Vitest, for both suites.
const [stack, receiver] = [useOwnStack({ cdkOut }), useReceiver()];
const all = grantsOf(inject('cdkOut'));
let furnished: FurnishedProject;
beforeAll(async () => {
  await repairIndex();
  furnished = await furnishedProject(stack(), 'furnished', receiver.url('/furnished'));
});
beforeEach(() => receiver.respond(status(200)));

/** The first sweep compares the index of unhealthy subscriptions with them. It finds an entry of nobody, and misses one. */
async function repairIndex(): Promise<void> {
  const { table, project, subscribe, functions } = stack();
  const disabled = await subscribe({ url: receiver.url(), events: ['none'], enabled: false });
  const of = (id: string) => KEY.unhealthy(project, 'disabled', id);
  await writeOne(table, { Delete: { TableName: table.tableName, Key: of(disabled.id) } });
  const Item = unhealthyItem(project, 'sub_gone', { state: 'disabled', reason: 'manual', since: null });
  await writeOne(table, { Put: { TableName: table.tableName, Item } });
  await functions.invoke('sweep', {});
  expect(await getItem(table, of(disabled.id))).toBeDefined();
  expect(await getItem(table, of('sub_gone'))).toBeUndefined();
}

const done = (method: string, path: string, body?: unknown) => stack().done(method, path, body);
/** A path of the furnished project. */
const within = (path: string) => `/v1/projects/${furnished.id}${path}`;
const subscribed = (type: string, settings: object = {}) =>
  stack().subscribe({ url: receiver.url(`/${type}`), events: [type], ...settings });

const untilIdle = (id: string): Promise<unknown> =>
  eventually(`the pump of ${id} is idle`, async () => {
    expect(await flowStore(stack().table).get(id)).toMatchObject({ dueAt: null, leaseEnds: null });
  });

describe('within their grants the functions', () => {
  it('create, show, list, change and delete a project and everything in it', async () => {
    const { ids } = furnished;
    for (const path of [
      '',
      '/keys',
      '/event-types',
      '/subscriptions',
      '/events',
      '/traffic',
      '/presets',
      '/jobs',
    ])
      await done('GET', within(path));
    await done('GET', '/v1/projects');
    await done('PATCH', within(''), { retentionDays: 7 });
    await done('PUT', within('/presets/dokos'));
    await done('GET', within(`/event-types/${ids['event-types']}/samples`));
    await done('DELETE', within(`/event-types/${ids['event-types']}`));
    for (const path of ['attempts', 'deliveries', 'stats'])
      await done('GET', within(`/subscriptions/${ids.subscriptions}/${path}`));
    await done('PATCH', within(`/subscriptions/${ids.subscriptions}`), { name: 'Another' });
    await done('POST', within(`/subscriptions/${ids.subscriptions}/rotate-secret`), {});
    for (const path of ['attempts', 'deliveries']) await done('GET', within(`/events/${ids.events}/${path}`));

    const doomed = await stack().newProject('doomed');
    const { id } = await stack().subscribe({ url: receiver.url(), events: ['a'] }, doomed);
    await done('PATCH', `/v1/projects/${doomed}/subscriptions/${id}`, { url: receiver.url('/moved') });
    await done('DELETE', `/v1/projects/${doomed}/subscriptions/${id}`);
    await done('DELETE', `/v1/projects/${doomed}`);
  });

  it('create a resource once with an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'once' };
    const create = (path: string, body: object) => stack().call('POST', path, body, { headers });
    for (const _ of ['once', 'again']) {
      expect((await create('/v1/projects', { id: 'once' })).status).toBe(201);
      expect((await create(`subscriptions`, { url: receiver.url(), events: ['z'] })).status).toBe(201);
    }
  });

  it('send test requests and make previews, with types from events and event types', async () => {
    const { id } = await stack().subscribe({ url: receiver.url(), events: ['never.*'] }, furnished.id);
    await done('POST', within(`/subscriptions/${id}/preview`));
    await done('POST', within(`/subscriptions/${id}/test`));
  });

  it('serve clients of Weavy', async () => {
    const { id, secret } = furnished.keys.manage;
    await done('POST', '/v1/Authenticate', { projectCode: furnished.id, username: id, password: secret });
    // The first subscription of a project, before which its subscriptions are counted.
    const project = await stack().newProject('hooked');
    const process = (code: string, body: object) =>
      done('POST', `/v1/EntryPoints/${project}/process?c=${code}`, body);
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
    await frappe.update(name, { request_url: receiver.url('/moved') });
    expect((await frappe.remove(name)).status).toBeLessThan(300);
  });

  it('fan an event out in more than one step, and to the subscriptions of a replay', async () => {
    for (let n = 0; n < MANY; n++) await subscribed('wide', { url: receiver.url(`/wide/${n}`) });
    const { body } = await stack().publish({ type: 'wide', data: { LARGE } });
    await receiver.waitFor(MANY, ({ path }) => path.startsWith('/wide/'));
    await done('POST', `events/${body.id}/replay`);
    await receiver.waitFor(2 * MANY, ({ path }) => path.startsWith('/wide/'));
  });

  it('carry events of 1 MiB from the publisher to the hook URL, the log and the samples', async () => {
    const { id } = await subscribed('huge', { retry: [1] });
    const data = { text: randomBytes(786_390).toString('base64') };
    await makeDirect(stack(), id);
    receiver.respond((_, response) => {
      const isFirst = receiver.requests.filter(to('/huge')).length === 1;
      response.writeHead(isFirst ? 500 : 200).end();
    });
    await stack().publish({ id: 'huge', type: 'huge', data });
    await receiver.waitFor(2, to('/huge'));
    receiver.respond(status(200));
    // Fan-out reads an event again that comes again with its message.
    await done('POST', 'events/huge/replay', { subscriptionId: id });
    await done('POST', 'events/huge/replay', {});
    await receiver.waitFor(4, to('/huge'));
    await done('GET', 'events/huge');
    await done('GET', 'event-types/huge/samples');
    await done('POST', `subscriptions/${id}/preview`, { eventId: 'huge' });
    // The latest events are checked against what is saved.
    await done('PATCH', `subscriptions/${id}`, { condition: 'data.text' });
    await done('PUT', 'event-types/huge', { schema: { required: ['text'] } });
    await done('POST', '/v1/EntryPoints/demo/process?c=EPT_WebhookPerformList', { event: 'huge' });
    const frappe = frappeClient(stack);
    const webhook = {
      webhook_doctype: 'Huge',
      webhook_docevent: 'on_update',
      request_url: receiver.url('/frappe'),
    };
    const { name } = await frappe.create(webhook);
    await stack().publish({ type: 'Huge.on_update', data: { name: 'HUGE-1', text: data.text.slice(100) } });
    await receiver.waitFor(1, to('/frappe'));
    await eventually('the log has the document', async () => {
      expect(await frappe.logs(name)).toMatchObject([{ reference_document: 'HUGE-1' }]);
    });
  });

  it('erase an event of 1 MiB, and the events of an actor', async () => {
    receiver.respond(status(500));
    const { id } = await subscribed('erased', { retry: [3600] });
    const data = { text: randomBytes(786_300).toString('base64') };
    const publish = (event: string) =>
      done('POST', 'events', { id: event, type: 'erased', actor: { id: event }, data });
    await publish('erased-1');
    await untilWaiting(stack(), id, 1);
    // Fan-out deletes the body that nobody refers to.
    await publish('erased-1');
    await stack().idle('internal');
    await done('DELETE', 'events/erased-1/data');
    await untilWaiting(stack(), id, 0);
    await publish('erased-2');
    await untilWaiting(stack(), id, 1);
    const erasure = await done('POST', 'erasures', { actor: { id: 'erased-2' } });
    await lookAgainNow(stack(), erasure.id);
    await eventually('the erasure is done', async () => {
      expect(await done('GET', `erasures/${erasure.id}`)).toMatchObject({ state: 'done', erased: 1 });
    });
    expect((await done('GET', 'erasures')).data).toHaveLength(1);
    await beginNow(stack(), 'erased-');
    await eventually('the erasures were repeated', async () => {
      const due = await dueEntries(dueWorkStore(stack().table), Number.MAX_SAFE_INTEGER);
      expect(due.filter(({ key }) => key.includes('erased-'))).toEqual([]);
    });
  });

  it('take an event whose large body is gone for an erased one', async () => {
    receiver.respond(status(500));
    const { id } = await subscribed('lost', { retry: [3600] });
    const frappe = frappeClient(stack);
    const webhook = { webhook_doctype: 'Lost', webhook_docevent: 'on_update', request_url: receiver.url() };
    const { name } = await frappe.create(webhook);
    const fanOut = async (event: string, type: string) => {
      const data = { name: event, text: randomBytes(786_300).toString('base64') };
      const published = { project: stack().project, id: event, type, actor: { id: event }, data };
      const record = sqsRecord('events', { messageId: event, body: JSON.stringify(published) });
      const answer = await stack().functions.invoke('fan-out', { Records: [record] });
      expect(answer).toEqual({ batchItemFailures: [] });
      return () => loseBody(stack().table, stack().project, event);
    };
    const loseDocument = await fanOut('LOST-1', 'Lost.on_update');
    const lose = await fanOut('lost-1', 'lost');
    await untilWaiting(stack(), id, 1);
    await eventually('the log has the document', async () =>
      expect(await frappe.logs(name)).toMatchObject([{ reference_document: 'LOST-1' }]),
    );
    await loseDocument();
    await lose();
    // Its message comes once more.
    await fanOut('lost-1', 'lost');
    expect(await frappe.logs(name)).toHaveLength(1);
    expect(await done('GET', 'events/lost-1')).toMatchObject({
      ...{ type: 'lost', erasedAt: expect.any(String) },
      deliveries: [{ subscriptionId: id, state: 'erased' }],
    });
    await done('PUT', 'event-types/lost', { description: 'Of events whose bodies are gone' });
    expect(await done('GET', 'event-types/lost/samples')).toEqual({ data: [], cursor: null });
    await done('POST', '/v1/EntryPoints/demo/process?c=EPT_WebhookPerformList', { event: 'lost' });
    const refused = { status: 409, body: { detail: expect.stringMatching(/erased/) } };
    await done('PATCH', `subscriptions/${id}`, { condition: 'data.text' });
    const eventId = 'lost-1';
    expect(await stack().call('POST', `subscriptions/${id}/preview`, { eventId })).toMatchObject(refused);
    expect(await stack().call('POST', 'events/lost-1/replay')).toMatchObject(refused);
    const before = receiver.requests.filter(to('/lost')).length;
    await letFallDue(stack(), id);
    await untilWaiting(stack(), id, 0);
    expect(receiver.requests.filter(to('/lost'))).toHaveLength(before);

    await done('DELETE', 'events/LOST-1/data');
    const erasure = await done('POST', 'erasures', { actor: { id: 'nobody' } });
    // Somebody has erased it before the restore: that is completed.
    await lookAgainNow(stack(), erasure.id);
    await eventually('the erasure is done', async () => {
      expect(await done('GET', `erasures/${erasure.id}`)).toMatchObject({ state: 'done', erased: 1 });
    });
    const [attempt] = (await done('GET', `subscriptions/${id}/attempts`)).data;
    expect(attempt.request).toMatchObject({ body: '', truncated: 'erased' });
  });

  it('dead-letter a message that cannot be read', async () => {
    for (const queue of ['events', 'internal'] as const) {
      // With the reason, the larger one is too large for a message.
      for (const body of ['no event', 'x'.repeat(1_048_576)]) {
        await stack().send(body, {}, queue);
        expect(await stack().receive(`${queue}-dead-letter`)).toHaveLength(1);
      }
    }
  });

  it.each([
    ['fan-out', 'events'],
    ['fan-out', 'internal'],
    ['deliver', 'deliveries'],
    ['deliver', 'retries'],
    ['pump', 'pumps'],
  ] as const)(
    'postpone what comes with a message that may kill %s, from the queue of %s',
    async (name, queue) => {
      const record = (messageId: string, receives: number) =>
        sqsRecord(queue, { messageId, body: 'not read', receives });
      const Records = [record('suspect', 3), record('neighbour', 1)];
      const { batchItemFailures } = (await stack().functions.invoke(name, { Records })) as SQSBatchResponse;
      expect(batchItemFailures).toContainEqual({ itemIdentifier: 'neighbour' });
    },
  );

  it('retry a delivery soon, then when it falls due, then give it up and report that', async () => {
    // The report must not be retried while a later test answers 410.
    receiver.respond((request, response) => status(to('/failing')(request) ? 500 : 200)(request, response));
    const { id } = await subscribed('failing', { retry: [1, 3600] });
    await subscribed('ancrage.delivery.exhausted');
    await stack().publish({ type: 'failing', data: {} });
    await receiver.waitFor(2, to('/failing'));
    await letFallDue(stack(), id);
    await receiver.waitFor(3, to('/failing'));
    await receiver.waitFor(1, to('/ancrage.delivery.exhausted'));
  });

  it.each(['pump', 'deliver'])('disable a subscription whose endpoint is gone: %s', async (name) => {
    receiver.respond(status(410));
    const { id } = await subscribed(`gone.${name}`);
    if (name === 'deliver') await makeDirect(stack(), id);
    await stack().publish({ type: `gone.${name}`, data: {} });
    await eventually('it is disabled', async () => !(await stack().get(`subscriptions/${id}`)).enabled);
  });

  it('remove a subscription of Weavy whose endpoint is gone, with all that waits for it', async () => {
    receiver.respond(status(410));
    const path = `/v1/EntryPoints/${stack().project}/process?c=EPT_WebhookSubscribe`;
    const body = { event: 'NewContact', hookUrl: receiver.url('/NewContact') };
    const { codeWebhookSubscription: id } = (await done('POST', path, body)).result;
    await stack().publish({ type: 'NewContact', data: {} });
    await eventually('it is gone', async () => {
      expect((await stack().call('GET', `subscriptions/${id}`)).status).toBe(404);
    });
    await callPump(stack(), id);
    await eventually('its flow item is gone', async () => {
      expect(await flowStore(stack().table).get(id)).toBeNull();
    });
  });

  it('send a copy of a message that a fault of ours kept deliver from handling', async () => {
    const body = JSON.stringify({ claim: { key: 'no key', lease: 0 } });
    const record = sqsRecord('retries', { messageId: 'faulty', body });
    const answer = await stack().functions.invoke('deliver', { Records: [record] });
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it('report what a direct endpoint answers, and leave it to the pump', async () => {
    receiver.respond(status(429));
    const { id } = await subscribed('busy');
    await makeDirect(stack(), id);
    await stack().publish({ type: 'busy', data: {} });
    await untilMode(stack(), id, 'paced');
    receiver.respond(status(200));
    await untilWaiting(stack(), id, 0);
  });

  it('give up a delivery to a direct endpoint, and report that', async () => {
    receiver.respond(status(200));
    // The other server has been reported.
    const hopeless = await startReceiver();
    onTestFinished(hopeless.stop);
    hopeless.respond(status(500));
    const { id } = await subscribed('hopeless', { retry: 'none', url: hopeless.url() });
    const told = receiver.requests.filter(to('/ancrage.delivery.exhausted')).length;
    await makeDirect(stack(), id);
    await stack().publish({ type: 'hopeless', data: {} });
    await receiver.waitFor(told + 1, to('/ancrage.delivery.exhausted'));
  });

  it('hold the deliveries of an endpoint that is down, and send them after a successful test request', async () => {
    const { id } = await subscribed('down', { retry: 'none' });
    await makePaused(stack(), id);
    await stack().publish({ type: 'down', data: {} });
    await untilWaiting(stack(), id, 1);

    await done('POST', `subscriptions/${id}/test`);
    await untilMode(stack(), id, 'paced');
    await untilWaiting(stack(), id, 0);
  });

  it('pause a subscription, so that its pump sends nothing, resume it and send what waits at once', async () => {
    const { id } = await subscribed('owned', { paused: true });
    await stack().publish({ type: 'owned', data: {} });
    await untilWaiting(stack(), id, 1);
    await callPump(stack(), id);
    await untilIdle(id);
    await untilWaiting(stack(), id, 1);
    await done('POST', `subscriptions/${id}/resume`);
    await done('POST', `subscriptions/${id}/send-now`);
    await untilWaiting(stack(), id, 0);
  });

  it('replay the deliveries of a subscription, and go on with a replay that was abandoned', async () => {
    const { id } = await subscribed('replayed');
    await stack().publish({ type: 'replayed', data: {} });
    await receiver.waitFor(1, to('/replayed'));
    // A pump that runs need not be called.
    await untilIdle(id);
    const since = new Date(Date.now() - 60_000).toISOString();
    const job = await done('POST', `subscriptions/${id}/replay`, { since, only: 'all' });
    await stack().finishedJob(id, job.id);
    await receiver.waitFor(2, to('/replayed'));

    const now = new Date().toISOString();
    const abandoned = replayJobRecord({
      ...{ project: stack().project, subscriptionId: id, since, until: now, only: 'all', requestedAt: now },
      expiresAt: Date.now() + 86_400_000,
    });
    await replayJobStore(stack().table).create(abandoned, Date.now());
    await stack().functions.invoke('sweep', {});
    await stack().finishedJob(id, abandoned.id);
    await receiver.waitFor(3, to('/replayed'));

    await done('PATCH', `subscriptions/${id}`, { paused: true });
    const unwanted = await done('POST', `subscriptions/${id}/replay`, { since, only: 'all' });
    await done('DELETE', `subscriptions/${id}/jobs/${unwanted.id}`);
    expect((await done('GET', `subscriptions/${id}/jobs`)).data).toHaveLength(3);
  });

  it('replay one delivery', async () => {
    const { ids } = furnished;
    const before = receiver.requests.filter(to('/furnished')).length;
    const body = { subscriptionId: ids.subscriptions };
    await done('POST', within(`/events/${ids.events}/replay`), body);
    await receiver.waitFor(before + 1, to('/furnished'));
    const deliveries = [{ eventId: ids.events, subscriptionId: ids.subscriptions }];
    const headers = { 'idempotency-key': 'resent' };
    for (const _ of ['once', 'again'])
      await stack().call('POST', within('/deliveries/resend'), { deliveries }, { headers });
    await receiver.waitFor(before + 2, to('/furnished'));
  });

  it('tell how a project is doing whose subscriptions fail', async () => {
    receiver.respond(status(500));
    const { id } = await subscribed('doing', { retry: [3600] });
    await makePaused(stack(), id);
    const { failing } = await done('GET', 'summary');
    expect(failing.data).toContainEqual(expect.objectContaining({ subscriptionId: id, reason: 'down' }));
    await done('GET', 'subscriptions?state=paused');
  });

  it('count an event from the queue', async () => {
    await stack().sendEvent({ id: 'queued', type: 'queued', data: {} });
    await stack().storedEvent('queued');
  });
});

describe('the grants of', () => {
  const needed = ({ name, lambdas }: FunctionGrants) => [
    ...stack()
      .calls()
      .filter(({ functionName }) => functionName === name),
    ...lambdas,
    ...withFormat1(name),
  ];

  /** With format 1, what a function sends to the internal queue goes to the events queue. */
  const withFormat1 = (name: string) =>
    stack()
      .calls()
      .filter(({ functionName, action }) => functionName === name && action === 'sqs:SendMessage')
      .filter(({ resource }) => resource.endsWith('-internal-queue'))
      .map((call) => ({ ...call, resource: call.resource.replace(/internal-queue$/, 'events-queue') }));

  it.each(all)('$name are all used, and none is missing', (grants) => {
    expect(toTexts(needed(grants))).toEqual(toTexts(grants.granted));
  });

  it.each(all)('$name are all necessary', (grants) => {
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

  it('does not start if Lambda could not consume a queue', async () => {
    const starting = startWithout('sqs:DeleteMessage');
    await expect(starting).rejects.toThrow(
      /^Lambda would reject the event source .* of fan-out: .* to call sqs:DeleteMessage$/,
    );
    await expect(starting).rejects.toBeInstanceOf(LocalStackError);
  });

  it('rejects what needs the grant, and reports that', async () => {
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
