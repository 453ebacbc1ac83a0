import * as z from 'zod';
import { DOC_EVENTS, listQuerySchema, METHODS, STRUCTURES, webhookSchema } from '../api-schemas/frappe.ts';
import { bodies, views } from './components.ts';
import { type Answer, jsonAnswer, type Operations } from './operation.ts';
import { gatewayMessage } from './problems.ts';

const FIELDS = {
  webhook_doctype: 'With `webhook_docevent` the event type: `Sales Invoice.on_update`.',
  enabled: '0 or 1.',
  condition: 'A Python expression over `doc` and `utils`.',
  request_url: 'As `url` of a subscription.',
  is_dynamic_url: '0 or 1: `request_url` is a Jinja template.',
  request_structure:
    '`Form URL-Encoded` leaves no `webhook_json`, `JSON` no `webhook_data`; JSON is sent with either.',
  timeout: 'Seconds, up to 30.',
  background_jobs_queue: 'Kept, and of no effect.',
  enable_security: '0 or 1: requests are signed.',
  webhook_secret: 'Comes back as asterisks, which sent back leave it as it is.',
  webhook_json: 'A Jinja template that renders JSON. Not sent where there is `webhook_data`.',
  webhook_headers: 'A row without key or value is kept, and not sent.',
  webhook_data: 'Which fields of the document are sent, and under which keys.',
};

const example = {
  name: 'Invoices to accounting',
  webhook_doctype: 'Sales Invoice',
  webhook_docevent: 'on_submit',
  request_url: 'https://example.com/hook',
  condition: 'doc.grand_total > 1000',
  enable_security: 1,
  webhook_secret: 'super-secret',
  webhook_headers: [{ key: 'Content-Type', value: 'application/json' }],
  webhook_data: [{ fieldname: 'name', key: 'id' }],
};

const given = bodies.add('GivenWebhook', webhookSchema, {
  description: 'Any part of a `Webhook` document. Other fields are ignored.',
  fields: {
    name: 'Unique in the project; the subscription’s id where there is none. It never changes.',
    ...FIELDS,
  },
  examples: [example],
});
const form = bodies.add('GivenWebhookForm', z.looseObject({ data: z.string() }), {
  description: 'The document as JSON in one field. Without it the form’s fields are the document’s.',
  examples: [{ data: JSON.stringify({ enabled: 0 }) }],
});
const body = { content: { 'application/json': given, 'application/x-www-form-urlencoded': form } };

const flag = z.literal([0, 1]);
const time = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
const standard = {
  name: z.string(),
  owner: z.string().describe('The key that made it.'),
  creation: time,
  modified: time,
  modified_by: z.string(),
  docstatus: z.literal(0),
  idx: z.int(),
};
const child = { ...standard, parent: z.string(), parentfield: z.string(), parenttype: z.literal('Webhook') };

const webhook = views.add(
  'Webhook',
  z.strictObject({
    ...standard,
    webhook_doctype: z.string(),
    webhook_docevent: z.enum(DOC_EVENTS),
    enabled: flag,
    condition: z.string().optional(),
    request_url: z.string(),
    is_dynamic_url: flag,
    request_method: z.enum(METHODS),
    request_structure: z.enum(STRUCTURES),
    timeout: z.int(),
    background_jobs_queue: z.string().optional(),
    enable_security: flag,
    webhook_secret: z.string().optional(),
    webhook_json: z.string().optional(),
    doctype: z.literal('Webhook'),
    webhook_headers: z.array(
      z.strictObject({
        ...child,
        key: z.string().optional(),
        value: z.string().optional(),
        doctype: z.literal('Webhook Header'),
      }),
    ),
    webhook_data: z.array(
      z.strictObject({
        ...child,
        fieldname: z.string(),
        key: z.string(),
        doctype: z.literal('Webhook Data'),
      }),
    ),
  }),
  { description: 'A `Webhook` document. Fields without a value are missing.', fields: FIELDS },
);

const requestLog = views.add(
  'WebhookRequestLog',
  z.strictObject({
    ...standard,
    webhook: z.string(),
    reference_doctype: z.string(),
    reference_document: z.string().optional().describe('The `name` in the event’s data.'),
    user: z.string().optional().describe('The `email` or `id` of the event’s actor.'),
    url: z.string(),
    headers: z.string().optional().describe('JSON.'),
    data: z.string().optional().describe('JSON.'),
    response: z.string().optional().describe('The body of the answer.'),
    error: z.string().describe('Empty if there was none.'),
    doctype: z.literal('Webhook Request Log'),
  }),
  { description: 'One request, or a failure to make one.' },
);

const document = views.add('FrappeDocument', z.strictObject({ data: z.union([webhook, requestLog]) }));
const changed = views.add('FrappeWebhook', z.strictObject({ data: webhook }));
const cell = z.union([z.string(), z.number(), z.null()]);
const list = views.add(
  'FrappeList',
  z.strictObject({
    data: z.union([z.array(z.record(z.string(), cell)), z.array(z.array(cell))]),
  }),
  { examples: [{ data: [{ name: 'Invoices to accounting' }] }] },
);
const removed = views.add('FrappeRemoved', z.strictObject({ message: z.literal('ok') }), {
  examples: [{ message: 'ok' }],
});

