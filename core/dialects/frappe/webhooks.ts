import type * as z from 'zod';
import type { GivenWebhook } from '../../api-schemas/frappe.ts';
import type { NewSubscription } from '../../api-schemas/subscription.ts';
import { ConflictError, LimitReachedError } from '../../kernel/errors.ts';
import { validate } from '../../kernel/validate.ts';
import { type ChangeSubscriptionPorts, changeSubscriptionFrom } from '../../manage/change-subscription.ts';
import { type CreateSubscriptionPorts, createSubscription } from '../../manage/create-subscription.ts';
import { type RemoveSubscriptionPorts, removeSubscription } from '../../manage/remove-subscription.ts';
import type { FrappeVersion } from '../../model/project.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Caller } from './caller.ts';
import { checkWebhook } from './check-webhook.ts';
import { frappeTime, WEBHOOK } from './columns.ts';
import { FrappeError, refusal } from './errors.ts';
import { frappeVersionOf } from './frappe-version.ts';
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
import type { ServerMessages } from './server-messages.ts';
import { EMPTIED, WEBHOOK_DEFAULTS, type Webhook } from './webhook.ts';
import { nameOf, webhookDocument, webhookRow } from './webhook-document.ts';
import { webhookOf } from './webhook-of.ts';
import { toSettings } from './webhook-settings.ts';

export type WebhooksPorts = ReadWebhooksPorts &
  CreateSubscriptionPorts &
  ChangeSubscriptionPorts &
  RemoveSubscriptionPorts & {
    /** The native API's schema, so that both APIs reject the same settings. */
    readonly newSubscriptionSchema: z.ZodType<NewSubscription>;
    /** Those of the request. */
    readonly messages: Pick<ServerMessages, 'checkFit'>;
  };

/**
 * Seconds before each attempt but the first: three attempts in a row until Frappe 15, a schedule of 27 hours since
 * (https://github.com/frappe/frappe/pull/38913).
 */
const RETRY = { 15: [1, 4], 16: [300, 1800, 7200, 18_000, 36_000, 36_000] } as const;

/** Return the settings of a new webhook that no field of Frappe's has: what Frappe does. */
const settingsOfFrappe = (version: FrappeVersion) =>
  ({ retry: RETRY[version], redirects: 'follow' }) as const;

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
  const settings = checkedSettings(ports, webhook, name, {
    name,
    ...settingsOfFrappe(await frappeVersionOf(ports, caller.project)),
    secret,
  });
  const users = { owner: caller.keyId, modifiedBy: caller.keyId };
  const dialect = {
    contentType: 'none',
    requestStyle: 'python',
    alias: name,
    dialectPart: toDialectPart(webhook, users),
  } as const;
  try {
    const created = await createSubscription(ports, caller.project, settings, dialect);
    await ports.messages.checkFit(created, nameOf(created));
    return documentOf(created, caller);
  } catch (error) {
    if (error instanceof LimitReachedError) throw refusal(error.message);
    if (!(error instanceof ConflictError)) return throwInFrappesWords(error);
    throw alreadyExists(name);
  }
}

const alreadyExists = (name: string | null) =>
  new FrappeError('DuplicateEntryError', [`Webhook ${name} already exists`]);

/** Change the fields that are given. @throws FrappeError also if `modified` is given and stale */
export function updateWebhook(ports: WebhooksPorts, caller: Caller, name: string, body: unknown) {
  const given = readDocument(body);
  return changeWebhook(ports, caller, name, given, isGiven(given.modified) ? given.modified : null);
}

/** Replace the document: fields that are missing are emptied. @throws FrappeError also if `modified` is missing or stale */
export function saveWebhook(ports: WebhooksPorts, caller: Caller, name: string, body: unknown) {
  const given = readDocument(body);
  return changeWebhook(ports, caller, name, { ...EMPTIED, ...given }, given.modified ?? '');
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

/** @param modified of the version on which the change is based; null for any */
async function changeWebhook(
  ports: WebhooksPorts,
  caller: Caller,
  name: string,
  given: GivenWebhook,
  modified: unknown,
): Promise<object> {
  const { project, keyId } = caller;
  const { subscription } = await requireWebhook(ports, project, name);
  const changed = await changeSubscriptionFrom(ports, project, subscription.id, (previous) => {
    const current = webhookOf(previous);
    if (current === null) throw noSuchWebhook(name);
    if (modified !== null) refuseStale(frappeTime(previous.updatedAt), modified);
    const webhook = changedBy(current, given);
    const replaced = { secret: secretAfter(current, webhook) };
    const { secret, ...settings } = checkedSettings(ports, webhook, name, replaced);
    const users = { owner: keptOf(previous).owner, modifiedBy: keyId };
    return { settings, secret, dialectPart: toDialectPart(webhook, users) };
  }).catch(throwInFrappesWords);
  if (decidesFit(given)) await ports.messages.checkFit(changed, name);
  return documentOf(changed, caller);
}

/** The fields that decide whether a request can be made from a document. */
const DECIDING = [
  'webhook_doctype',
  'webhook_docevent',
  'condition',
  'request_url',
  'is_dynamic_url',
  'request_structure',
  'webhook_json',
  'webhook_data',
] as const satisfies readonly (keyof GivenWebhook)[];

const decidesFit = (given: GivenWebhook): boolean => DECIDING.some((field) => given[field] !== undefined);

/** @throws FrappeError in the words of Frappe's `check_if_latest` */
function refuseStale(latest: string, modified: unknown): void {
  if (modified === latest) return;
  throw new FrappeError('TimestampMismatchError', [
    `Error: Document has been modified after you have opened it (${latest}, ${String(modified)}). Please refresh to get the latest document.`,
  ]);
}

/** Give a webhook another name. Its request log follows. @throws FrappeError */
export async function renameWebhook(
  ports: WebhooksPorts,
  { project, keyId }: Caller,
  from: string,
  to: string,
): Promise<string> {
  const alias = checkName(to);
  const { subscription } = await requireWebhook(ports, project, from);
  if (alias === from) throw refusal('No changes made because old and new name are the same.');
  const isTaken =
    (await ports.subscriptions.getByAlias(project, alias)) ?? (await ports.subscriptions.get(project, alias));
  if (isTaken) throw alreadyExists(alias);
  await changeSubscriptionFrom(ports, project, subscription.id, (previous) => {
    const webhook = webhookOf(previous);
    if (webhook === null || nameOf(previous) !== from) throw noSuchWebhook(from);
    const users = { owner: keptOf(previous).owner, modifiedBy: keyId };
    const settings = previous.name === from ? { name: alias } : {};
    return {
      settings,
      alias,
      dialectPart: { ...toDialectPart(webhook, users), headers: keptOf(previous).headers },
    };
  });
  return alias;
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
