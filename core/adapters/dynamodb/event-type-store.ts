import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventType } from '../../domain/project.ts';
import type { EventTypeStore } from '../../ports.ts';
import { KEY } from './keys.ts';
import type { DataTable } from './table.ts';

export function eventTypeStore({ client, tableName: TableName }: DataTable): EventTypeStore {
  return {
    async get(project, type) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: KEY.eventType(project, type) }));
      if (Item === undefined) return null;
      const { description, samples, archived } = Item;
      return { type, description, samples, archived } as EventType;
    },
  };
}
