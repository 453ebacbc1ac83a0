import type { Event } from './event.ts';
import { objectText, toJsonText } from './json-text.ts';

/** How an event becomes the body of a request. */
export interface Format {
  render(event: Event): { readonly body: string; readonly contentType: string };
}

export type Formats = Readonly<Record<string, Format>>;

const JSON_TYPE = 'application/json';

/** `{"type", "timestamp", "data"}` of Standard Webhooks, and `changes` and `actor` where the event has them. */
const standard: Format = {
  render: (event) => ({
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

/** The data alone. */
const data: Format = { render: (event) => ({ contentType: JSON_TYPE, body: event.data }) };

/** The formats that belong to no dialect. */
export const nativeFormats: Formats = { standard, data };
