import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError } from '../../kernel/errors.ts';
import { NEWEST_FRAPPE, type Project } from '../../model/project.ts';
import type { ProjectStore } from '../../ports/project-store.ts';
import { collectionPage } from './collection-page.ts';
import { KEY, PARTITION } from './keys.ts';
import { forgetCounts } from './project-counts.ts';
import { fromStored, PROJECT_SECRETS, toStored } from './sealed-values.ts';
import { type DataTable, getItem, type Item, toTimeToLive } from './table.ts';
import { isAbsentOrExpired, orConflict, transact } from './write.ts';

export function projectStore(table: DataTable): ProjectStore {
  const { tableName: TableName } = table;

  const opened = async (item: Item): Promise<Project> =>
    toProject(await fromStored(table, item.id as string, item, PROJECT_SECRETS));

  const sealed = (key: Item, project: Project): Promise<Item> =>
    toStored(table, project.id, { ...key, ...project }, PROJECT_SECRETS);
  const itself = (project: Project) => sealed(KEY.project(project.id), project);
  const inList = (project: Project) => sealed(KEY.projectInList(project.id, project.createdAt), project);

  /** Return the condition that a project is as it was read. A sealed attribute can be compared only with what is stored. */
  const isUnchanged = async (project: Project) => {
    const item = await getItem(table, KEY.project(project.id));
    const isSame = item !== undefined && item.deleted !== true && isEqual(await opened(item), project);
    if (!isSame) throw new ConflictError(CHANGED);
    return hasSettingsOf(item);
  };

  return {
    async create(project, catalogue) {
      const puts = [
        await inList(project),
        ...catalogue.map((eventType) => ({ ...KEY.eventType(project.id, eventType.type), ...eventType })),
      ];
      const first = await itself(project);
      await orConflict(
        transact(table, [
          { Put: { TableName, Item: first, ...isAbsentOrExpired(table) } },
          ...puts.map((Item) => ({ Put: { TableName, Item } })),
        ]),
        `There is a project "${project.id}" already, or there was one whose events are still stored.`,
      );
    },

    async get(id) {
      const item = await getItem(table, KEY.project(id));
      return item && item.deleted !== true ? opened(item) : null;
    },

    list(page) {
      const collection = { partition: PARTITION.projects, prefix: '', order: 'newest first' } as const;
      return collectionPage(table, collection, page, opened);
    },

    async update(previous, next) {
      const condition = await isUnchanged(previous);
      await orConflict(
        transact(table, [
          { Put: { TableName, Item: await itself(next), ...condition } },
          { Put: { TableName, Item: await inList(next) } },
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
      const condition = await isUnchanged(project);
      await orConflict(
        transact(table, [
          { Put: { TableName, Item: tombstone, ...condition } },
          { Delete: { TableName, Key: KEY.projectInList(id, createdAt) } },
        ]),
        CHANGED,
      );
    },

    forgetCounts: (id) => forgetCounts(table, id),
  };
}

/** The attributes that an update may change. A tombstone has none of them, so it satisfies no update's condition. */
const SETTINGS = [
  'name',
  'exportKey',
  'companyId',
  'siteUrl',
  'retentionDays',
  'frappeVersion',
  'createdAt',
] as const;

/** The condition that the settings of a project are those of an item. Those that it does not have are absent still. */
const hasSettingsOf = (item: Item) => {
  const present = SETTINGS.filter((name) => item[name] !== undefined);
  return {
    ConditionExpression: SETTINGS.map((name) =>
      present.includes(name) ? `#${name} = :${name}` : `attribute_not_exists(#${name})`,
    ).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(SETTINGS.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(present.map((name) => [`:${name}`, item[name]])),
  };
};

const isEqual = (a: Project, b: Project): boolean => SETTINGS.every((name) => a[name] === b[name]);

const CHANGED = 'The project was changed meanwhile. Read it again.';

/** Version 0.1 did not store the longest retention, and drops it with each change. */
const LONGEST_RETENTION_DAYS = 3650;

function toProject({
  longestRetentionDays = LONGEST_RETENTION_DAYS,
  // Projects of versions before 0.2 have none, and lose it with each change by such a version.
  frappeVersion = NEWEST_FRAPPE,
  ...item
}: Item): Project {
  const { id, name, exportKey, companyId, siteUrl, retentionDays, createdAt, generation } = item;
  return {
    ...{ id, name, exportKey, companyId, retentionDays, longestRetentionDays, frappeVersion, createdAt },
    ...(siteUrl !== undefined && { siteUrl }),
    ...(generation !== undefined && { generation }),
  } as Project;
}
