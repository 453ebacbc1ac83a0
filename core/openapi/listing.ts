import * as z from 'zod';
import { pageQuerySchema } from '../api-schemas/list-query.ts';
import { views } from './components.ts';
import type { Query } from './operation.ts';

/** Return the query of a list: its own filters, and those of its pages. */
export function listQuery(
  filter: z.ZodObject = z.object({}),
  descriptions: Query['descriptions'] = {},
): Query {
  return {
    schema: z.object({ ...filter.shape, ...pageQuerySchema.shape }),
    descriptions: {
      ...descriptions,
      limit: 'The maximum number of items on a page.',
      cursor: 'The `cursor` of the previous page; opaque.',
    },
  };
}

/** Return the schema of a page of these items, under a name. */
export function pageOf(id: string, item: z.ZodType) {
  const example = views.exampleOf(item);
  return views.add(
    id,
    z.strictObject({
      data: z
        .array(item)
        .describe('Possibly fewer items than the limit, or none: the list ends when `cursor` is null.'),
      cursor: z.string().nullable().describe('For the next page; null at the end.'),
    }),
    example === undefined ? {} : { example: { data: [example], cursor: null } },
  );
}
