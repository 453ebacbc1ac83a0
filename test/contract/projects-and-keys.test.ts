import { expect, it } from 'vitest';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { ConflictError } from '../../core/kernel/errors.ts';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { hashBearer } from '../../core/model/api-key.ts';
import { inMemoryKeys, inMemoryTenants } from '../support/in-memory/projects-and-keys.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { keyRecord, NOW, projectRecord, unique } from '../support/records.ts';

const tenants = {
  inMemory: inMemoryTenants,
  dynamodb: (table: Parameters<typeof projectStore>[0]) => ({
    projects: projectStore(table),
    eventTypes: eventTypeStore(table),
  }),
};

onBoth('projects', tenants, (open) => {
  it('are found as created, with the event types of the catalogue', async () => {
    const { projects, eventTypes } = open();
    const project = projectRecord({ exportKey: 'é', retentionDays: 7 });
    const eventType = {
      type: 'NewDeal',
      description: 'A deal',
      schema: '{"type":"object"}' as JsonText,
      samples: ['{"b":1.10,"a":"1"}' as JsonText],
      archived: false,
    };
    await projects.create(project, [eventType]);
    expect(await projects.get(project.id)).toEqual(project);
    expect(await eventTypes.get(project.id, 'NewDeal')).toEqual(eventType);
    expect(await eventTypes.get(project.id, 'Other')).toBeNull();
    expect(await projects.get('nowhere')).toBeNull();
  });

  it('may get a site and lose it again', async () => {
    const { projects } = open();
    const project = projectRecord();
    const located = { ...project, siteUrl: 'https://erp.example.com' };
    await projects.create(project, []);
    await projects.update(project, located);
    expect(await projects.get(project.id)).toEqual(located);
    await expect(projects.update(project, { ...project, name: 'late' })).rejects.toThrow(ConflictError);
    await projects.update(located, project);
    expect(await projects.get(project.id)).toEqual(project);
  });

  it('have unique ids and are not overwritten', async () => {
    const { projects } = open();
    const project = projectRecord();
    await projects.create(project, []);
    await expect(projects.create({ ...project, name: 'Other' }, [])).rejects.toThrow(ConflictError);
    expect(await projects.get(project.id)).toEqual(project);
  });

  it('are listed newest first, page by page', async () => {
    const { projects } = open();
    const made = [0, 1, 2, 3, 4].map((day) =>
      projectRecord({ createdAt: `2099-01-0${day + 1}T00:00:00.000Z` }),
    );
    for (const project of made) await projects.create(project, []);
    const listed = await readAll((page) => projects.list(page), 2);
    expect(listed.slice(0, 5)).toEqual(made.toReversed());
  });
});

onBoth('changed projects', tenants, (open) => {
  it('are found and listed in their current state', async () => {
    const { projects } = open();
    const first = projectRecord({ name: null });
    await projects.create(first, []);
    const second = { ...first, name: 'É', exportKey: 'k', companyId: 'c', retentionDays: 90 };
    await projects.update(first, second);
    expect(await projects.get(first.id)).toEqual(second);
    const listed = await readAll((page) => projects.list(page), 2);
    expect(listed.filter(({ id }) => id === first.id)).toEqual([second]);
  });

  it('reject a change that is based on an older state or on a deleted project', async () => {
    const { projects } = open();
    const first = projectRecord();
    const second = { ...first, name: 'A' };
    await expect(projects.update(first, second)).rejects.toThrow(ConflictError);
    expect(await projects.get(first.id)).toBeNull();
    await projects.create(first, []);
    await projects.update(first, second);
    await expect(projects.update(first, { ...first, name: 'B' })).rejects.toThrow(ConflictError);
    await projects.delete(second, NOW + 10_000);
    await expect(projects.update(second, first)).rejects.toThrow(ConflictError);
    expect(await projects.get(first.id)).toBeNull();
  });

  it('are gone once deleted, and their id is free again after its reservation', async () => {
    const { projects } = open();
    const project = projectRecord();
    await projects.create(project, []);
    // It may have been changed to keep events for longer.
    await expect(projects.delete({ ...project, retentionDays: 7 }, NOW)).rejects.toThrow(ConflictError);
    await projects.delete(project, NOW + 10_000);
    await expect(projects.delete(project, NOW + 10_000)).rejects.toThrow(ConflictError);
    expect(await projects.get(project.id)).toBeNull();
    const listed = await readAll((page) => projects.list(page), 2);
    expect(listed.filter(({ id }) => id === project.id)).toEqual([]);
    await expect(projects.create(project, [])).rejects.toThrow(ConflictError);
    testTime.now = NOW + 10_000;
    await projects.create(project, []);
    testTime.now = NOW;
    expect(await projects.get(project.id)).toEqual(project);
  });
});

onBoth('keys', { inMemory: inMemoryKeys, dynamodb: keyStore }, (open) => {
  it('are found by the hash of their secret', async () => {
    const key = keyRecord({ scopes: ['manage', 'publish'] });
    await open().create(key);
    expect(await open().findByHash(key.hash, NOW)).toEqual(key);
    expect(await open().findByHash(hashBearer('other'), NOW)).toBeNull();
    expect(await open().get(key.project, key.id)).toEqual(key);
    expect(await open().get('crm', key.id)).toBeNull();
  });

  it('are found by a token until it expires', async () => {
    const key = keyRecord();
    await open().create(key);
    await open().createToken({
      hash: hashBearer(`token of ${key.id}`),
      keyHash: key.hash,
      expiresAt: NOW + 1000,
    });
    expect(await open().findByHash(hashBearer(`token of ${key.id}`), NOW + 999)).toEqual(key);
    expect(await open().findByHash(hashBearer(`token of ${key.id}`), NOW + 1000)).toBeNull();
  });

  it('outlive their tokens, which can be deleted more than once', async () => {
    const key = keyRecord();
    const token = { hash: hashBearer(`token of ${key.id}`), keyHash: key.hash, expiresAt: NOW + 1000 };
    await open().create(key);
    await open().createToken(token);
    await open().deleteToken(token.hash);
    await open().deleteToken(token.hash);
    await open().deleteToken(key.hash);
    expect(await open().findByHash(token.hash, NOW)).toBeNull();
    expect(await open().findByHash(key.hash, NOW)).toEqual(key);
  });

  it('are deleted with their tokens, which may be repeated', async () => {
    const key = keyRecord();
    const token = { hash: hashBearer(`token of ${key.id}`), keyHash: key.hash, expiresAt: NOW + 1000 };
    await open().create(key);
    await open().createToken(token);
    await open().delete('another project', key.id);
    expect(await open().findByHash(key.hash, NOW)).toEqual(key);
    await open().delete(key.project, key.id);
    await open().delete(key.project, key.id);
    expect(await open().findByHash(key.hash, NOW)).toBeNull();
    expect(await open().findByHash(token.hash, NOW)).toBeNull();
  });

  it('are listed by project, newest first', async () => {
    const project = unique('p');
    const made = [keyRecord({ project }), keyRecord({ project }), keyRecord({ project })];
    for (const key of [...made, keyRecord()]) await open().create(key);
    expect(await readAll((page) => open().list(project, page), 2)).toEqual(made.toReversed());
  });
});
