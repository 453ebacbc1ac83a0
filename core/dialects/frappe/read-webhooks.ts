import type { ManageSubscriptions } from '../../manage/subscriptions.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Page } from '../../ports/page.ts';
import type { SubscriptionStore } from '../../ports/subscription-store.ts';
import { FrappeError, refusal } from './errors.ts';
import type { Webhook } from './webhook.ts';
import { nameOf } from './webhook-document.ts';
import { webhookOf } from './webhook-of.ts';

export interface ReadWebhooksDependencies {
  readonly subscriptions: Pick<ManageSubscriptions, 'find'>;
  readonly store: Pick<SubscriptionStore, 'get' | 'list'>;
}

interface Found {
  readonly subscription: Subscription;
  readonly webhook: Webhook;
}

/** Frappe filters and sorts whatever there is, which for more than these would take too long. */
const MOST_SUBSCRIPTIONS = 5000;
const PER_PAGE = 500;
/** A page that is read has at most 1 MB: where templates are long, memory and time end before the subscriptions do. */
const MOST_PAGES = 40;

/** A project's subscriptions that are webhooks to Frappe. */
export function readWebhooks({ subscriptions, store }: ReadWebhooksDependencies) {
  const noSuch = (name: string) => new FrappeError('DoesNotExistError', [`Webhook ${name} not found`]);
  const find = async (project: string, name: string): Promise<Found | null> => {
    const subscription = isName(name) ? await subscriptions.find(project, name) : null;
    const webhook = subscription && webhookOf(subscription);
    return subscription && webhook && { subscription, webhook };
  };

  return {
    noSuch,
    find,

    /** By what name a subscription is known; null if it is gone. */
    async nameOfId(project: string, id: string): Promise<string | null> {
      const subscription = await store.get(project, id);
      return subscription && nameOf(subscription);
    },

    /** @throws FrappeError if there is no such */
    async one(project: string, name: string): Promise<Found> {
      const found = await find(project, name);
      if (found === null) throw noSuch(name);
      return found;
    },

    /** @throws FrappeError if the project has too many subscriptions to look through */
    async all(project: string): Promise<Found[]> {
      const found: Found[] = [];
      let cursor: string | null = null;
      let seen = 0;
      let pages = 0;
      do {
        const page: Page<Subscription> = await store.list(project, { limit: PER_PAGE, cursor });
        seen += page.items.length;
        pages++;
        if (seen > MOST_SUBSCRIPTIONS || pages > MOST_PAGES)
          throw refusal(
            `This project has more than ${MOST_SUBSCRIPTIONS} subscriptions, or than ${MOST_PAGES} MB of them: list them with GET /v1/projects/${project}/subscriptions`,
          );
        for (const subscription of page.items) {
          const webhook = webhookOf(subscription);
          if (webhook !== null) found.push({ subscription, webhook });
        }
        cursor = page.cursor;
      } while (cursor !== null);
      return found;
    },
  };
}

export type ReadWebhooks = ReturnType<typeof readWebhooks>;

/** Nothing has a longer name, and DynamoDB would refuse a longer key. */
const isName = (name: string) => name !== '' && name.length <= 140;
