import { describe, expect, it } from 'vitest';
import { newSubscriptionSchema } from '../../../../../core/api-schemas/subscription.ts';
import { PUBLIC_DESTINATIONS } from '../../../../../core/contract.ts';
import { type FrappePorts, resourceOf } from '../../../../../core/dialects/frappe/resources.ts';
import type { JsonText } from '../../../../../core/kernel/json-text.ts';
import { changeSubscription } from '../../../../../core/manage/change-subscription.ts';
import type { Event } from '../../../../../core/model/event.ts';
import { NO_EVIDENCE } from '../../../../../core/model/flow-state.ts';
import type { Subscription } from '../../../../../core/model/subscription.ts';
import { inMemoryAttempts } from '../../../../support/in-memory/events.ts';
import { inMemoryTenants } from '../../../../support/in-memory/projects-and-keys.ts';
import { inMemorySubscriptions } from '../../../../support/in-memory/subscriptions.ts';
import {
  attemptRecord,
  eventRecord,
  NOW,
  projectRecord,
  subscriptionRecord,
  unique,
} from '../../../../support/records.ts';

const policy = PUBLIC_DESTINATIONS;

async function open({
  mostOfAPage = Number.POSITIVE_INFINITY,
  event = null,
}: {
  readonly mostOfAPage?: number;
  readonly event?: Event | null;
} = {}) {
  const time = { now: NOW };
  const clock = () => time.now;
  const { projects } = inMemoryTenants(clock);
  const { id: project } = projectRecord();
  await projects.create(projectRecord({ id: project }), []);
  const { subscriptions: store } = inMemorySubscriptions();
  const attempts = inMemoryAttempts(clock);
  const reads = { attempts: 0, events: 0 };
  const ports: FrappePorts = {
    projects,
    subscriptions: {
      ...store,
      list: (id, page) => store.list(id, { ...page, limit: Math.min(page.limit, mostOfAPage) }),
    },
    flows: { wake: async () => false, change: async () => NO_EVIDENCE },
    pumpsQueue: { send: async () => new Set() },
    policy,
    maxSubscriptionsPerProject: 10_000,
    clock,
    attemptLog: {
      ...attempts,
      get: async (id, located) => {
        reads.attempts++;
        return attempts.get(id, located);
      },
      ofSubscription: async (id, page, filter) => {
        const found = await attempts.ofSubscription(id, page, filter);
        reads.attempts += found.items.length;
        return found;
      },
    },
    events: {
      get: async () => {
        reads.events++;
        return event;
      },
    },
    newSubscriptionSchema: newSubscriptionSchema(policy),
    messages: { checkFit: async () => {} },
  };
  const caller = { project, keyId: 'key_1', mayManage: true };
  const webhook = async (given: Partial<Subscription> = {}) => {
    const settings = {
      format: 'template',
      template: '{}',
      signature: 'none',
      events: ['Task.on_update'],
    } as const;
    const subscription = subscriptionRecord({ project, ...settings, ...given });
    await store.create(subscription);
    return subscription;
  };
  const attempt = ({ id }: Subscription, minute: number) =>
    attemptRecord({
      project,
      subscriptionId: id,
      eventId: unique('evt'),
      eventType: 'Task.on_update',
      at: new Date(NOW + minute * 60_000).toISOString(),
    });
  return {
    ...{ caller, webhook, attempt, attempts, reads, store, ports },
    webhooks: resourceOf('Webhook'),
    logs: resourceOf('Webhook Request Log'),
  };
}

const refusal = (message: RegExp) =>
  expect.objectContaining({ status: 417, message: expect.stringMatching(message) });

describe('the list of webhooks', () => {
  it('is rejected for more than 5000 subscriptions, with advice', async () => {
    const { ports, webhook, webhooks, caller } = await open();
    for (let n = 0; n < 5000; n++) await webhook(n % 2 === 0 ? { format: 'data' } : {});
    expect(await webhooks.list(ports, caller, { limit_page_length: '0' })).toHaveLength(2500);
    await webhook();
    await expect(webhooks.list(ports, caller, {})).rejects.toThrow(
      refusal(/5000 subscriptions.*\/v1\/projects/),
    );
  });

  it('is rejected for more than 40 pages, which large subscriptions fill sooner', async () => {
    const { ports, webhook, webhooks, caller } = await open({ mostOfAPage: 1 });
    for (let n = 0; n < 40; n++) await webhook();
    expect(await webhooks.list(ports, caller, { limit_page_length: '0' })).toHaveLength(40);
    await webhook();
    await expect(webhooks.list(ports, caller, {})).rejects.toThrow(refusal(/40 MB.*\/v1\/projects/));
  });
});

