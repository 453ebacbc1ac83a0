import type { OpenApiDocument } from '../../document.ts';
import type { PlacedOperation } from '../placed-operations.ts';

/** A request that an example sends, in whichever language. */
export interface ExampleRequest {
  readonly method: string;
  /** Without a slash at the end; undefined where the document does not know it, so that the reader sets `API`. */
  readonly base: string | undefined;
  /** Path and query, encoded. */
  readonly target: string;
  /** Whether it carries a key, which is in the variable `KEY`. */
  readonly needsKey: boolean;
  readonly body: { readonly type: string; readonly value: unknown } | undefined;
}

const PATH_EXAMPLES: Readonly<Record<string, string>> = {
  project: 'erp',
  doctype: 'Webhook',
  name: 'Invoices%20to%20accounting',
  type: 'invoice.paid',
  preset: 'weavy',
  method: 'frappe.client.get_list',
  job: 'job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
};
const ID_EXAMPLES: Readonly<Record<string, string>> = {
  keys: 'key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  events: 'invoice-1-paid',
  subscriptions: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
};

/** Return the request of an operation's examples, with what the document gives as an example of its body. */
export function exampleRequest(
  { method, path, operation }: PlacedOperation,
  { servers }: OpenApiDocument,
): ExampleRequest {
  const { security, parameters = [], requestBody } = operation;
  const filled = path.replaceAll(
    /(?<=([^/]+)\/)\{(\w+)\}/g,
    (_, before, name) => PATH_EXAMPLES[name] ?? ID_EXAMPLES[before] ?? name,
  );
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${Array.isArray(schema.enum) ? schema.enum[0] : ''}`);
  const [[type, content] = []] = Object.entries(requestBody?.content ?? {});
  return {
    method,
    base: servers[0]?.url.replace(/\/$/, '') || undefined,
    target: [filled, ...query].join('?'),
    needsKey: security.length > 0,
    body: type === undefined || content?.example === undefined ? undefined : { type, value: content.example },
  };
}
