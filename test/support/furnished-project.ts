import type { Scope } from '../../core/model/api-key.ts';
import { eventually, type Stack } from './stack.ts';

/** A project that has one resource of every kind that a path can name. */
export interface FurnishedProject {
  readonly id: string;
  /** The resources' ids by their collections in paths: `subscriptions`, `events`, … */
  readonly ids: Readonly<Record<string, string>>;
  /** Keys with a single scope, by scope. */
  readonly keys: Readonly<Record<Exclude<Scope, 'admin'>, { readonly id: string; readonly secret: string }>>;
}

/** Create a furnished project. A subscription and a Frappe Webhook have delivered its event to the URL, and its replay is done. */
export async function furnishedProject(stack: Stack, id: string, hook: string): Promise<FurnishedProject> {
  const path = `/v1/projects/${id}`;
  const docType = `Invoice-of-${id}`;
  const type = `${docType}.on_update`;
  const made = async (method: string, where: string, body: unknown, bearer = stack.outputs.adminKey) => {
    const { status, text, body: answer } = await stack.call(method, where, body, { bearer });
    if (status >= 300) throw new Error(`${method} ${where}: ${text}`);
    return answer;
  };
  const keyWith = (scope: Scope) =>
    made('POST', `${path}/keys`, { name: `${scope} of ${id}`, scopes: [scope] });
  await made('POST', '/v1/projects', { id, name: `Name of ${id}` });
  const keys = {
    manage: await keyWith('manage'),
    publish: await keyWith('publish'),
    read: await keyWith('read'),
  };
  const spare = await keyWith('read');
  await made('PUT', `${path}/event-types/${type}`, { description: `Type of ${id}` });
  const subscription = await stack.subscribe({ url: hook, events: [type], name: `Hook of ${id}` }, id);
  const webhook = {
    name: `webhook-of-${id}`,
    webhook_doctype: docType,
    webhook_docevent: 'on_update',
    request_url: hook,
  };
  await made('POST', '/api/resource/Webhook', webhook, keys.manage.secret);

  const event = await made('POST', `${path}/events`, { type, data: { of: id } });
  await eventually(async () => {
    const states = (await stack.call('GET', `${path}/events/${event.id}`)).body.deliveries ?? [];
    return states.filter(({ state }: { state: string }) => state === 'delivered').length === 2;
  });
  const replay = `${path}/subscriptions/${subscription.id}/replay`;
  const job = await made('POST', replay, { since: new Date(0).toISOString(), only: 'failed' });
  await eventually(async () => {
    const { body } = await stack.call('GET', `${path}/subscriptions/${subscription.id}/jobs/${job.id}`);
    return body.state === 'done';
  });
  return {
    id,
    ids: {
      ...{ projects: id, EntryPoints: id, 'event-types': type, keys: spare.id },
      ...{ subscriptions: subscription.id, events: event.id, jobs: job.id },
      ...{ presets: 'weavy', resource: 'Webhook', doctype: webhook.name },
    },
    keys,
  };
}
