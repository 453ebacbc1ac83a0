import { fromPathSegment, toPathSegment } from '../../../client/path-segment.ts';
import { TemplateError } from '../../engines/template/errors.ts';
import { pythonJson } from '../../engines/template/python-json.ts';
import {
  InvalidJsonError,
  isObjectText,
  type JsonText,
  membersOf,
  parseJson,
  toJsonText,
} from '../../kernel/json-text.ts';
import type { Attempt } from '../../model/attempt.ts';
import type { Event } from '../../model/event.ts';
import { frappeTime, type REQUEST_LOG, type RowOf } from './columns.ts';
import { ADMINISTRATOR } from './kept.ts';

export type RequestLogRow = RowOf<typeof REQUEST_LOG>;

/** Columns whose values are in the event. */
export const OF_EVENT: readonly string[] = ['owner', 'modified_by', 'user', 'reference_document'];

type Located = Pick<Attempt, 'id' | 'number' | 'subscriptionId' | 'eventId'>;

/** A row's name locates its attempt. It is part of a path, so the event's id is written as in one. */
const rowNameOf = ({ id, number, subscriptionId, eventId }: Located): string =>
  [id, number, subscriptionId, toPathSegment(eventId)].join('.');

const MAX_EVENT_ID = 256;

/** Return where a row's attempt is; null if the name is malformed, or longer than a key of DynamoDB. */
export function locateRow(name: string): Located | null {
  const [, id = '', number, subscriptionId = '', segment = ''] =
    /^(att_[\w-]{1,64})\.(\d{1,5})\.(sub_\w{1,64})\.(.{1,1366})$/su.exec(name) ?? [];
  // Rows had the event's id as it is.
  const eventId = fromPathSegment(segment) ?? segment;
  const isRow = number !== undefined && eventId.length <= MAX_EVENT_ID;
  return isRow ? { id, number: Number(number), subscriptionId, eventId } : null;
}

/** Return a row of the log. @param event null if it is not needed, or has expired */
export function requestLogRow(attempt: Attempt, webhook: string, event: Event | null): RequestLogRow {
  const at = frappeTime(attempt.at);
  const user = event && userOf(event);
  const { request, response, eventType } = attempt;
  return {
    name: rowNameOf(attempt),
    owner: user ?? ADMINISTRATOR,
    creation: at,
    modified: at,
    modified_by: user ?? ADMINISTRATOR,
    docstatus: 0,
    idx: 0,
    webhook,
    // Before the subscription was a webhook, it may have received a type without a docevent.
    reference_doctype: eventType.replace(/\.[^.]*$/, ''),
    reference_document: event && documentOf(event),
    user,
    url: request.url,
    headers: indented(toJsonText(request.headers)),
    data: indented(request.body),
    response: response?.body ?? null,
    error: attempt.error === null ? '' : `${attempt.error}: ${attempt.detail ?? ''}`,
  };
}

/** Format JSON like `frappe.as_json`; null if it is empty. A text that the log truncated is not JSON and stays as it is. */
function indented(text: string): string | null {
  if (text === '' || text === '{}') return null;
  try {
    return pythonJson(parseJson(text).text, { sortKeys: true, indent: 1 });
  } catch (error) {
    if (error instanceof InvalidJsonError || error instanceof TemplateError) return text;
    throw error;
  }
}

/** Return the actor's email address, or else its id. */
function userOf({ actor }: Event): string | null {
  const members = actor === undefined ? new Map<string, JsonText>() : membersOf(actor);
  return textOf(members.get('email')) ?? textOf(members.get('id'));
}

const documentOf = ({ data }: Event): string | null =>
  isObjectText(data) ? textOf(membersOf(data).get('name')) : null;

/** Return a text, or a number as it was written. */
function textOf(json: JsonText | undefined): string | null {
  if (json === undefined || json === 'null') return null;
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : json;
}
