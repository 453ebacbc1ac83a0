import { describe, expect, it } from 'vitest';
import { ConflictError, UnavailableError } from '../../../../core/kernel/errors.ts';
import { changeProject } from '../../../../core/manage/change-project.ts';
import { deleteProject } from '../../../../core/manage/delete-project.ts';
import type { ApiKey } from '../../../../core/model/api-key.ts';
import { lastingAuthorities } from '../../../support/in-memory/authorities.ts';
import { silentLog } from '../../../support/in-memory/log.ts';
import { inMemoryKeys, inMemoryTenants } from '../../../support/in-memory/projects-and-keys.ts';
import { inMemorySubscriptions } from '../../../support/in-memory/subscriptions.ts';
import { eventTypeRecord, NOW, projectRecord, subscriptionRecord, unique } from '../../../support/records.ts';

const DAY_MS = 86_400_000;
const ALL = { limit: 100, cursor: null };

async function open() {
  const time = { now: NOW };
  const clock = () => time.now;
  const { projects, eventTypes } = inMemoryTenants(clock);
  const { subscriptions, bindings } = inMemorySubscriptions();
  const keys = inMemoryKeys();
  const project = projectRecord({ id: 'erp', retentionDays: 7 });
  await projects.create(project, [eventTypeRecord()]);
  const key = (id: string): ApiKey => ({
    id,
    project: 'erp',
    name: 'k',
    scopes: ['admin'],
    hash: id,
    createdAt: '',
  });
  for (const id of ['key_1', 'key_2']) await keys.create(key(id));
  for (let n = 0; n < 50; n++) await subscriptions.create(subscriptionRecord());
  const other = subscriptionRecord({ project: 'crm', id: unique('sub') });
  await subscriptions.create(other);
  const stores = { projects, eventTypes, subscriptions, keys, bindings };
  const remove = (id: string, callersKey: string) =>
    deleteProject(
      { ...stores, clock, log: silentLog, authorities: lastingAuthorities, timeLimit: 6000 },
      id,
      callersKey,
    );
  return { time, ...stores, project, other, remove };
}

describe('deleting a project', () => {
  it('removes its keys, subscriptions and event types, and nothing of other projects', async () => {
    const { projects, keys, subscriptions, eventTypes, bindings, other, remove } = await open();
    await remove('erp', 'key_1');
    await remove('erp', 'key_1');
    expect(await projects.get('erp')).toBeNull();
    for (const list of [keys.list('erp', ALL), subscriptions.list('erp', ALL), eventTypes.list('erp', ALL)])
      expect((await list).items).toEqual([]);
    expect((await bindings.page('erp', 'invoice.created', ALL)).items).toEqual([]);
    expect(await subscriptions.get('crm', other.id)).toEqual(other);
  });

  it('removes the project at once and the caller’s key last, if it takes several calls', async () => {
    const { time, projects, keys, subscriptions, remove } = await open();
    const list = subscriptions.list;
    subscriptions.list = (project, page) => {
      time.now += 3000;
      return list(project, page);
    };
    await expect(remove('erp', 'key_1')).rejects.toThrow(UnavailableError);
    expect(await projects.get('erp')).toBeNull();
    expect((await keys.list('erp', ALL)).items.map(({ id }) => id)).toEqual(['key_1']);
    expect((await list('erp', ALL)).items.length).toBeLessThan(50);
    await expect(remove('erp', 'key_1')).resolves.toBeUndefined();
    expect((await keys.list('erp', ALL)).items).toEqual([]);
  });

  it('reserves its id for fourteen days at least, for which messages wait', async () => {
    const { time, projects, project, remove } = await open();
    await remove('erp', 'key_1');
    time.now += 14 * DAY_MS - 1;
    await expect(projects.create(project, [])).rejects.toThrow(ConflictError);
    time.now += 1;
    await projects.create(project, []);
    expect(await projects.get('erp')).toEqual(project);
  });

  it('reserves its id for as long as it has ever kept events', async () => {
    const { time, projects, subscriptions, project, remove } = await open();
    for (const retentionDays of [90, 7])
      await changeProject({ projects, subscriptions }, 'erp', { retentionDays });
    await remove('erp', 'key_1');
    time.now += 90 * DAY_MS - 1;
    await expect(projects.create(project, [])).rejects.toThrow(ConflictError);
    time.now += 1;
    await projects.create(project, []);
  });

  it('reserves its id by the retention that it has when it is deleted', async () => {
    const { time, projects, subscriptions, project, remove } = await open();
    const { get } = projects;
    projects.get = async (id) => {
      const found = await get(id);
      projects.get = get;
      await changeProject({ projects, subscriptions }, 'erp', { retentionDays: 90 });
      return found;
    };
    await remove('erp', 'key_1');
    expect(await projects.get('erp')).toBeNull();
    time.now += 90 * DAY_MS - 1;
    await expect(projects.create(project, [])).rejects.toThrow(ConflictError);
  });

  it('asks for another call if a subscription changes at the same time', async () => {
    const { subscriptions, remove } = await open();
    const remove1 = subscriptions.deleteUncounted;
    subscriptions.deleteUncounted = async () => {
      throw new ConflictError('It was changed meanwhile.');
    };
    await expect(remove('erp', 'key_1')).rejects.toThrow(UnavailableError);
    subscriptions.deleteUncounted = remove1;
    await remove('erp', 'key_1');
    expect((await subscriptions.list('erp', ALL)).items).toEqual([]);
  });
});