describe('the request log', () => {
  it('reads no more attempts than it shows, and events only for columns that need them', async () => {
    const { ports, webhook, attempt, attempts, logs, caller, reads } = await open();
    const [one, other] = [await webhook(), await webhook()];
    await attempts.record(Array.from({ length: 300 }, (_, minute) => attempt(one, minute)));
    await attempts.record(Array.from({ length: 300 }, (_, minute) => attempt(other, minute)));
    expect(await logs.list(ports, caller, { filters: `{"webhook": "${one.id}"}`, limit: '10' })).toHaveLength(
      10,
    );
    expect(reads).toEqual({ attempts: 100, events: 0 });
    await logs.list(ports, caller, { limit: '10' });
    expect(reads.attempts).toBeLessThanOrEqual(140);
    await logs.list(ports, caller, { limit: '3', fields: '["user"]' });
    expect(reads.events).toBe(3);
  });

  it('stops reading at the oldest time of the filter', async () => {
    const { ports, webhook, attempt, attempts, logs, caller, reads } = await open();
    const one = await webhook();
    await attempts.record(Array.from({ length: 1000 }, (_, minute) => attempt(one, minute)));
    const since = new Date(NOW + 990 * 60_000).toISOString();
    const filters = JSON.stringify([['creation', '>=', since]]);
    expect(await logs.list(ports, caller, { filters, limit_page_length: '0' })).toHaveLength(10);
    expect(reads.attempts).toBe(100);
  });

  it('is rejected if more than 5000 requests would have to be read', async () => {
    const { ports, webhook, attempt, attempts, logs, caller } = await open();
    const one = await webhook();
    await attempts.record(Array.from({ length: 5000 }, (_, minute) => attempt(one, minute)));
    const filters = '{"error": ["is", "set"]}';
    expect(await logs.list(ports, caller, { filters })).toEqual([]);
    await attempts.record([attempt(one, -1)]);
    await expect(logs.list(ports, caller, { filters })).rejects.toThrow(refusal(/5000 requests.*"creation"/));
  });

  it('covers up to 100 webhooks, unless it is filtered by webhook', async () => {
    const { ports, webhook, attempt, attempts, logs, caller } = await open();
    const made = [];
    for (let n = 0; n < 100; n++) made.push(await webhook());
    await attempts.record(made.map((one, minute) => attempt(one, minute)));
    expect(await logs.list(ports, caller, { limit_page_length: '0' })).toHaveLength(100);
    const last = await webhook();
    await expect(logs.list(ports, caller, {})).rejects.toThrow(refusal(/100 webhooks.*"webhook"/));
    for (const filters of [`{"webhook": "${last.id}"}`, `{"webhook": ["in", ["${last.id}"]]}`])
      expect(await logs.list(ports, caller, { filters })).toEqual([]);
  });

  it.each([
    ['{"name":"TASK-1"}', 'TASK-1'],
    ['"text"', null],
    ['[1]', null],
  ])('names the document of an event whose data is %s', async (data, document) => {
    const event = eventRecord({ data: data as JsonText });
    const { ports, webhook, attempt, attempts, logs, caller } = await open({ event });
    await attempts.record([attempt(await webhook(), 0)]);
    expect(await logs.list(ports, caller, { fields: '["reference_document"]' })).toEqual([
      { reference_document: document },
    ]);
  });

  it('shows truncated bodies as they are, and rows of expired events without their columns', async () => {
    const { ports, webhook, attempt, attempts, logs, caller } = await open();
    const one = await webhook();
    const { request } = attempt(one, 0);
    await attempts.record([
      { ...attempt(one, 2), request: { ...request, body: '{"a": "b…' } },
      { ...attempt(one, 1), request: { ...request, headers: {}, body: '' }, response: null, error: 'render' },
    ]);
    const fields = '["data", "headers", "response", "error", "user", "reference_document", "owner"]';
    expect(await logs.list(ports, caller, { fields })).toEqual([
      {
        data: '{"a": "b…',
        headers: '{\n "content-type": "application/json"\n}',
        response: 'ok',
        error: '',
        user: null,
        reference_document: null,
        owner: 'Administrator',
      },
      {
        data: null,
        headers: null,
        response: null,
        error: 'render: ',
        user: null,
        reference_document: null,
        owner: 'Administrator',
      },
    ]);
  });
});

