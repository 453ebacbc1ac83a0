import { ATTRIBUTE } from '../../contract.ts';
import type { Project } from '../../model/project.ts';
import type { ProjectStore } from '../../ports/project-store.ts';
import { collectionPage } from './filtered-page.ts';
import { KEY, PARTITION } from './keys.ts';
import { type DataTable, getItem, type Item, toTimeToLive } from './table.ts';
import { isAbsentOrExpired, orConflict, transact } from './write.ts';

export function projectStore(table: DataTable): ProjectStore {
  const { tableName: TableName } = table;
  return {
    async create(project, catalogue) {
      const puts = [
        { ...KEY.projectInList(project.id, project.createdAt), ...project },
        ...catalogue.map((eventType) => ({ ...KEY.eventType(project.id, eventType.type), ...eventType })),
      ];
      const itself = { ...KEY.project(project.id), ...project };
      await orConflict(
        transact(table, [
          { Put: { TableName, Item: itself, ...isAbsentOrExpired(table) } },
          ...puts.map((Item) => ({ Put: { TableName, Item } })),
        ]),
        `There is a project "${project.id}" already, or there was one whose events are still stored.`,
      );
    },

    async get(id) {
      const item = await getItem(table, KEY.project(id));
      return item && item.deleted !== true ? toProject(item) : null;
    },

    list(page) {
      const collection = { partition: PARTITION.projects, prefix: '', order: 'newest first' } as const;
      return collectionPage(table, collection, page, toProject);
    },

    async update(previous, next) {
      await orConflict(
        transact(table, [
          { Put: { TableName, Item: { ...KEY.project(next.id), ...next }, ...isUnchanged(previous) } },
          { Put: { TableName, Item: { ...KEY.projectInList(next.id, next.createdAt), ...next } } },
        ]),
        CHANGED,
      );
    },

    // A tombstone reserves the id until the events of the deleted project have expired.
    async delete(project, reservedUntil) {
      const { id, createdAt } = project;
      const tombstone = {
        ...KEY.project(id),
        deleted: true,
        [ATTRIBUTE.timeToLive]: toTimeToLive(reservedUntil),
      };
      await orConflict(
        transact(table, [
          { Put: { TableName, Item: tombstone, ...isUnchanged(project) } },
          { Delete: { TableName, Key: KEY.projectInList(id, createdAt) } },
        ]),
        CHANGED,
      );
    },
  };
}

/** The attributes that an update may change. A tombstone has none of them, so it satisfies no update's condition. */
const SETTINGS = ['name', 'exportKey', 'companyId', 'retentionDays', 'createdAt'] as const;

/** The condition that the settings of a project are those that were read. */
const isUnchanged = (project: Project) => ({
  ConditionExpression: SETTINGS.map((name) => `#${name} = :${name}`).join(' AND '),
  ExpressionAttributeNames: Object.fromEntries(SETTINGS.map((name) => [`#${name}`, name])),
  ExpressionAttributeValues: Object.fromEntries(SETTINGS.map((name) => [`:${name}`, project[name]])),
});

const CHANGED = 'The project was changed meanwhile. Read it again.';

/** Version 0.1 did not store the longest retention, and drops it with each change. */
const LONGEST_RETENTION_DAYS = 3650;

function toProject({ longestRetentionDays = LONGEST_RETENTION_DAYS, ...item }: Item): Project {
  const { id, name, exportKey, companyId, retentionDays, createdAt, generation } = item;
  return {
    ...{ id, name, exportKey, companyId, retentionDays, longestRetentionDays, createdAt },
    ...(generation !== undefined && { generation }),
  } as Project;
}