const exception = views.add(
  'FrappeException',
  z.strictObject({
    exception: z.string(),
    exc_type: z.string(),
    exc: z.string().optional().describe('A JSON list of texts.'),
    _server_messages: z.string().describe('A JSON list of JSON objects with a `message`.'),
  }),
  {
    examples: [
      {
        exception: 'frappe.exceptions.ValidationError: Check Request URL',
        exc_type: 'ValidationError',
        exc: '["frappe.exceptions.ValidationError: Check Request URL"]',
        _server_messages:
          '["{\\"message\\":\\"Check Request URL\\",\\"title\\":\\"Message\\",\\"indicator\\":\\"red\\",\\"raise_exception\\":1}"]',
      },
    ],
  },
);
const eitherMessage = views.add('FrappeExceptionOrGatewayMessage', z.union([exception, gatewayMessage]));

const NO_DOCTYPE = 'There is no such DocType but `Webhook` and `Webhook Request Log`.';
const READ = {
  401: jsonAnswer('`AuthenticationError`: the key is missing, malformed, unknown or expired.', exception),
  403: jsonAnswer('`PermissionError`: the key has not the scope.', exception),
  503: jsonAnswer('The key could not be looked up. Send the request again.', eitherMessage),
};
const WRITE = {
  ...READ,
  403: jsonAnswer('`PermissionError`: the key has not the scope, or the DocType is read-only.', exception),
  413: jsonAnswer('The body is larger than 256 KB.', eitherMessage),
  417: jsonAnswer('`ValidationError` or `MandatoryError`: what Frappe refuses, or Ancrage.', exception),
};
const noSuch = (description: string): Record<404, Answer> => ({
  404: jsonAnswer(`\`DoesNotExistError\`: ${description}`, exception),
});
const NO_DOCUMENT = 'there is no such document or DocType; another project’s looks the same.';

export const frappe = {
  listDocuments: {
    tag: 'Frappe',
    summary: 'List webhooks or their requests',
    description: 'Other parameters are ignored, but `group_by`, which is refused.',
    query: {
      schema: listQuerySchema,
      descriptions: {
        fields: 'A JSON list of columns, `["*"]` for all. `["name"]` where there is none.',
        filters:
          'JSON: `{"enabled": 1, "name": ["like", "a%"]}` or `[["enabled", "=", 1]]`, with the operators `=`, `!=`, `>`, `<`, `>=`, `<=`, `like`, `not like`, `in`, `not in`, `is`, `between`.',
        or_filters: 'The same; one of them must fit.',
        order_by: '`creation asc, name desc`. `modified desc` where there is none.',
        limit_start: 'How many are left out.',
        limit_page_length: 'How many are shown: 20 unless said otherwise, 0 for all.',
        limit: 'The same.',
        as_dict: '`false`: rows are lists of values.',
      },
    },
    hasOwnProblems: true,
    answers: {
      200: jsonAnswer('Rows.', list),
      ...noSuch(NO_DOCTYPE),
      ...READ,
      417: jsonAnswer('`DataError` or `ValidationError`: what is asked for cannot be.', exception),
    },
  },
  createDocument: {
    tag: 'Frappe',
    summary: 'Create a webhook',
    description: 'A webhook is a subscription, which the native API has, too.',
    body,
    hasOwnProblems: true,
    answers: {
      200: jsonAnswer('The document.', changed),
      ...noSuch(NO_DOCTYPE),
      409: jsonAnswer('`DuplicateEntryError`: the name is taken.', exception),
      ...WRITE,
    },
  },
  getDocument: {
    tag: 'Frappe',
    summary: 'Show a webhook or a request',
    description: 'Values of secret-looking headers are masked unless the key may `manage`.',
    hasOwnProblems: true,
    answers: { 200: jsonAnswer('The document.', document), ...noSuch(NO_DOCUMENT), ...READ },
  },
  updateDocument: {
    tag: 'Frappe',
    summary: 'Change a webhook',
    description: 'Fields that are sent are changed; a table that is sent takes the place of the one before.',
    body,
    hasOwnProblems: true,
    answers: { 200: jsonAnswer('The document as it is now.', changed), ...noSuch(NO_DOCUMENT), ...WRITE },
  },
  deleteDocument: {
    tag: 'Frappe',
    summary: 'Delete a webhook',
    hasOwnProblems: true,
    answers: {
      202: jsonAnswer('It is gone.', removed),
      ...noSuch(NO_DOCUMENT),
      ...READ,
      417: jsonAnswer('`TimestampMismatchError`: it was changed again and again meanwhile.', exception),
    },
  },
} satisfies Operations;
