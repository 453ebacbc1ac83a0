import { GetCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import type { EventType } from '../../model/event-type.ts';
import type { EventTypeStore } from '../../ports/event-type-store.ts';
import type { Page } from '../../ports/page.ts';
import { filteredCollection } from './filtered-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, type Item, queryCollection } from './table.ts';
import { isConditionFailure, transact } from './write.ts';

const SCHEMAS_PER_PAGE = 1000;

type Condition = Pick<PutCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames'>;

/**
 * Create the store of event types. A type is one item. A type with a schema has a second, tiny item: functions that accept
 * events read only those, once a minute, so types without a schema cost them nothing.
 */
export function eventTypeStore(table: DataTable): EventTypeStore {
  const { client, tableName: TableName } = table;
  const withoutSchema = (project: string, type: string) => ({
    Delete: { TableName, Key: KEY.eventSchema(project, type) },
  });
  const write = (project: string, eventType: EventType, condition: Condition = {}) => {
    const { type, schema } = eventType;
    const item = { ...KEY.eventType(project, type), ...eventType };
    const schemaItem = schema !== null && {
      ...KEY.eventSchema(project, type),
      schemaVersion: shortHash(schema),
    };
    return transact(table, [
      { Put: { TableName, Item: item, ...condition } },
      schemaItem ? { Put: { TableName, Item: schemaItem } } : withoutSchema(project, type),
    ]);
  };
  return {
    async get(project, type) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: KEY.eventType(project, type), ConsistentRead: true }),
      );
      return Item ? toEventType(Item) : null;
    },

    put: write,

    async add(project, eventType) {
      try {
        await write(project, eventType, {
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': ATTRIBUTE.partitionKey },
        });
        return true;
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        return false;
      }
    },

    async list(project, page, { archived } = {}) {
      const collection = {
        partition: PARTITION.project(project),
        prefix: PREFIX.eventType,
        order: 'oldest first',
      } as const;
      const { items, cursor } =
        archived === undefined
          ? await queryCollection(table, collection, page)
          : await filteredCollection(table, collection, page, (item) => item.archived === archived);
      return { items: items.map(toEventType), cursor };
    },

    async delete(project, type) {
      await transact(table, [
        { Delete: { TableName, Key: KEY.eventType(project, type) } },
        withoutSchema(project, type),
      ]);
    },

    async schemaVersions(project) {
      const collection = {
        partition: PARTITION.project(project),
        prefix: PREFIX.eventSchema,
        order: 'oldest first',
      } as const;
      const versions = new Map<string, string>();
      let cursor: string | null = null;
      do {
        const page: Page<Item> = await queryCollection(table, collection, {
          limit: SCHEMAS_PER_PAGE,
          cursor,
        });
        for (const item of page.items) {
          const name = (item[ATTRIBUTE.sortKey] as string).slice(PREFIX.eventSchema.length);
          versions.set(name, item.schemaVersion as string);
        }
        cursor = page.cursor;
      } while (cursor !== null);
      return versions;
    },
  };
}

function toEventType({ type, description, schema = null, samples, archived }: Item): EventType {
  return { type, description, schema, samples, archived } as EventType;
}
