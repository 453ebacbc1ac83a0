import { ATTRIBUTE } from '../../contract.ts';
import type { JsonText } from '../../kernel/json-text.ts';
import { type Event, webhookId } from '../../model/event.ts';
import { appendedEvents, toSummaries } from './event-log-items.ts';
import type { DataTable, Item } from './table.ts';

/**
 * Return what is left of an event whose large body is gone, or null if even its type is unknown. Only an erasure deletes the body of
 * an event that has not expired, so the table has been restored to a moment before the erasure.
 */
export async function lostEvent(
  table: DataTable,
  project: string,
  id: string,
  item: Item,
): Promise<Event | null> {
  const { source, eventBatch } = item as { source?: string; eventBatch?: string };
  const inLog =
    eventBatch === undefined ? toSummaries(item) : await appendedEvents(table, project, eventBatch);
  const summary = inLog.find((each) => webhookId(each) === webhookId({ id }));
  if (summary === undefined) return null;
  return {
    ...summary,
    ...{
      project,
      expiresAt: Number(item[ATTRIBUTE.timeToLive]) * 1000,
      data: '{}' as JsonText,
      suppress: true,
    },
    ...(source !== undefined && { source }),
    ...(eventBatch !== undefined && { eventBatch }),
    erased: { at: new Date(table.clock()).toISOString(), undelivered: [], partly: true },
  };
}
