import { objectText, toJsonText } from '../../kernel/json-text.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

/** The payload of Standard Webhooks. */
export const standard: BodyFormat = {
  description: '`{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them',
  render: ({ event }) => ({
    contentType: JSON_TYPE,
    body: objectText({
      type: toJsonText(event.type),
      timestamp: toJsonText(event.time),
      data: event.data,
      changes: event.changes,
      actor: event.actor,
    }),
  }),
};
