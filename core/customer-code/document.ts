import { Dict, Document, type Value } from '../engines/template/values/values.ts';
import type { Event } from '../model/event.ts';

/** Return an event's data as the document that it is to Frappe: what has changed in it, and whether it is new. */
export function documentOf(data: Value, changes: Value, { type }: Pick<Event, 'type'>): Value {
  if (!(data instanceof Dict)) return data;
  const isNew = type.endsWith('.after_insert');
  return new Document(data, { changes: changes instanceof Dict ? changes : undefined, isNew });
}
