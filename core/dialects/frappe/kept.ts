import { isSecretHeader, MASK } from '../../model/header-mask.ts';
import type { DialectPart, Subscription } from '../../model/subscription.ts';
import type { DataRow, HeaderRow, Webhook } from './webhook.ts';

const DIALECT = 'frappe';

/** The parts of a webhook for which a subscription has no setting. */
export interface Kept {
  readonly owner: string;
  readonly modifiedBy: string;
  readonly requestStructure: string;
  readonly backgroundJobsQueue: string | null;
  /** All rows that were given, including rows that are not sent. The subscription has their values, not this copy. */
  readonly headers: readonly HeaderRow[];
  readonly data: readonly DataRow[];
  /** Whether the webhook has a template; otherwise the subscription's is the `{}` of a webhook without a body. */
  readonly hasJson: boolean;
  /** Whether the webhook has a secret; a subscription always has one. */
  readonly hasSecret: boolean;
}

/** The user of records that have no user of Frappe. */
export const ADMINISTRATOR = 'Administrator';

const OF_NATIVE: Kept = {
  owner: ADMINISTRATOR,
  modifiedBy: ADMINISTRATOR,
  requestStructure: '',
  backgroundJobsQueue: null,
  headers: [],
  data: [],
  hasJson: true,
  hasSecret: false,
};

export function keptOf({ dialectPart }: Subscription): Kept {
  if (dialectPart?.dialect !== DIALECT) return OF_NATIVE;
  const { dialect: _dialect, ...kept } = dialectPart;
  return { ...OF_NATIVE, ...kept };
}

/** Mask the value of a row, even of one that is not sent because it has no key. */
export const maskRow = ({ key, value }: HeaderRow): HeaderRow =>
  value === null || (key !== null && !isSecretHeader(key)) ? { key, value } : { key, value: MASK };

export function toDialectPart(webhook: Webhook, users: Pick<Kept, 'owner' | 'modifiedBy'>): DialectPart {
  const kept: Kept = {
    owner: users.owner,
    modifiedBy: users.modifiedBy,
    requestStructure: webhook.request_structure,
    backgroundJobsQueue: webhook.background_jobs_queue,
    headers: webhook.webhook_headers.map(maskRow),
    data: webhook.webhook_data,
    hasJson: webhook.webhook_json !== null,
    hasSecret: webhook.webhook_secret !== null,
  };
  return { dialect: DIALECT, ...kept };
}
