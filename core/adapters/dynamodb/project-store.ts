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
      const unchanged = {
        ConditionExpression: SETTINGS.map((name) => `#${name} = :${name}`).join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(SETTINGS.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(SETTINGS.map((name) => [`:${name}`, previous[name]])),
      };
      await orConflict(
        transact(table, [
          { Put: { TableName, Item: { ...KEY.project(next.id), ...next }, ...unchanged } },
          { Put: { TableName, Item: { ...KEY.projectInList(next.id, next.createdAt), ...next } } },
        ]),
        'The project was changed meanwhile. Read it again.',
      );
    },

    // A tombstone reserves the id until the events of the deleted project have expired.
    async delete({ id, createdAt }, reservedUntil) {
      const tombstone = {
        ...KEY.project(id),
        deleted: true,
        [ATTRIBUTE.timeToLive]: toTimeToLive(reservedUntil),
      };
      await transact(table, [
        { Put: { TableName, Item: tombstone } },
        { Delete: { TableName, Key: KEY.projectInList(id, createdAt) } },
      ]);
    },
  };
}

/** The attributes that an update may change. A tombstone has none of them, so it satisfies no update's condition. */
const SETTINGS = ['name', 'exportKey', 'companyId', 'retentionDays', 'createdAt'] as const;

function toProject({ id, name, exportKey, companyId, retentionDays, createdAt }: Item): Project {
  return { id, name, exportKey, companyId, retentionDays, createdAt } as Project;
}
