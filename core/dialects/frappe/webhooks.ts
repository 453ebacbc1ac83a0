import { ConflictError, ValidationError } from '../../domain/errors.ts';
import { unmaskHeaders } from '../../domain/header-mask.ts';
import { newSecret } from '../../domain/signature.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { NewSubscription } from '../../domain/subscription-settings.ts';
import { validate } from '../../domain/validate.ts';
import type { ManageSubscriptions } from '../../use-cases/subscriptions.ts';
import { checkWebhook } from './check-webhook.ts';
import { WEBHOOK } from './columns.ts';
import { FrappeError, refusal } from './errors.ts';
import { keptOf, toDialectPart } from './kept.ts';
import { inOrder, passes, readListQuery, shown } from './list-query.ts';
import type { ReadWebhooks } from './read-webhooks.ts';
import type { Caller, Resource } from './resource.ts';
import { mergeWebhook, WEBHOOK_DEFAULTS, type Webhook, webhookSchema } from './webhook.ts';
import { webhookDocument, webhookRow } from './webhook-document.ts';
import { isSecretMask, webhookOf } from './webhook-of.ts';
import { fieldOf, sentHeaders, toSettings } from './webhook-settings.ts';

export interface WebhooksDependencies {
  readonly subscriptions: Pick<ManageSubscriptions, 'create' | 'changeFrom' | 'remove'>;
  readonly readWebhooks: ReadWebhooks;
  /** Checks a native subscription, so that both APIs refuse the same. */
  readonly checkSubscription: (given: unknown) => NewSubscription;
}

/** Frappe tries three times, and waits so many seconds in between. */
const RETRY = [1, 4];

/** The DocType `Webhook`: subscriptions as Frappe has them. */
export function webhooks({ subscriptions, readWebhooks, checkSubscription }: WebhooksDependencies): Resource {
  const checked = (webhook: Webhook, name: string | null, secret: string | null, more: object = {}) => {
    checkWebhook(webhook, name);
    const settings = { ...toSettings(webhook), ...more };
    return inFrappesWords(() => checkSubscription(secret === null ? settings : { ...settings, secret }));
  };
  const view = (subscription: Subscription, { mayManage }: Caller) => {
    const webhook = webhookOf(subscription);
    // Another API has made something else of it since it was read.
    if (webhook === null) throw new FrappeError('TimestampMismatchError', ['It was changed meanwhile']);
    return webhookDocument(subscription, webhook, mayManage);
  };

  return {
    async list({ project }, given) {
      const query = readListQuery(WEBHOOK, given);
      const rows = (await readWebhooks.all(project))
        .map(({ subscription, webhook }) => webhookRow(subscription, webhook))
        .filter((row) => passes(row, query));
      return inOrder(rows, query, (row) => row)
        .slice(query.start, query.start + query.length)
        .map((row) => shown(row, query));
    },

    async get(caller, name) {
      return view((await readWebhooks.one(caller.project, name)).subscription, caller);
    },

    async create(caller, body) {
      const { name: givenName, ...given } = readDocument(body);
      const name = givenName === undefined || givenName === null ? null : checkName(givenName);
      const webhook = mergeWebhook(WEBHOOK_DEFAULTS, {
        ...given,
        // Copied from another webhook, whose secret nobody knows.
        webhook_secret: isSecretMask(given.webhook_secret ?? '') ? null : given.webhook_secret,
      });
      const settings = checked(webhook, name, webhook.webhook_secret, { name, retry: RETRY });
      const users = { owner: caller.keyId, modifiedBy: caller.keyId };
      const part = { contentType: 'none', alias: name, dialectPart: toDialectPart(webhook, users) } as const;
      try {
        return view(await subscriptions.create(caller.project, settings, part), caller);
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        throw new FrappeError('DuplicateEntryError', [`Webhook ${name} already exists`]);
      }
    },

    async update(caller, name, body) {
      const given = readDocument(body);
      const { project, keyId } = caller;
      const { subscription } = await readWebhooks.one(project, name);
      const change = (previous: Subscription) => {
        const current = webhookOf(previous);
        if (current === null) throw readWebhooks.noSuch(name);
        const webhook = unmasked(mergeWebhook(current, given), current);
        const { webhook_secret } = webhook;
        const isKept =
          webhook_secret !== null && isSecretMask(webhook_secret) && current.webhook_secret !== null;
        const { secret: _secret, ...settings } = checked(webhook, name, isKept ? null : webhook_secret);
        const users = { owner: keptOf(previous).owner, modifiedBy: keyId };
        return {
          settings,
          dialectPart: toDialectPart(webhook, users),
          // One that was taken away must sign nothing, should signing be turned on again.
          ...(!isKept && { secret: webhook_secret ?? newSecret() }),
        };
      };
      return view(await subscriptions.changeFrom(project, subscription.id, change), caller);
    },

    async remove({ project }, name) {
      const { subscription } = await readWebhooks.one(project, name);
      await subscriptions.remove(project, subscription.id);
    },
  };
}

const readDocument = (body: unknown) => inFrappesWords(() => validate(webhookSchema, body));

const MAX_NAME = 140;

/** @throws FrappeError if no document may have this name */
function checkName(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > MAX_NAME) throw refusal(`Name has 1 to ${MAX_NAME} characters`);
  if (/[<>]/.test(name)) throw refusal('Name cannot contain special characters like < >');
  if (/[\p{Cc}\p{Cs}]/u.test(name)) throw refusal('Name cannot contain control characters');
  return name;
}

/** Credentials in headers that come back masked stay what they were. */
function unmasked(webhook: Webhook, current: Webhook): Webhook {
  const stored = sentHeaders(current.webhook_headers);
  const rows = webhook.webhook_headers.map(({ key, value }) => ({
    key,
    value: key && value ? (unmaskHeaders({ [key]: value }, stored)[key] ?? null) : value,
  }));
  return { ...webhook, webhook_headers: rows };
}

/** Names the faults that the native rules find as the caller named the fields. */
function inFrappesWords<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new FrappeError(
      'ValidationError',
      error.faults.map(({ path, message }) => `${fieldOf(path)} ${message}`.trim()),
    );
  }
}
