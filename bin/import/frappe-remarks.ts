import * as z from 'zod';
import { toPathSegment } from '../../client/path-segment.ts';
import { frappeCatalogue } from '../../core/dialects/frappe/catalogue.ts';
import { changedBy, readDocument } from '../../core/dialects/frappe/given-webhook.ts';
import { WEBHOOK_DEFAULTS } from '../../core/dialects/frappe/webhook.ts';
import { toSettings } from '../../core/dialects/frappe/webhook-settings.ts';
import { type Api, callApi, getOrNull } from '../admin/api.ts';
import type { Webhook } from './frappe-documents.ts';
import { previewed } from './preview.ts';

const keySchema = z.looseObject({ project: z.string() });
const samplesSchema = z.object({ data: z.array(z.unknown()) });

/** Return the path of the key's project. */
export const projectPath = async (api: Api): Promise<string> =>
  `/v1/projects/${toPathSegment(keySchema.parse(await callApi(api, 'GET', '/v1/key')).project)}`;

/** Preview a Webhook, whose headers and secret do not matter, on a document of its DocType. @param path of the project */
export async function remarksOnWebhook(
  api: Api,
  path: string,
  { webhook_secret: _, ...webhook }: Webhook,
): Promise<readonly string[]> {
  const settings = toSettings(changedBy(WEBHOOK_DEFAULTS, readDocument({ ...webhook, webhook_headers: [] })));
  const [type = ''] = settings.events;
  const data = await sampleOf(api, path, type);
  if (data === undefined) return [`not previewed: there is no sample of "${type}"`];
  const { remarks } = await previewed(api, `${path}/subscriptions/preview`, {
    subscription: { ...settings, signature: 'none' },
    event: type,
    data,
  });
  return remarks;
}

/** Return the newest event's data or a sample of the project, or else a sample of the common DocTypes. */
async function sampleOf(api: Api, path: string, type: string): Promise<unknown> {
  const found = await getOrNull(api, `${path}/event-types/${toPathSegment(type)}/samples`);
  const [sample] = found === null ? [] : samplesSchema.parse(found).data;
  if (sample !== undefined) return sample;
  const known = frappeCatalogue.find(({ eventType }) => eventType.type === type)?.eventType.samples[0];
  return known === undefined ? undefined : JSON.parse(known);
}
