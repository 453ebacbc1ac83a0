import * as z from 'zod';
import { DOC_EVENTS, METHODS, STRUCTURES, scalar, webhookSchema } from '../api-schemas/frappe.ts';
import { bodies, views } from './components.ts';
import { gatewayMessage } from './problems.ts';

const FIELDS = {
  webhook_doctype: 'Together with `webhook_docevent`, the event type: `Sales Invoice.on_update`.',
  enabled: '0 or 1.',
  condition: 'A Python expression over `doc` and `utils`.',
  request_url: 'Like `url` of a subscription.',
  is_dynamic_url: '0 or 1: whether `request_url` is a Jinja template.',
  request_structure:
    '`Form URL-Encoded` removes `webhook_json`, `JSON` removes `webhook_data`. The body is JSON in both cases.',
  timeout: 'Seconds, up to 30.',
  background_jobs_queue: 'Stored, without effect.',
  enable_security: '0 or 1: whether requests are signed.',
  webhook_secret: 'Returned as asterisks; sending these back leaves it unchanged.',
  webhook_json: 'A Jinja template that renders JSON. Not used if there is `webhook_data`.',
  webhook_headers: 'A row without key or value is stored, but not sent.',
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

bodies.add('FrappeScalar', scalar);

const given = bodies.add('GivenWebhook', webhookSchema, {
  description: 'Any part of a `Webhook` document. Other fields are ignored.',
  fields: {
    name: 'Unique in the project. Default: the subscription’s id. It cannot be changed.',
    ...FIELDS,
  },
  example: example,
});
const form = bodies.add('GivenWebhookForm', z.looseObject({ data: z.string().optional() }), {
  description:
    'The document as JSON in one field. Without this field, the form’s fields are those of the document.',
  example: { data: JSON.stringify({ enabled: 0 }) },
});
export const webhookBody = {
  content: { 'application/json': given, 'application/x-www-form-urlencoded': form },
};

const parameters = bodies.add('FrappeParameters', z.looseObject({}), {
  description:
    'The arguments of a method, such as `doctype`; each method ignores those of others. In a form, lists and objects are JSON.',
  example: { doctype: 'Webhook', filters: { enabled: 1 } },
});
export const methodBody = {
  content: { 'application/json': parameters, 'application/x-www-form-urlencoded': parameters },
  optional: true,
};
const command = bodies.add('FrappeCommand', z.looseObject({ cmd: z.string() }), {
  fields: { cmd: 'The method’s name.' },
  description: 'A method and its arguments. In a form, lists and objects are JSON.',
  example: { cmd: 'frappe.client.get_count', doctype: 'Webhook' },
});
export const commandBody = {
  content: { 'application/json': command, 'application/x-www-form-urlencoded': command },
};
/** What a request tells its caller beside its result. */
const serverMessages = {
  _server_messages: z
    .string()
    .optional()
    .describe(
      'A JSON list of JSON objects with a `message` in HTML and an `indicator`. Only if a webhook was saved from which no request ' +
        'can be made for samples or the latest events. In answers of `/api/v2/…`, `messages` is a list of such objects instead.',
    ),
};
export const message = views.add(
  'FrappeMessage',
  z.strictObject({ message: z.unknown().optional(), ...serverMessages }),
  {
    description: 'Without `message` if the method returns nothing.',
    example: { message: 2 },
  },
);

const flag = views.add('FrappeCheck', z.literal([0, 1]));
const time = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
const standard = {
  name: z.string(),
  owner: z.string().describe('The id of the key that created it.'),
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
    response: z.string().optional().describe('The body of the response.'),
    error: z.string().describe('Empty if there was none.'),
    status: z
      .enum(['Delivered', 'Failed', 'Exhausted'])
      .optional()
      .describe('`Failed`: another attempt follows. `Exhausted`: none does. Not in version 15.'),
    attempts: z.int().min(1).optional().describe('How many were made. Not in version 15.'),
    next_retry: z.string().optional().describe('When the next attempt is due. Not in version 15.'),
    doctype: z.literal('Webhook Request Log'),
  }),
  {
    description:
      'A delivery with its latest request. With the project’s `frappeVersion` 15: one request, or a failure to make one.',
  },
);

export const frappeDocument = views.add(
  'FrappeDocument',
  z.strictObject({ data: z.union([webhook, requestLog]) }),
);
export const webhookDocument = views.add(
  'FrappeWebhook',
  z.strictObject({ data: webhook, ...serverMessages }),
);
const cell = views.add('FrappeCell', z.union([z.string(), z.number(), z.null()]));
const row = views.add('FrappeRow', z.object({ name: cell.optional() }).catchall(cell));
export const rowList = views.add(
  'FrappeList',
  z.strictObject({
    data: z.union([z.array(row), z.array(z.array(cell))]),
  }),
  { example: { data: [{ name: 'Invoices to accounting' }] } },
);
export const deleted = views.add('FrappeRemoved', z.strictObject({ message: z.literal('ok') }), {
  example: { message: 'ok' },
});

export const exception = views.add(
  'FrappeException',
  z.strictObject({
    exception: z.string(),
    exc_type: z.string(),
    exc: z
      .string()
      .optional()
      .describe('A JSON list of texts. Missing if a document that is read does not exist.'),
    _server_messages: z.string().describe('A JSON list of JSON objects with a `message`.'),
    errors: z
      .array(z.strictObject({ type: z.string(), message: z.string(), exception: z.string() }))
      .optional()
      .describe('Only in answers of `/api/v2/…`.'),
  }),
  {
    example: {
      exception: 'frappe.exceptions.ValidationError: Check Request URL',
      exc_type: 'ValidationError',
      exc: '["frappe.exceptions.ValidationError: Check Request URL"]',
      _server_messages:
        '["{\\"message\\":\\"Check Request URL\\",\\"title\\":\\"Message\\",\\"indicator\\":\\"red\\",\\"raise_exception\\":1}"]',
    },
  },
);
export const exceptionOrGatewayMessage = views.add(
  'FrappeExceptionOrGatewayMessage',
  z.union([exception, gatewayMessage]),
);
