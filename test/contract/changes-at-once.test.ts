import { expect, it } from 'vitest';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import type { SubscriptionPatch } from '../../core/api-schemas/subscription.ts';
import { PUBLIC_DESTINATIONS } from '../../core/contract.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { ConflictError, NotFoundError } from '../../core/kernel/errors.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { changeProject } from '../../core/manage/change-project.ts';
import { changeSubscription } from '../../core/manage/change-subscription.ts';
import { rotateSecret } from '../../core/manage/rotate-secret.ts';
import type { SubscriptionStore } from '../../core/ports/subscription-store.ts';
import { inMemoryDueWork } from '../support/in-memory/due-work.ts';
import { inMemoryTenants } from '../support/in-memory/projects-and-keys.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { eventTypeRecord, projectRecord, subscriptionRecord, unique } from '../support/records.ts';

const adapters = {
  inMemory: (clock: Clock) => {
    const { all, ...stores } = inMemorySubscriptions();
    return { ...inMemoryTenants(clock), ...stores, flows: inMemoryDueWork(clock, all).flows };
  },
  dynamodb: (table: DataTable) => ({
    projects: projectStore(table),
    eventTypes: eventTypeStore(table),
    subscriptions: subscriptionStore(table),
    flows: flowStore(table),
  }),
};

const settings = {
  pumpsQueue: { send: async () => new Set<number>() },
  clock: () => testTime.now,
  policy: PUBLIC_DESTINATIONS,
};
const PATCHES: SubscriptionPatch[] = [
  { name: 'A' },
  { maxInFlight: 5 },
  { events: ['a', 'b.*'] },
  { method: 'PUT' },
  { headers: { 'x-api-key': '***', 'x-a': '1' } },
  { format: 'data' },
  { signature: 'none' },
  { timeoutSeconds: 3 },
  { retry: [1, 2] },
  { metadata: { a: '1' } },
];

onBoth('concurrent changes', adapters, (open) => {
  const made = async (given = {}) => {
    const project = projectRecord();
    await open().projects.create(project, []);
    const subscription = subscriptionRecord({ project: project.id, ...given });
    await open().subscriptions.create(subscription);
    return subscription;
  };

  it('of a subscription are all kept, and a change of its headers keeps the masked ones', async () => {
    const { project, id } = await made({ headers: { 'x-api-key': 'secret' } });
    const ports = { ...open(), ...settings };
    await Promise.all([...PATCHES, ...PATCHES].map((patch) => changeSubscription(ports, project, id, patch)));
    expect(await open().subscriptions.get(project, id)).toMatchObject({
      ...Object.assign({}, ...PATCHES),
      headers: { 'x-api-key': 'secret', 'x-a': '1' },
      version: 21,
    });
  });

  it('of masked headers keep the value that another change has just set', async () => {
    const { project, id } = await made({ headers: { 'x-api-key': 'old' } });
    const { subscriptions } = open();
    const ports = { ...open(), ...settings };
    // Another write comes in between, once.
    let isFirst = true;
    const overtaken: SubscriptionStore = {
      ...subscriptions,
      async update(previous, next) {
        if (isFirst) await changeSubscription(ports, project, id, { headers: { 'x-api-key': 'new' } });
        isFirst = false;
        await subscriptions.update(previous, next);
      },
    };
    const late = { ...ports, subscriptions: overtaken };
    await changeSubscription(late, project, id, { headers: { 'x-api-key': '***', 'x-a': '1' } });
    const { headers } = (await subscriptions.get(project, id)) ?? {};
    expect(headers).toEqual({ 'x-api-key': 'new', 'x-a': '1' });
  });

  it('of a subscription’s secret are all kept', async () => {
    const { project, id, secrets } = await made();
    const ports = { ...open(), ...settings };
    const rotated = await Promise.all([1, 2].map(() => rotateSecret(ports, project, id, 60)));
    const now = (await open().subscriptions.get(project, id))?.secrets.map(({ secret }) => secret);
    expect(now?.toSorted()).toEqual([...rotated, secrets[0]?.secret].toSorted());
  });

  it('end as a conflict after 30 lost races, and as not found if the subscription is gone', async () => {
    const { project, id } = await made();
    const { subscriptions } = open();
    let tries = 0;
    const overtaken: SubscriptionStore = {
      ...subscriptions,
      async update(previous, next) {
        tries++;
        await subscriptions.update(previous, { ...previous, version: previous.version + 1 });
        await subscriptions.update(previous, next);
      },
    };
    const late = { ...open(), subscriptions: overtaken, ...settings };
    await expect(changeSubscription(late, project, id, { name: 'late' })).rejects.toThrow(ConflictError);
    expect(tries).toBe(30);
    const removed: SubscriptionStore = {
      ...subscriptions,
      async update(previous, next) {
        await subscriptions.delete(previous);
        await subscriptions.update(previous, next);
      },
    };
    const tooLate = { ...late, subscriptions: removed };
    await expect(changeSubscription(tooLate, project, id, { name: 'late' })).rejects.toThrow(NotFoundError);
    expect(await subscriptions.get(project, id)).toBeNull();
  });

  it('of a project are all kept', async () => {
    const project = projectRecord();
    await open().projects.create(project, []);
    const ports = open();
    const patches = [{ name: 'A' }, { exportKey: 'e' }, { companyId: 'c' }, { retentionDays: 60 }];
    await Promise.all(
      [...patches, ...patches, ...patches].map((patch) => changeProject(ports, project.id, patch)),
    );
    expect(await open().projects.get(project.id)).toEqual({
      ...project,
      ...Object.assign({}, ...patches),
      longestRetentionDays: 60,
    });
  });

  it('of an event type leave one whole version, never a mixture', async () => {
    const project = unique('p');
    const { eventTypes } = open();
    const given = Array.from({ length: 20 }, (_, n) =>
      eventTypeRecord({
        description: String(n),
        schema: n % 2 === 0 ? (`{"const":${n}}` as JsonText) : null,
        samples: [`{"n":${n}}` as JsonText],
      }),
    );
    await Promise.all(given.map((eventType) => eventTypes.put(project, eventType)));
    const left = await eventTypes.get(project, 'invoice.created');
    expect(given).toContainEqual(left);
    expect((await eventTypes.schemaVersions(project)).size).toBe(left?.schema === null ? 0 : 1);
  });
});
