import { shortHash } from '../../kernel/ids.ts';
import { maskHeaders } from '../../model/header-mask.ts';
import type { Subscription } from '../../model/subscription.ts';
import { frappeTime, type RowOf, type WEBHOOK } from './columns.ts';
import { keptOf } from './kept.ts';
import type { Webhook } from './webhook.ts';

type WebhookRow = RowOf<typeof WEBHOOK>;

/** Return the name under which Frappe knows a subscription. */
export const nameOf = ({ alias, id }: Subscription): string => alias ?? id;

const standardOf = (subscription: Subscription) => ({
  owner: keptOf(subscription).owner,
  creation: frappeTime(subscription.createdAt),
  modified: frappeTime(subscription.updatedAt),
  modified_by: keptOf(subscription).modifiedBy,
  docstatus: 0,
});

/** Return the columns of a webhook. */
export function webhookRow(subscription: Subscription, webhook: Webhook): WebhookRow {
  const { webhook_headers: _headers, webhook_data: _data, ...columns } = webhook;
  return { name: nameOf(subscription), ...standardOf(subscription), idx: 0, ...columns };
}

/** Return the document without fields that have no value. @param showsCredentials whether its headers are unmasked */
export function webhookDocument(subscription: Subscription, webhook: Webhook, showsCredentials: boolean) {
  const rowsOf = (table: 'webhook_headers' | 'webhook_data', doctype: string, rows: readonly object[]) =>
    rows.map((cells, index) =>
      withoutNulls({
        name: shortHash(subscription.id, table, String(index)).slice(0, 10),
        ...standardOf(subscription),
        idx: index + 1,
        ...cells,
        parent: nameOf(subscription),
        parentfield: table,
        parenttype: 'Webhook',
        doctype,
      }),
    );
  const headers = webhook.webhook_headers.map(({ key, value }) => ({
    key,
    value: showsCredentials || !key || !value ? value : (maskHeaders({ [key]: value })[key] ?? null),
  }));
  return {
    ...withoutNulls(webhookRow(subscription, webhook)),
    doctype: 'Webhook',
    webhook_headers: rowsOf('webhook_headers', 'Webhook Header', headers),
    webhook_data: rowsOf('webhook_data', 'Webhook Data', webhook.webhook_data),
  };
}

export const withoutNulls = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
