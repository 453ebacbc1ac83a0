import { type GivenWebhook, webhookSchema } from '../../api-schemas/frappe.ts';
import type { NewSubscription } from '../../api-schemas/subscription.ts';
import { ConflictError, ValidationError } from '../../kernel/errors.ts';
import { validate } from '../../kernel/validate.ts';
import type { ManageSubscriptions } from '../../manage/subscriptions.ts';
import { unmaskHeaders } from '../../model/header-mask.ts';
import { newSecret } from '../../model/signing-secret.ts';
import type { Subscription } from '../../model/subscription.ts';
import { checkWebhook } from './check-webhook.ts';
import { WEBHOOK } from './columns.ts';
import { FrappeError, refusal } from './errors.ts';
import { keptOf, toDialectPart } from './kept.ts';
import { inOrder, passes, readListQuery, shown } from './list-query.ts';
import type { ReadWebhooks } from './read-webhooks.ts';
import type { Caller, Resource } from './resource.ts';
import { mergeWebhook, WEBHOOK_DEFAULTS, type Webhook } from './webhook.ts';
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
  const checked = (webhook: Webhook, name: string | null, more: object) => {
    checkWebhook(webhook, name);
    return inFrappesWords(() => checkSubscription({ ...toSettings(webhook), ...more }));
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
      const webhook = changedBy(WEBHOOK_DEFAULTS, given);
      const secret = secretAfter(WEBHOOK_DEFAULTS, webhook);
      const settings = checked(webhook, name, { name, retry: RETRY, secret });
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
        const webhook = changedBy(current, given);
        const { secret, ...settings } = checked(webhook, name, { secret: secretAfter(current, webhook) });
        const users = { owner: keptOf(previous).owner, modifiedBy: keyId };
        return { settings, secret, dialectPart: toDialectPart(webhook, users) };
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

/** A webhook with what was given in the place of what it had. What comes back masked stays what it was. */
function changedBy(current: Webhook, given: GivenWebhook): Webhook {
  const webhook = mergeWebhook(current, given);
  const stored = sentHeaders(current.webhook_headers);
  const webhook_headers = webhook.webhook_headers.map(({ key, value }) => ({
    key,
    value: key && value ? (unmaskHeaders({ [key]: value }, stored)[key] ?? null) : value,
  }));
  // Copied from another webhook, whose secret nobody knows.
  const isForeign = current.webhook_secret === null && isSecretMask(webhook.webhook_secret);
  return { ...webhook, webhook_headers, webhook_secret: isForeign ? null : webhook.webhook_secret };
}

/** The secret that takes the place of the one before; undefined if that stays. */
function secretAfter(before: Webhook, { webhook_secret }: Webhook): string | undefined {
  if (isSecretMask(webhook_secret)) return undefined;
  if (webhook_secret !== null) return webhook_secret;
  // One that was taken away must sign nothing, should signing be turned on again.
  return before.webhook_secret === null ? undefined : newSecret();
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
