import { ATTRIBUTE } from '../../contract.ts';
import { shortHash } from '../../kernel/ids.ts';
import type { EventType } from '../../model/event-type.ts';
import type { EventTypeStore } from '../../ports/event-type-store.ts';
import { allItems } from '../../ports/page.ts';
import { collectionPage } from './collection-page.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { projectCount, unlessOvertaken } from './project-counts.ts';
import {
  type Collection,
  type DataTable,
  getItem,
  getItems,
  type Item,
  queryCollection,
  type TransactItem,
} from './table.ts';
import { failedConditions, IS_ABSENT, IS_PRESENT, ITEMS_PER_TRANSACTION } from './write.ts';

const SCHEMAS_PER_PAGE = 1000;

/** Their name in messages. */
const NAME = 'event types';

/**
 * Create the store of event types. A type is one item. A type with a schema has a second, tiny item: functions that accept
 * events read only those, once a minute, so types without a schema cost them nothing.
 */
export function eventTypeStore(table: DataTable): EventTypeStore {
  const { tableName: TableName } = table;
  const count = projectCount(table, 'eventTypes');
  const withoutSchema = (project: string, type: string) => ({
    Delete: { TableName, Key: KEY.eventSchema(project, type) },
  });
  const put = (project: string, eventType: EventType, condition: typeof IS_ABSENT): TransactItem => ({
    Put: { TableName, Item: { ...KEY.eventType(project, eventType.type), ...eventType }, ...condition },
  });
  const putSchema = (project: string, { type, schema }: EventType): readonly TransactItem[] => {
    if (schema === null) return [];
    const Item = { ...KEY.eventSchema(project, type), schemaVersion: shortHash(schema) };
    return [{ Put: { TableName, Item } }];
  };
  const creation = (project: string, eventType: EventType): readonly TransactItem[] => [
    put(project, eventType, IS_ABSENT),
    ...putSchema(project, eventType),
  ];
  const replacement = (project: string, eventType: EventType): readonly TransactItem[] => [
    put(project, eventType, IS_PRESENT),
    ...(eventType.schema === null ? [withoutSchema(project, eventType.type)] : putSchema(project, eventType)),
  ];
  const removal = (project: string, type: string): readonly TransactItem[] => [
    { Delete: { TableName, Key: KEY.eventType(project, type), ...IS_PRESENT } },
    withoutSchema(project, type),
  ];

  /** Create those that do not exist yet, and return them; null if another request has created one of them meanwhile. */
  async function createMissing(
    project: string,
    eventTypes: readonly EventType[],
    limit: number,
  ): Promise<readonly EventType[] | null> {
    const known = await getItems(
      table,
      eventTypes.map(({ type }) => KEY.eventType(project, type)),
    );
    const missing = eventTypes.filter((_, index) => known[index] === undefined);
    if (missing.length === 0) return [];
    const items = missing.flatMap((eventType) => creation(project, eventType));
    const failed = await count.create(project, limit, items, missing.length);
    return failed.size === 0 ? missing : null;
  }

  return {
    async get(project, type) {
      const item = await getItem(table, KEY.eventType(project, type));
      return item ? toEventType(item) : null;
    },

    async put(project, eventType, limit = Number.MAX_SAFE_INTEGER) {
      await unlessOvertaken(NAME, async () => {
        const isReplaced = (await failedConditions(table, replacement(project, eventType))).size === 0;
        if (isReplaced) return true;
        const created = await createMissing(project, [eventType], limit);
        return created?.length === 1 ? true : null;
      });
    },

    async add(project, eventTypes, limit = Number.MAX_SAFE_INTEGER) {
      const added = new Set<string>();
      const itemsOfType = eventTypes.some(({ schema }) => schema !== null) ? 2 : 1;
      // Beside their count.
      const step = Math.floor((ITEMS_PER_TRANSACTION - 1) / itemsOfType);
      for (let from = 0; from < eventTypes.length; from += step) {
        const some = eventTypes.slice(from, from + step);
        const created = await unlessOvertaken(NAME, () => createMissing(project, some, limit));
        for (const { type } of created) added.add(type);
      }
      return added;
    },

    list(project, page, { archived } = {}) {
      const collection = ofProject(project, PREFIX.eventType);
      const passes = archived === undefined ? undefined : (item: Item) => item.archived === archived;
      return collectionPage(table, collection, page, toEventType, passes);
    },

    async delete(project, type) {
      // If its condition fails, there is none, or another request has deleted and counted it.
      await failedConditions(table, [...removal(project, type), count.deleted(project)]);
    },

    async deleteUncounted(project, type) {
      await failedConditions(table, removal(project, type));
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
