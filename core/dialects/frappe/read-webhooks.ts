import type { Subscription } from '../../model/subscription.ts';
import type { Page } from '../../ports/page.ts';
import type { SubscriptionStore } from '../../ports/subscription-store.ts';
import { WEBHOOK } from './columns.ts';
import { NoSuchDocumentError, refusal } from './errors.ts';
import type { Webhook } from './webhook.ts';
import { webhookOf } from './webhook-of.ts';

export interface ReadWebhooksPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'get' | 'getByAlias' | 'list'>;
}

/** A subscription with the webhook that Frappe sees in it. */
export interface FoundWebhook {
  readonly subscription: Subscription;
  readonly webhook: Webhook;
}

export const noSuchWebhook = (name: string) => new NoSuchDocumentError(WEBHOOK.doctype, name);

/** The longest name of a webhook; DynamoDB would refuse a much longer key. */
const MAX_NAME_LENGTH = 140;

/** Return the webhook of this name: the subscription with this alias or, without an alias, of this id. Null if there is none. */
export async function findWebhook(
  ports: ReadWebhooksPorts,
  project: string,
  name: string,
): Promise<FoundWebhook | null> {
  const isName = name !== '' && name.length <= MAX_NAME_LENGTH;
  const subscription = isName ? await findSubscription(ports, project, name) : null;
  const webhook = subscription && webhookOf(subscription);
  return subscription && webhook && { subscription, webhook };
}

async function findSubscription({ subscriptions }: ReadWebhooksPorts, project: string, name: string) {
  const byAlias = await subscriptions.getByAlias(project, name);
  if (byAlias !== null) return byAlias;
  const byId = await subscriptions.get(project, name);
  return byId?.alias === null ? byId : null;
}

/** @throws FrappeError if there is no webhook of this name */
export async function requireWebhook(
  ports: ReadWebhooksPorts,
  project: string,
  name: string,
): Promise<FoundWebhook> {
  const found = await findWebhook(ports, project, name);
  if (found === null) throw noSuchWebhook(name);
  return found;
}

/** Frappe's lists filter and sort everything, which takes too long for more subscriptions than these. */
const MAX_SUBSCRIPTIONS = 5000;
const PER_PAGE = 500;
/** A page has at most 1 MB: with long templates, memory and time run out before the limit of subscriptions is reached. */
const MAX_PAGES = 40;

/** Return the webhooks among a project's subscriptions. @throws FrappeError if it has too many subscriptions to read */
export async function allWebhooks(
  { subscriptions }: ReadWebhooksPorts,
  project: string,
): Promise<FoundWebhook[]> {
  const found: FoundWebhook[] = [];
  let cursor: string | null = null;
  let seen = 0;
  let pages = 0;
  do {
    const page: Page<Subscription> = await subscriptions.list(project, { limit: PER_PAGE, cursor });
    seen += page.items.length;
    pages++;
    if (seen > MAX_SUBSCRIPTIONS || pages > MAX_PAGES)
      throw refusal(
        `This project has more than ${MAX_SUBSCRIPTIONS} subscriptions, or more than ${MAX_PAGES} MB of them: list them with GET /v1/projects/${project}/subscriptions`,
      );
    for (const subscription of page.items) {
      const webhook = webhookOf(subscription);
      if (webhook !== null) found.push({ subscription, webhook });
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}
