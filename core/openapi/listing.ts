import * as z from 'zod';
import { pageQuerySchema } from '../api-schemas/list-query.ts';
import { views } from './components.ts';
import type { Query } from './operation.ts';

/** The query of a list: which page, and maybe which items. */
export function listQuery(
  filter: z.ZodObject = z.object({}),
  descriptions: Query['descriptions'] = {},
): Query {
  return {
    schema: z.object({ ...filter.shape, ...pageQuerySchema.shape }),
    descriptions: {
      ...descriptions,
      limit: 'Items of a page.',
      cursor: 'The `cursor` that the page before answered; what it says is nobody’s business.',
    },
  };
}

/** One page of a list of these, which must have a name. */
export function pageOf(id: string, item: z.ZodType) {
  const [example] = views.examples(item);
  return views.add(
    id,
    z.strictObject({
      data: z
        .array(item)
        .describe('May be fewer than the limit, or none: the list ends where `cursor` is null.'),
      cursor: z.string().nullable().describe('For the next page; null at the end.'),
    }),
    example === undefined ? {} : { examples: [{ data: [example], cursor: null }] },
  );
}
