import type { Caller } from './caller.ts';
import { DELIVERY_LOG, REQUEST_LOG, WEBHOOK } from './columns.ts';
import { FrappeError } from './errors.ts';
import { getRequestLog, listRequestLogs, type RequestLogsPorts, refuseChange } from './request-logs.ts';
import { WEBHOOK_DEFAULTS } from './webhook.ts';
import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  renameWebhook,
  saveWebhook,
  updateWebhook,
  type WebhooksPorts,
} from './webhooks.ts';

export type FrappePorts = WebhooksPorts & RequestLogsPorts;

/** The verbs of the REST API for one DocType. They return documents and rows in the form in which they are sent. */
export interface Resource {
  list(
    ports: FrappePorts,
    caller: Caller,
    query: Readonly<Record<string, string | undefined>>,
  ): Promise<object[]>;
  get(ports: FrappePorts, caller: Caller, name: string): Promise<object>;
  create(ports: FrappePorts, caller: Caller, body: unknown): Promise<object>;
  update(ports: FrappePorts, caller: Caller, name: string, body: unknown): Promise<object>;
  /** Replace a document. */
  save(ports: FrappePorts, caller: Caller, name: string, body: unknown): Promise<object>;
  rename(ports: FrappePorts, caller: Caller, from: string, to: string): Promise<string>;
  remove(ports: FrappePorts, caller: Caller, name: string): Promise<void>;
  /** Whether documents have a field of this name, be it a table. */
  readonly hasField: (name: string) => boolean;
}

const RESOURCES: ReadonlyMap<string, Resource> = new Map([
  [
    WEBHOOK.doctype,
    {
      list: listWebhooks,
      get: getWebhook,
      create: createWebhook,
      update: updateWebhook,
      save: saveWebhook,
      rename: renameWebhook,
      remove: deleteWebhook,
      hasField: (name) => Object.hasOwn(WEBHOOK_DEFAULTS, name),
    },
  ],
  [
    REQUEST_LOG.doctype,
    {
      list: listRequestLogs,
      get: getRequestLog,
      create: refuseChange,
      update: refuseChange,
      save: refuseChange,
      rename: refuseChange,
      remove: refuseChange,
      hasField: (name) => Object.hasOwn(DELIVERY_LOG.columns, name),
    },
  ],
]);

/** Return the resource behind `/api/resource/{doctype}`. @throws FrappeError if there is no such DocType */
export function resourceOf(doctype: string): Resource {
  const resource = RESOURCES.get(doctype);
  if (resource === undefined) throw new FrappeError('DoesNotExistError', [`DocType ${doctype} not found`]);
  return resource;
}
