import * as z from 'zod';
import { hirehopCatalogue } from '../../core/dialects/hirehop/catalogue.ts';
import { matches } from '../../core/model/event-pattern.ts';
import { listAll } from '../../core/ports/page.ts';
import { type Api, callApi } from '../admin/api.ts';
import { previewed } from './preview.ts';

const pageSchema = z.object({
  data: z.array(z.looseObject({ type: z.string() })),
  cursor: z.string().nullable(),
});

const hirehopTypes = hirehopCatalogue.map(({ eventType }) => eventType);

/** Return the event types that HireHop is known to have, and those of a project. @param path of the project */
export async function knownTypes(api: Api, path: string): Promise<readonly string[]> {
  const registered = await listAll(100, async ({ limit, cursor: after }) => {
    const query = after === null ? '' : `&cursor=${encodeURIComponent(after)}`;
    const page = await callApi(api, 'GET', `${path}/event-types?limit=${limit}${query}`);
    const { data, cursor } = pageSchema.parse(page);
    return { items: data, cursor };
  });
  return [...hirehopTypes, ...registered].map(({ type }) => type);
}

/** Return a remark on events that no known type matches: they may be misspelt. */
export function remarksOnEvents(events: readonly string[], known: readonly string[]): string[] {
  const unknown = events.filter((pattern) => !known.some((type) => matches([pattern], type)));
  return unknown.length > 0 ? [`not in the catalogue: ${unknown.join(', ')}`] : [];
}

const NO_KEY =
  'export_key is null, which receivers that check it refuse: set exportKey of the project (PATCH /v1/projects/…)';

/** Preview a subscription on a sample of one of its events. @param path of the subscription */
export async function remarksOnPreview(
  api: Api,
  path: string,
  events: readonly string[],
): Promise<readonly string[]> {
  const example = hirehopTypes.find(({ type }) => matches(events, type));
  const sample = example?.samples[0];
  const choice =
    example === undefined || sample === undefined ? {} : { event: example.type, data: JSON.parse(sample) };
  const { remarks, body } = await previewed(api, `${path}/preview`, choice);
  const hasNoKey = body !== null && JSON.parse(body).export_key === null;
  return [...remarks, ...(hasNoKey ? [NO_KEY] : [])];
}
