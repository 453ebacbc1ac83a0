import { shortHash } from '../../kernel/ids.ts';
import type { Subscription } from '../../model/subscription.ts';
import { maskUrl } from '../../model/url-mask.ts';
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

/** Return the columns of a webhook. @param mayManage whether its URL may be shown whole */
export function webhookRow(subscription: Subscription, webhook: Webhook, mayManage: boolean): WebhookRow {
  const { webhook_headers: _headers, webhook_data: _data, ...columns } = webhook;
  const request_url =
    mayManage || columns.request_url === null ? columns.request_url : maskUrl(columns.request_url);
  return { name: nameOf(subscription), ...standardOf(subscription), idx: 0, ...columns, request_url };
}

/** Return the document without fields that have no value. */
export function webhookDocument(subscription: Subscription, webhook: Webhook, mayManage: boolean) {
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
  return {
    ...withoutNulls(webhookRow(subscription, webhook, mayManage)),
    doctype: 'Webhook',
    webhook_headers: rowsOf('webhook_headers', 'Webhook Header', webhook.webhook_headers),
    webhook_data: rowsOf('webhook_data', 'Webhook Data', webhook.webhook_data),
  };
}

export const withoutNulls = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
