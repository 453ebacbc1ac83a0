import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { NotFoundError, UnauthorizedError } from '../../core/kernel/errors.ts';
import type { ApiKey } from '../../core/model/api-key.ts';
import type { Project } from '../../core/model/project.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { startTable } from '../support/engines.ts';
import {
  eventTypeRecord,
  keyRecord,
  NOW,
  projectRecord,
  replayJobRecord,
  subscriptionRecord,
} from '../support/records.ts';

let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable(() => NOW);
});
afterAll(() => running.stop());

const open = (table: DataTable) => ({
  projects: projectStore(table),
  keys: keyStore(table),
  subscriptions: subscriptionStore(table),
  eventTypes: eventTypeStore(table),
  flows: flowStore(table),
  jobs: replayJobStore(table),
  authorities: authorityStore(table),
});
type Stores = ReturnType<typeof open>;

interface Tenant extends Stores {
  readonly project: Project;
  readonly key: ApiKey;
  readonly subscription: Subscription;
}

/** A project with a key and a subscription. */
async function newTenant(given: Partial<Project> = {}): Promise<Tenant> {
  const stores = open(running.table);
  const project = projectRecord(given);
  const key = keyRecord({
    project: project.id,
    scopes: ['manage'],
    ...(given.generation !== undefined && { generation: given.generation }),
  });
  const subscription = subscriptionRecord({ project: project.id });
  await stores.projects.create(project, []);
  await stores.keys.create(key);
  await stores.subscriptions.create(subscription);
  return { ...stores, project, key, subscription };
}

const confirm = ({ authorities, key }: Tenant) => authorities.confirm({ ...key, keyId: key.id }, key.project);
const deleteProject = ({ projects, project }: Tenant) => projects.delete(project, NOW + 1e9);
const deleteKey = ({ keys, key }: Tenant) => keys.delete(key.project, key.id);

/** Changes that callers of the API may ask for, and how to see whether they were made. */
const CHANGES: readonly [
  name: string,
  change: (tenant: Tenant) => Promise<unknown>,
  isMade: (tenant: Tenant) => Promise<boolean>,
][] = [
  [
    'creates a key',
    ({ keys, project }) => keys.create(keyRecord({ id: 'key_new', project: project.id })),
    async ({ keys, project }) => (await keys.get(project.id, 'key_new')) !== null,
  ],
  [
    'creates a token',
    ({ keys, key }) => keys.createToken({ hash: `${key.id}-token`, keyHash: key.hash, expiresAt: NOW + 1 }),
    async ({ keys, key }) => {
      await keys.create(key);
      return (await keys.findByHash(`${key.id}-token`, NOW)) !== null;
    },
  ],
  [
    'creates a subscription',
    ({ subscriptions, project }) =>
      subscriptions.create(subscriptionRecord({ id: 'sub_new', project: project.id })),
    async ({ subscriptions, project }) => (await subscriptions.get(project.id, 'sub_new')) !== null,
  ],
  [
    'creates a subscription with more patterns than a transaction has items',
    ({ subscriptions, project }) =>
      subscriptions.create(
        subscriptionRecord({
          id: 'sub_many',
          project: project.id,
          events: Array.from({ length: 150 }, (_, n) => `type.${n}`),
        }),
      ),
    async ({ subscriptions, project }) => (await subscriptions.get(project.id, 'sub_many')) !== null,
  ],
  [
    'points a subscription elsewhere',
    ({ subscriptions, subscription }) =>
      subscriptions.update(subscription, {
        ...subscription,
        url: 'https://thief.example/',
        version: subscription.version + 1,
      }),
    async ({ subscriptions, subscription: { project, id } }) =>
      (await subscriptions.get(project, id))?.url === 'https://thief.example/',
  ],
  [
    'deletes a subscription',
    ({ subscriptions, subscription }) => subscriptions.delete(subscription),
    async ({ subscriptions, subscription: { project, id } }) =>
      (await subscriptions.get(project, id)) === null,
  ],
  [
    'registers an event type',
    ({ eventTypes, project }) => eventTypes.put(project.id, eventTypeRecord({ type: 'new' })),
    async ({ eventTypes, project }) => (await eventTypes.get(project.id, 'new')) !== null,
  ],
  [
    'starts a replay',
    ({ jobs, subscription: { project, id } }) =>
      jobs.create(replayJobRecord({ id: 'job_new', project, subscriptionId: id }), NOW + 1),
    async ({ jobs, subscription: { id } }) => (await jobs.get(id, 'job_new')) !== null,
  ],
  [
    'changes the mode of a subscription',
    ({ flows, subscription: { project, id, flow } }) =>
      flows.setMode(project, id, flow, { ...flow, mode: 'paced', reason: 'recovering' }),
    async ({ subscriptions, subscription: { project, id } }) =>
      (await subscriptions.get(project, id))?.flow.mode === 'paced',
  ],
  [
    'wakes a pump',
    ({ flows, subscription: { project, id } }) => flows.wake(project, id, NOW, false),
    async ({ flows, subscription: { id } }) => (await flows.get(id))?.dueAt === NOW,
  ],
];

