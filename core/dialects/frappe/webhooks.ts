import type * as z from 'zod';
import type { NewSubscription } from '../../api-schemas/subscription.ts';
import { ConflictError, LimitReachedError } from '../../kernel/errors.ts';
import { validate } from '../../kernel/validate.ts';
import { type ChangeSubscriptionPorts, changeSubscriptionFrom } from '../../manage/change-subscription.ts';
import { type CreateSubscriptionPorts, createSubscription } from '../../manage/create-subscription.ts';
import { type RemoveSubscriptionPorts, removeSubscription } from '../../manage/remove-subscription.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Caller } from './caller.ts';
import { checkWebhook } from './check-webhook.ts';
import { WEBHOOK } from './columns.ts';
import { FrappeError, refusal } from './errors.ts';
import {
  changedBy,
  checkName,
  inFrappesWords,
  readDocument,
  secretAfter,
  throwInFrappesWords,
} from './given-webhook.ts';
import { keptOf, toDialectPart } from './kept.ts';
import { inOrder, passes, readListQuery, shown } from './list-query.ts';
import { allWebhooks, noSuchWebhook, type ReadWebhooksPorts, requireWebhook } from './read-webhooks.ts';
import { WEBHOOK_DEFAULTS, type Webhook } from './webhook.ts';
import { webhookDocument, webhookRow } from './webhook-document.ts';
import { webhookOf } from './webhook-of.ts';
import { toSettings } from './webhook-settings.ts';

export type WebhooksPorts = ReadWebhooksPorts &
  CreateSubscriptionPorts &
  ChangeSubscriptionPorts &
  RemoveSubscriptionPorts & {
    /** The native API's schema, so that both APIs reject the same settings. */
    readonly newSubscriptionSchema: z.ZodType<NewSubscription>;
  };

/** Seconds before the second and the third attempt, as in Frappe. */
const RETRY = [1, 4];

/** The settings of a new webhook that no field of Frappe's has: what Frappe does. */
const OF_FRAPPE = { retry: RETRY, redirects: 'follow' } as const;

/** List the documents of the DocType `Webhook`: subscriptions in Frappe's form. */
export async function listWebhooks(
  ports: ReadWebhooksPorts,
  { project, mayManage }: Caller,
  given: Readonly<Record<string, string | undefined>>,
): Promise<object[]> {
  const query = readListQuery(WEBHOOK, given);
  const rows = (await allWebhooks(ports, project))
    .map(({ subscription, webhook }) => webhookRow(subscription, webhook, mayManage))
    .filter((row) => passes(row, query));
  return inOrder(rows, query, (row) => row)
    .slice(query.start, query.start + query.length)
    .map((row) => shown(row, query));
}

export async function getWebhook(ports: ReadWebhooksPorts, caller: Caller, name: string): Promise<object> {
  const { subscription } = await requireWebhook(ports, caller.project, name);
  return documentOf(subscription, caller);
}

export async function createWebhook(ports: WebhooksPorts, caller: Caller, body: unknown): Promise<object> {
  const { name: givenName, ...given } = readDocument(body);
  const name = givenName === undefined || givenName === null ? null : checkName(givenName);
  const webhook = changedBy(WEBHOOK_DEFAULTS, given);
  const secret = secretAfter(WEBHOOK_DEFAULTS, webhook);
  const settings = checkedSettings(ports, webhook, name, { name, ...OF_FRAPPE, secret });
  const users = { owner: caller.keyId, modifiedBy: caller.keyId };
  const dialect = {
    contentType: 'none',
    requestStyle: 'python',
    alias: name,
    dialectPart: toDialectPart(webhook, users),
  } as const;
  try {
    return documentOf(await createSubscription(ports, caller.project, settings, dialect), caller);
  } catch (error) {
    if (error instanceof LimitReachedError) throw refusal(error.message);
    if (!(error instanceof ConflictError)) return throwInFrappesWords(error);
    throw new FrappeError('DuplicateEntryError', [`Webhook ${name} already exists`]);
  }
}

export async function updateWebhook(
  ports: WebhooksPorts,
  caller: Caller,
  name: string,
  body: unknown,
): Promise<object> {
  const given = readDocument(body);
  const { project, keyId } = caller;
  const { subscription } = await requireWebhook(ports, project, name);
  const changed = await changeSubscriptionFrom(ports, project, subscription.id, (previous) => {
    const current = webhookOf(previous);
    if (current === null) throw noSuchWebhook(name);
    const webhook = changedBy(current, given);
    const replaced = { secret: secretAfter(current, webhook) };
    const { secret, ...settings } = checkedSettings(ports, webhook, name, replaced);
    const users = { owner: keptOf(previous).owner, modifiedBy: keyId };
    return { settings, secret, dialectPart: toDialectPart(webhook, users) };
  }).catch(throwInFrappesWords);
  return documentOf(changed, caller);
}

export async function deleteWebhook(
  ports: ReadWebhooksPorts & RemoveSubscriptionPorts,
  { project }: Caller,
  name: string,
): Promise<void> {
  const { subscription } = await requireWebhook(ports, project, name);
  await removeSubscription(ports, project, subscription.id);
}

/** Check a webhook by Frappe's rules, then by the native API's. Return its subscription's settings. @throws FrappeError */
function checkedSettings(
  { newSubscriptionSchema }: WebhooksPorts,
  webhook: Webhook,
  name: string | null,
  more: object,
): NewSubscription {
  checkWebhook(webhook, name);
  return inFrappesWords(() => validate(newSubscriptionSchema, { ...toSettings(webhook), ...more }));
}

function documentOf(subscription: Subscription, { mayManage }: Caller): object {
  const webhook = webhookOf(subscription);
  // The native API has changed it since it was read, into a subscription that Frappe cannot describe.
  if (webhook === null)
    throw new FrappeError('TimestampMismatchError', ['The webhook was changed at the same time']);
  return webhookDocument(subscription, webhook, mayManage);
}
