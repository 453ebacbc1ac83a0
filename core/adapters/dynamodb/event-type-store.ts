import type { PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import type { EventType } from '../../model/event-type.ts';
import type { EventTypeStore } from '../../ports/event-type-store.ts';
import { allItems } from '../../ports/page.ts';
import { collectionPage } from './filtered-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type Collection, type DataTable, getItem, type Item, queryCollection } from './table.ts';
import { IS_ABSENT, ifConditionHolds, transact } from './write.ts';

const SCHEMAS_PER_PAGE = 1000;

type Condition = Pick<PutCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames'>;

/**
 * Create the store of event types. A type is one item. A type with a schema has a second, tiny item: functions that accept
 * events read only those, once a minute, so types without a schema cost them nothing.
 */
export function eventTypeStore(table: DataTable): EventTypeStore {
  const { tableName: TableName } = table;
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
      const item = await getItem(table, KEY.eventType(project, type));
      return item ? toEventType(item) : null;
    },

    put: write,

    add: async (project, eventType) =>
      (await ifConditionHolds(write(project, eventType, IS_ABSENT))) !== null,

    list(project, page, { archived } = {}) {
      const collection = ofProject(project, PREFIX.eventType);
      const passes = archived === undefined ? undefined : (item: Item) => item.archived === archived;
      return collectionPage(table, collection, page, toEventType, passes);
    },

    async delete(project, type) {
      await transact(table, [
        { Delete: { TableName, Key: KEY.eventType(project, type) } },
        withoutSchema(project, type),
      ]);
    },

    async schemaVersions(project) {
      const collection = ofProject(project, PREFIX.eventSchema);
      const versions = new Map<string, string>();
      for await (const item of allItems(SCHEMAS_PER_PAGE, (page) =>
        queryCollection(table, collection, page),
      )) {
        const name = (item[ATTRIBUTE.sortKey] as string).slice(PREFIX.eventSchema.length);
        versions.set(name, item.schemaVersion as string);
      }
      return versions;
    },
  };
}

const ofProject = (project: string, prefix: string): Collection => ({
  partition: PARTITION.project(project),
  prefix,
  order: 'oldest first',
});

function toEventType({ type, description, schema = null, samples, archived }: Item): EventType {
  return { type, description, schema, samples, archived } as EventType;
}
