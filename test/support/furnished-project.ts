import type { Scope } from '../../core/model/api-key.ts';
import { eventually } from './eventually.ts';
import type { Stack } from './stack.ts';

/** A project that has one resource of every kind that a path can name. */
export interface FurnishedProject {
  readonly id: string;
  /** The resources' ids by their collections in paths: `subscriptions`, `events`, … */
  readonly ids: Readonly<Record<string, string>>;
  /** Keys with a single scope, by scope. */
  readonly keys: Readonly<Record<Exclude<Scope, 'admin'>, { readonly id: string; readonly secret: string }>>;
}

/**
 * Create a furnished project. A subscription and a Frappe Webhook have delivered its event to the URL. Its replay is done, and so is
 * an erasure, which has found nothing.
 */
export async function furnishedProject(stack: Stack, name: string, hook: string): Promise<FurnishedProject> {
  const id = await stack.newProject(name, { name: `Name of ${name}` });
  const path = `/v1/projects/${id}`;
  const docType = `Invoice-of-${name}`;
  const type = `${docType}.on_update`;
  const keyWith = (scope: Scope) =>
    stack.done('POST', `${path}/keys`, { name: `${scope} of ${name}`, scopes: [scope] });
  const keys = {
    manage: await keyWith('manage'),
    publish: await keyWith('publish'),
    read: await keyWith('read'),
  };
  const spare = await keyWith('read');
  await stack.done('PUT', `${path}/event-types/${type}`, { description: `Type of ${name}` });
  const subscription = await stack.subscribe({ url: hook, events: [type], name: `Hook of ${name}` }, id);
  const webhook = {
    name: `webhook-of-${name}`,
    webhook_doctype: docType,
    webhook_docevent: 'on_update',
    request_url: hook,
  };
  await stack.done('POST', '/api/resource/Webhook', webhook, { bearer: keys.manage.secret });

  const event = await stack.done('POST', `${path}/events`, { type, data: { of: name } });
  await eventually('both deliveries have succeeded', async () => {
    const { deliveries } = await stack.get(`${path}/events/${event.id}`);
    return deliveries.filter(({ state }: { state: string }) => state === 'delivered').length === 2;
  });
  const replay = `${path}/subscriptions/${subscription.id}/replay`;
  const job = await stack.done('POST', replay, { since: new Date(0).toISOString(), only: 'failed' });
  await eventually('the replay is done', async () => {
    const { state } = await stack.get(`${path}/subscriptions/${subscription.id}/jobs/${job.id}`);
    return state === 'done';
  });
  const erasure = await stack.done('POST', `${path}/erasures`, { actor: { id: `nobody in ${name}` } });
  await eventually('the erasure has been through the log', async () => {
    const { examined } = await stack.get(`${path}/erasures/${erasure.id}`);
    return examined > 0;
  });
  const [attempt] = (await stack.get(`${path}/events/${event.id}/attempts`)).data;
  return {
    id,
    ids: {
      ...{ projects: id, EntryPoints: id, 'event-types': type, keys: spare.id },
      ...{ subscriptions: subscription.id, events: event.id, jobs: job.id, attempts: attempt.id },
      ...{
        erasures: erasure.id,
        presets: 'weavy',
        resource: 'Webhook',
        doctype: webhook.name,
        method: 'ping',
      },
    },
    keys,
  };
}
