import { arrayText, type JsonText, objectText, toJsonText } from '../../core/domain/json-text.ts';
import { pageQuerySchema } from '../../core/domain/list-query.ts';
import { validate } from '../../core/domain/validate.ts';
import type { Page, PageRequest } from '../../core/ports.ts';

/** `?limit=&cursor=`. The cursor is opaque to callers. @throws ValidationError */
export function pageRequest(query: Readonly<Record<string, string | undefined>>): PageRequest {
  const { limit, cursor } = validate(pageQuerySchema, query);
  return { limit, cursor: cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString() };
}

/** `{data, cursor}`, of items that are shown as text. */
export function pageText<Item>({ items, cursor }: Page<Item>, view: (item: Item) => JsonText): JsonText {
  return objectText({ data: arrayText(items.map(view)), cursor: toJsonText(outgoing(cursor)) });
}

/** `{data, cursor}`. */
export function pageBody<Item>({ items, cursor }: Page<Item>, view: (item: Item) => object): object {
  return {
    data: items.map(view),
    cursor: outgoing(cursor),
  };
}

const outgoing = (cursor: string | null) =>
  cursor === null ? null : Buffer.from(cursor).toString('base64url');
