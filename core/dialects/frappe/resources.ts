import { REQUEST_LOG, WEBHOOK } from './columns.ts';
import { FrappeError } from './errors.ts';
import { type ReadWebhooksDependencies, readWebhooks } from './read-webhooks.ts';
import { type RequestLogsDependencies, requestLogs } from './request-logs.ts';
import type { Resource } from './resource.ts';
import { type WebhooksDependencies, webhooks } from './webhooks.ts';

export type ResourcesDependencies = ReadWebhooksDependencies &
  Omit<WebhooksDependencies, 'readWebhooks'> &
  Omit<RequestLogsDependencies, 'readWebhooks'>;

/** What `/api/resource/{doctype}` is of. @throws FrappeError if there is no such DocType */
export function resources(dependencies: ResourcesDependencies): (doctype: string) => Resource {
  const read = readWebhooks(dependencies);
  const byDoctype: ReadonlyMap<string, Resource> = new Map([
    [WEBHOOK.doctype, webhooks({ ...dependencies, readWebhooks: read })],
    [REQUEST_LOG.doctype, requestLogs({ ...dependencies, readWebhooks: read })],
  ]);
  return (doctype) => {
    const resource = byDoctype.get(doctype);
    if (resource === undefined) throw new FrappeError('DoesNotExistError', [`DocType ${doctype} not found`]);
    return resource;
  };
}
