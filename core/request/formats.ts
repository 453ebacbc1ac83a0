import { orRenderError, renderTemplate } from '../customer-code/customer-code.ts';
import type { EventScope } from '../customer-code/event-scope.ts';
import { pythonJson } from '../engines/template/python-json.ts';
import { RenderError } from '../kernel/errors.ts';
import { type JsonText, membersOf, objectText, parseJson, toJsonText } from '../kernel/json-text.ts';
import { type Event, MAX_EVENT_BYTES } from '../model/event.ts';
import type { Project } from '../model/project.ts';
import type { Subscription } from '../model/subscription.ts';

interface Rendered {
  readonly body: string;
  readonly contentType: string;
}

/** What subscriptions of a format have that say nothing else when they are made. */
interface WithDefaults {
  readonly defaults?: Partial<Pick<Subscription, 'retry' | 'signature'>>;
}

interface EventFormat extends WithDefaults {
  readonly needsProject?: false;
  /** @throws RenderError */
  render(event: Event, subscription: Subscription, scope: EventScope): Rendered;
}

/** Its bodies tell of the project, too, which costs whoever makes a request a look-up. */
interface ProjectFormat extends WithDefaults {
  readonly needsProject: true;
  /** @throws RenderError */
  render(event: Event, subscription: Subscription, scope: EventScope, project: Project): Rendered;
}

/** How an event becomes the body of a request. */
export type Format = EventFormat | ProjectFormat;

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

/** CloudEvents 1.0 in structured mode. One whose publisher named no source comes from its project. */
const cloudevents: Format = {
  render: (event) => ({
    contentType: 'application/cloudevents+json',
    body: objectText({
      specversion: toJsonText('1.0'),
      id: toJsonText(event.id),
      source: toJsonText(event.source ?? `/projects/${event.project}`),
      type: toJsonText(event.type),
      time: toJsonText(event.time),
      datacontenttype: toJsonText(JSON_TYPE),
      data: event.data,
    }),
  }),
};

/** Characters of all values. An event's own come through twice; a field that many rows name would come a hundred times. */
const MAX_FIELDS_LENGTH = 2 * MAX_EVENT_BYTES;

/** Some fields of the data under other names; one that the data lacks is null. */
const fields: Format = {
  render(event, { fields: rows, fieldsEncoding }) {
    const members = membersOf(event.data);
    const values = new Map(
      (rows ?? []).map(({ key, fieldname }) => [key, members.get(fieldname) ?? ('null' as JsonText)]),
    );
    const length = values.values().reduce((sum, value) => sum + value.length, 0);
    if (length > MAX_FIELDS_LENGTH)
      throw new RenderError(`The fields have more than ${MAX_FIELDS_LENGTH} characters together.`);
    if (fieldsEncoding === 'form') return formEncoded(values);
    const json = [...values].map(([key, value]) => `${toJsonText(key)}:${value}`).join(',');
    return { contentType: JSON_TYPE, body: orRenderError(() => pythonJson(`{${json}}` as JsonText)) };
  },
};

/** As a browser's form sends it: texts as they are, nothing for null, anything else as JSON. */
function formEncoded(values: ReadonlyMap<string, JsonText>): Rendered {
  const form = new URLSearchParams();
  for (const [key, text] of values) {
    const value: unknown = JSON.parse(text);
    const shown = typeof value === 'string' ? value.toWellFormed() : text;
    form.append(key.toWellFormed(), value === null ? '' : shown);
  }
  return { contentType: 'application/x-www-form-urlencoded', body: form.toString() };
}

/** A Jinja template that renders JSON, which is written anew as Python writes it: as Frappe does. */
const template: Format = {
  render(_event, subscription, scope) {
    const text = renderTemplate(subscription.template ?? '', scope);
    let json: JsonText;
    try {
      json = parseJson(text).text;
    } catch {
      throw new RenderError('The template did not render JSON.');
    }
    return { contentType: JSON_TYPE, body: orRenderError(() => pythonJson(json)) };
  },
};

/** The formats that belong to no dialect. */
export const nativeFormats: Formats = { standard, data, cloudevents, fields, template };
