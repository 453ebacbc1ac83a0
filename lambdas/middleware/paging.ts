import * as z from 'zod';
import { pageQuerySchema } from '../../core/api-schemas/list-query.ts';
import { cursorSeal } from '../../core/kernel/cursor.ts';
import { arrayText, type JsonText, objectText, toJsonText } from '../../core/kernel/json-text.ts';
import { validate } from '../../core/kernel/validate.ts';
import type { Page, PageRequest } from '../../core/ports/page.ts';
import type { ApiAnswer, ApiRequest } from './request.ts';

export interface ListPorts {
  /** Seals the cursors. */
  readonly stackKey: string;
}

export interface List<Item, Filter> {
  /** The query parameters that filter the list. The route has refused those that it does not have. */
  readonly filter: z.ZodType<Filter>;
  readonly read: (page: PageRequest, filter: Filter) => Promise<Page<Item>>;
  /** Return an item as callers see it, as an object or as JSON text. */
  readonly view: (item: Item) => object | JsonText;
}

/** The filter of a list without filters. */
export const NO_FILTER = z.object({});

/** Part of the seal of every cursor. Changing this would invalidate the cursors that callers hold. */
const NO_PARAMETERS = { project: '', id: '', job: '', type: '', preset: '', doctype: '', name: '' };

/**
 * Answer a list: `?limit=&cursor=` and the list's own filters in, `{data, cursor}` out. A cursor is sealed with the stack's
 * key, so a cursor of another route, project, resource or filter is rejected.
 */
export async function answerList<Item, Filter>(
  { stackKey }: ListPorts,
  { routeKey, path, query }: ApiRequest,
  list: List<Item, Filter>,
): Promise<ApiAnswer> {
  // Validated together, so that the response has every fault of the query.
  const { limit, cursor } = validate(z.intersection(pageQuerySchema, list.filter), query);
  const filter = validate(list.filter, query);
  const identity = [routeKey, { ...NO_PARAMETERS, ...path }, filter];
  const cursors = cursorSeal(stackKey);
  const from = cursor === undefined ? null : cursors.open(identity, cursor);
  const page = await list.read({ limit, cursor: from }, filter);
  const data = arrayText(page.items.map((item) => textOf(list.view(item))));
  const next = page.cursor === null ? null : cursors.seal(identity, page.cursor);
  return { status: 200, body: objectText({ data, cursor: toJsonText(next) }) };
}

const textOf = (shown: object | JsonText): JsonText =>
  typeof shown === 'string' ? (shown as JsonText) : toJsonText(shown);
