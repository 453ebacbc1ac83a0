import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError } from '../../kernel/errors.ts';
import type { Project } from '../../model/project.ts';
import type { ProjectStore } from '../../ports/project-store.ts';
import { KEY, PARTITION } from './keys.ts';
import { type DataTable, type Item, queryCollection, toTimeToLive } from './table.ts';
import { isConditionFailure, transact } from './write.ts';

export function projectStore(table: DataTable): ProjectStore {
  const { client, tableName: TableName, clock } = table;
  return {
    async create(project, catalogue) {
      const puts = [
        { ...KEY.projectInList(project.id, project.createdAt), ...project },
        ...catalogue.map((eventType) => ({ ...KEY.eventType(project.id, eventType.type), ...eventType })),
      ];
      const once = {
        ConditionExpression: 'attribute_not_exists(#pk) OR #ttl <= :now',
        ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey, '#ttl': ATTRIBUTE.timeToLive },
        ExpressionAttributeValues: { ':now': toTimeToLive(clock()) },
      };
      try {
        await transact(table, [
          { Put: { TableName, Item: { ...KEY.project(project.id), ...project }, ...once } },
          ...puts.map((Item) => ({ Put: { TableName, Item } })),
        ]);
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        throw new ConflictError(
          `There is a project "${project.id}" already, or there was one whose events are still stored.`,
        );
      }
    },

    async get(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: KEY.project(id), ConsistentRead: true }),
      );
      return Item && Item.deleted !== true ? toProject(Item) : null;
    },

    async list(page) {
      const { items, cursor } = await queryCollection(
        table,
        { partition: PARTITION.projects, prefix: '', order: 'newest first' },
        page,
      );
      return { items: items.map(toProject), cursor };
    },

    async update(previous, next) {
      const unchanged = {
        ConditionExpression: SETTINGS.map((name) => `#${name} = :${name}`).join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(SETTINGS.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(SETTINGS.map((name) => [`:${name}`, previous[name]])),
      };
      try {
        await transact(table, [
          { Put: { TableName, Item: { ...KEY.project(next.id), ...next }, ...unchanged } },
          { Put: { TableName, Item: { ...KEY.projectInList(next.id, next.createdAt), ...next } } },
        ]);
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        throw new ConflictError('The project was changed meanwhile. Read it again.');
      }
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