describe.each(CHANGES)('a request that %s', (_, change, isMade) => {
  it('does so while its key and its project exist', async () => {
    const tenant = await newTenant();
    await tenant.authorities.during(await confirm(tenant), () => change(tenant));
    expect(await isMade(tenant)).toBe(true);
  });

  it.each<[string, (tenant: Tenant) => Promise<void>, typeof NotFoundError | typeof UnauthorizedError]>([
    ['its key was deleted', deleteKey, UnauthorizedError],
    ['its project was deleted', deleteProject, NotFoundError],
  ])('fails and changes nothing if %s after it was confirmed', async (_, remove, error) => {
    const tenant = await newTenant();
    const authority = await confirm(tenant);
    await remove(tenant);
    await expect(tenant.authorities.during(authority, () => change(tenant))).rejects.toThrow(error);
    expect(await isMade(tenant)).toBe(false);
  });
});

describe('the authority of a request', () => {
  it.each([
    ['the key was deleted', deleteKey, UnauthorizedError],
    ['the project was deleted', deleteProject, NotFoundError],
  ] as const)('is not confirmed if %s', async (_, remove, error) => {
    const tenant = await newTenant();
    await remove(tenant);
    await expect(confirm(tenant)).rejects.toThrow(error);
  });

  it('may delete the rest of its own project after that is gone, but no other project', async () => {
    const [tenant, other] = [await newTenant(), await newTenant()];
    const { authorities, key, project } = tenant;
    await deleteProject(tenant);
    const principal = { ...key, keyId: key.id };
    expect(await authorities.confirm(principal, project.id, true)).toMatchObject({ projects: [] });
    await expect(authorities.confirm(principal, other.project.id, true)).rejects.toThrow(NotFoundError);
  });

  it('is not that of a later project of the same name', async () => {
    const former = await newTenant({ generation: 'gen_1' });
    const authority = await confirm(former);
    const { projects, keys, project } = former;
    await projects.delete(project, NOW - 1000);
    await projects.create({ ...project, generation: 'gen_2' }, []);
    await expect(confirm(former)).rejects.toThrow(NotFoundError);
    const principal = { ...former.key, keyId: former.key.id };
    await expect(former.authorities.confirm(principal, project.id, true)).rejects.toThrow(NotFoundError);
    const create = () => keys.create(keyRecord({ project: project.id }));
    await expect(former.authorities.during(authority, create)).rejects.toThrow(NotFoundError);
  });

  it('is that of a project from before there were generations, and no later one', async () => {
    const former = await newTenant();
    const authority = await confirm(former);
    const { projects, keys, project } = former;
    await former.authorities.during(authority, () => keys.create(keyRecord({ project: project.id })));
    await projects.delete(project, NOW - 1000);
    await projects.create({ ...project, generation: 'gen_2' }, []);
    const create = () => keys.create(keyRecord({ project: project.id }));
    await expect(former.authorities.during(authority, create)).rejects.toThrow(NotFoundError);
  });

  it('lets a key delete itself', async () => {
    const tenant = await newTenant();
    await tenant.authorities.during(await confirm(tenant), () => deleteKey(tenant));
    expect(await tenant.keys.get(tenant.project.id, tenant.key.id)).toBeNull();
  });

  it('is part of an authority within it', async () => {
    const tenant = await newTenant();
    const { authorities, project, keys } = tenant;
    const authority = await confirm(tenant);
    await deleteKey(tenant);
    const within = () =>
      authorities.during({ projects: [project] }, () => keys.create(keyRecord({ project: project.id })));
    await expect(authorities.during(authority, within)).rejects.toThrow(UnauthorizedError);
  });

  it('does not make parallel changes fail', async () => {
    const tenant = await newTenant();
    const { authorities, eventTypes, keys, project } = tenant;
    const authority = await confirm(tenant);
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        authorities.during(authority, () =>
          n % 2 === 0
            ? keys.create(keyRecord({ project: project.id }))
            : eventTypes.put(project.id, eventTypeRecord({ type: `type.${n}` })),
        ),
      ),
    );
    expect((await keys.list(project.id, { limit: 100, cursor: null })).items).toHaveLength(26);
  });
});
