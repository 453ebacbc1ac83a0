import { fromPathSegment, toPathSegment } from '../../../client/path-segment.ts';
import { TemplateError } from '../../engines/template/errors.ts';
import { pythonJson } from '../../engines/template/formats/python-json.ts';
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
import { type DELIVERY_LOG, frappeTime, type REQUEST_LOG, type RowOf } from './columns.ts';
import { ADMINISTRATOR } from './kept.ts';

export type RequestLogRow = RowOf<typeof REQUEST_LOG>;
export type DeliveryLogRow = RowOf<typeof DELIVERY_LOG>;

/** Columns whose values are in the event. */
export const OF_EVENT: readonly string[] = ['owner', 'modified_by', 'user', 'reference_document'];

type Delivered = Pick<Attempt, 'subscriptionId' | 'eventId'>;
type Attempted = Delivered & Pick<Attempt, 'id' | 'number'>;

/** What a row's name locates: an attempt, or in Frappe 16 a delivery. */
export type Located = Attempted | Delivered;

/** A name is part of a path, so the event's id is written as in one. */
const deliveryName = ({ subscriptionId, eventId }: Delivered): string =>
  `${subscriptionId}.${toPathSegment(eventId)}`;

const attemptName = ({ id, number, ...delivered }: Attempted): string =>
  [id, number, deliveryName(delivered)].join('.');

const MAX_EVENT_ID = 256;

/** Return what a row's name locates; null if it is malformed, or longer than a key of DynamoDB. */
export function locateRow(name: string): Located | null {
  const [, id, number, subscriptionId = '', segment] =
    /^(?:(att_[\w-]{1,64})\.(\d{1,5})\.)?(sub_\w{1,64})\.(.{1,1366})$/su.exec(name) ?? [];
  if (segment === undefined) return null;
  // Rows had the event's id as it is.
  const eventId = fromPathSegment(segment) ?? segment;
  if (eventId.length > MAX_EVENT_ID) return null;
  const delivered = { subscriptionId, eventId };
  return id === undefined ? delivered : { id, number: Number(number), ...delivered };
}

/** Return a row of the log. @param event null if it is not needed, or has expired */
export function requestLogRow(attempt: Attempt, webhook: string, event: Event | null): RequestLogRow {
  const at = frappeTime(attempt.at);
  const user = event && userOf(event);
  const { request, response, eventType } = attempt;
  return {
    name: attemptName(attempt),
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

/**
 * Return the row of a delivery, as Frappe 16 has it: https://github.com/frappe/frappe/pull/38913
 *
 * @param row of its latest attempt
 * @param createdAt when its first attempt was made, ISO 8601 UTC
 */
export function deliveryLogRow(row: RequestLogRow, latest: Attempt, createdAt: string): DeliveryLogRow {
  const { outcome, number, nextAttemptAt } = latest;
  const unsuccessful = nextAttemptAt === null ? 'Exhausted' : 'Failed';
  return {
    ...row,
    name: deliveryName(latest),
    creation: frappeTime(createdAt),
    status: outcome === 'success' ? 'Delivered' : unsuccessful,
    attempts: number,
    next_retry: nextAttemptAt === null ? null : frappeTime(nextAttemptAt),
  };
}

/** How long a text may become by its indents and escapes. Deep in data, each number has 200 spaces before it. */
const mostIndented = (text: string): number => 32 * 1024 + 4 * text.length;

/**
 * Format JSON like `frappe.as_json`; null if it is empty. A text that the log truncated is not JSON and stays as it is, like one
 * that would become many times longer: a list has thousands of them.
 */
function indented(text: string): string | null {
  if (text === '' || text === '{}') return null;
  try {
    return pythonJson(parseJson(text).text, { sortKeys: true, indent: 1 }, mostIndented(text));
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
