import * as z from 'zod';
import { pageQuerySchema } from '../../core/api-schemas/list-query.ts';
import { cursorSeal } from '../../core/kernel/cursor.ts';
import { arrayText, type JsonText, objectText, toJsonText } from '../../core/kernel/json-text.ts';
import { validate } from '../../core/kernel/validate.ts';
import type { Page, PageRequest } from '../../core/ports/page.ts';
import type { ApiAnswer, ApiRequest } from './api.ts';

export interface List<Item, Filter> {
  /** Of the query: what the list may be narrowed down by. What it does not know is ignored. */
  readonly filter: z.ZodType<Filter>;
  readonly read: (page: PageRequest, filter: Filter) => Promise<Page<Item>>;
  /** What callers see of an item, as an object or as JSON text. */
  readonly view: (item: Item) => object | JsonText;
}

/** The filter of a list that has none. */
export const NO_FILTER = z.object({});

/**
 * Answers lists: `?limit=&cursor=` and the list's own filters in, `{data, cursor}` out. Cursors are sealed with the
 * key: one of another route, project, resource or filter is refused.
 */
export function lists(key: string) {
  const cursors = cursorSeal(key);
  return async <Item, Filter>(request: ApiRequest, list: List<Item, Filter>): Promise<ApiAnswer> => {
    const { routeKey, path, query } = request;
    // Every fault of the query in one answer.
    const { limit, cursor } = validate(z.intersection(pageQuerySchema, list.filter), query);
    const filter = validate(list.filter, query);
    const identity = [routeKey, path, filter];
    const from = cursor === undefined ? null : cursors.open(identity, cursor);
    const page = await list.read({ limit, cursor: from }, filter);
    const data = arrayText(page.items.map((item) => textOf(list.view(item))));
    const next = page.cursor === null ? null : cursors.seal(identity, page.cursor);
    return { status: 200, body: objectText({ data, cursor: toJsonText(next) }) };
  };
}

export type AnswerList = ReturnType<typeof lists>;

const textOf = (shown: object | JsonText): JsonText =>
  typeof shown === 'string' ? (shown as JsonText) : toJsonText(shown);
