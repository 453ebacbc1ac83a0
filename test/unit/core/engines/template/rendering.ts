import { compileCondition } from '../../../../../core/customer-code/conditions.ts';
import { EventScope } from '../../../../../core/customer-code/event-scope.ts';
import { compileTemplate } from '../../../../../core/engines/template/template.ts';
import { parseJson, toJsonText } from '../../../../../core/kernel/json-text.ts';
import type { Event } from '../../../../../core/model/event.ts';

/** A Saturday. */
const NOW = Date.UTC(2026, 10, 21, 9, 5, 7, 123);

/** Return the scope of an event with this data, which is JSON text so that its numbers stay as written. */
export function scopeOf(data: string, more: Partial<Event> = {}): EventScope {
  const event: Event = {
    project: 'demo',
    id: 'evt_1',
    type: 'Task.on_update',
    time: '2026-11-21T09:00:00.000Z',
    acceptedAt: '2026-11-21T09:00:01.000Z',
    expiresAt: 0,
    data: parseJson(data).text,
    ...more,
  };
  return new EventScope(event, NOW);
}

export const render = (source: string, data = '{}'): string => compileTemplate(source).render(scopeOf(data));

export const holds = (source: string, data = '{}'): boolean => compileCondition(source).holds(scopeOf(data));

export const changesOf = (changes: unknown): Partial<Event> => ({ changes: toJsonText(changes) });
