import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { ProjectStore } from '../../ports.ts';
import { KEY, PARTITION } from './keys.ts';
import { type DataTable, type Item, queryCollection } from './table.ts';
import { isConditionFailure, transact } from './write.ts';

export function projectStore(table: DataTable): ProjectStore {
  const { client, tableName: TableName } = table;
  return {
    async create(project, catalogue) {
      const puts = [
        { ...KEY.projectInList(project.id, project.createdAt), ...project },
        ...catalogue.map((eventType) => ({ ...KEY.eventType(project.id, eventType.type), ...eventType })),
      ];
      const once = {
        ConditionExpression: 'attribute_not_exists(#pk)',
        ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey },
      };
      try {
        await transact(table, [
          { Put: { TableName, Item: { ...KEY.project(project.id), ...project }, ...once } },
          ...puts.map((Item) => ({ Put: { TableName, Item } })),
        ]);
      } catch (error) {
        if (isConditionFailure(error)) throw new ConflictError(`There is a project "${project.id}" already.`);
        throw error;
      }
    },

    async get(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: KEY.project(id), ConsistentRead: true }),
      );
      return Item ? toProject(Item) : null;
    },

    async list(page) {
      const { items, cursor } = await queryCollection(
        table,
        { partition: PARTITION.projects, prefix: '', order: 'newest first' },
        page,
      );
      return { items: items.map(toProject), cursor };
    },
  };
}

function toProject({ id, name, exportKey, companyId, retentionDays, createdAt }: Item): Project {
  return { id, name, exportKey, companyId, retentionDays, createdAt } as Project;
}