describe('the request log of Frappe 16', () => {
  const deliveries = async (numbers: readonly [eventId: string, number: number, minute: number][]) => {
    const opened = await open();
    const { webhook, attempt, attempts } = opened;
    const one = await webhook();
    await attempts.record(
      numbers.map(([eventId, number, minute]) => ({
        ...attempt(one, minute),
        ...{ eventId, number, outcome: 'failure' as const, nextAttemptAt: null },
      })),
    );
    const list = async (query: Record<string, string>) =>
      (await opened.logs.list(opened.ports, opened.caller, {
        fields: '["name", "creation", "attempts"]',
        ...query,
      })) as { name: string; creation: string; attempts: number }[];
    const names = async (query: Record<string, string>) =>
      (await list(query)).map(({ name }) => name.slice(`${one.id}.`.length));
    return { ...opened, list, names };
  };

  it('has a row for each delivery, which keeps its creation, however its attempts are mixed', async () => {
    const { list, names } = await deliveries([
      ['a', 1, 0],
      ['b', 1, 1],
      ['c', 1, 2],
      ['a', 2, 3],
      ['b', 2, 4],
      ['a', 3, 5],
    ]);
    expect(await names({})).toEqual(['a', 'b', 'c']);
    expect(await list({})).toMatchObject([
      { attempts: 3, creation: '2026-01-15 12:00:00.000000' },
      { attempts: 2, creation: '2026-01-15 12:01:00.000000' },
      { attempts: 1, creation: '2026-01-15 12:02:00.000000' },
    ]);
    expect(await names({ order_by: 'creation desc' })).toEqual(['c', 'b', 'a']);
    expect(await names({ order_by: 'creation desc', limit: '1' })).toEqual(['c']);
    expect(await names({ order_by: 'creation desc', limit: '1', limit_start: '1' })).toEqual(['b']);
    expect(await names({ filters: '[["creation", ">", "2026-01-15 12:01:30"]]' })).toEqual(['c']);
    expect(await names({ filters: '{"attempts": [">", 1]}', limit: '1', limit_start: '1' })).toEqual(['b']);
  });

  it('reads no more than it shows when it is ordered by creation', async () => {
    const { names, reads } = await deliveries(
      Array.from({ length: 400 }, (_, index): [string, number, number] => [`e${index}`, 1, index]),
    );
    expect(await names({ order_by: 'creation desc', limit: '2' })).toEqual(['e399', 'e398']);
    expect(reads).toEqual({ attempts: 100, events: 0 });
  });

  it('counts the attempts that it reads, not the deliveries', async () => {
    const { names } = await deliveries(
      Array.from({ length: 5001 }, (_, index): [string, number, number] => ['a', index + 1, index]),
    );
    await expect(names({ limit: '2' })).rejects.toThrow(refusal(/5000 requests/));
  });
});

describe('a row of the request log', () => {
  it('has the whole type as its DocType if the type has no docevent', async () => {
    const { ports, webhook, attempt, attempts, logs, caller } = await open();
    const made = attempt(await webhook(), 0);
    await attempts.record([{ ...made, eventType: 'NewCustomer' }]);
    expect(await logs.list(ports, caller, { fields: '["reference_doctype"]' })).toEqual([
      { reference_doctype: 'NewCustomer' },
    ]);
  });

  it.each([
    ['an attempt', `att_${'a'.repeat(65)}.1.sub_1.evt_1`],
    ['a subscription', `att_1.1.sub_${'a'.repeat(2000)}.evt_1`],
    ['an event', `att_1.1.sub_1.${'e'.repeat(257)}`],
  ])('is not read if its name contains an invalid id of %s', async (_part, name) => {
    const { ports, logs, caller, reads } = await open();
    await expect(logs.get(ports, caller, name)).rejects.toThrow(expect.objectContaining({ status: 404 }));
    expect(reads.attempts).toBe(0);
  });
});

describe('the secret of a webhook', () => {
  it('stays unchanged if Frappe has never known it', async () => {
    const { ports, webhook, webhooks, caller, store } = await open();
    const { id, project, secrets } = await webhook();
    for (const given of [{ timeout: 3 }, { webhook_secret: '' }, { webhook_secret: '****' }])
      expect(await webhooks.update(ports, caller, id, given)).not.toHaveProperty('webhook_secret');
    expect((await store.get(project, id))?.secrets).toEqual(secrets);
  });

  it('cannot be copied from another webhook by its asterisks', async () => {
    const { ports, webhooks, caller } = await open();
    const copied = {
      webhook_doctype: 'Task',
      request_url: 'https://a.example/',
      webhook_secret: '****',
    };
    expect(await webhooks.create(ports, caller, copied)).not.toHaveProperty('webhook_secret');
    await expect(webhooks.create(ports, caller, { ...copied, enable_security: 1 })).rejects.toThrow(
      refusal(/^Invalid Webhook Secret$/),
    );
  });
});

describe('concurrent changes of a webhook', () => {
  it('are all kept', async () => {
    const { webhook, webhooks, caller, store, ports } = await open();
    const { id, project } = await webhook();
    await Promise.all([
      webhooks.update(ports, caller, id, { timeout: 3 }),
      webhooks.update(ports, caller, id, { condition: 'doc.a > 1' }),
      changeSubscription(ports, project, id, { metadata: { team: 'finance' } }),
      webhooks.update(ports, caller, id, { webhook_headers: [{ key: 'x-a', value: 'b' }] }),
    ]);
    expect(await store.get(project, id)).toMatchObject({
      timeoutSeconds: 3,
      condition: 'doc.a > 1',
      metadata: { team: 'finance' },
      headers: { 'x-a': 'b' },
    });
  });
});
