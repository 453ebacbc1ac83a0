import * as z from 'zod';
import { arrayText, type JsonText, objectText, toJsonText } from '../../core/domain/json-text.ts';
import { validate } from '../../core/domain/validate.ts';
import type { Page, PageRequest } from '../../core/ports.ts';

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.base64url().max(2048).optional(),
});

/** `?limit=&cursor=`. The cursor is opaque to callers. @throws ValidationError */
export function pageRequest(query: Readonly<Record<string, string | undefined>>): PageRequest {
  const { limit, cursor } = validate(querySchema, query);
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
