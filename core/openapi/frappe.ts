import { listQuerySchema } from '../api-schemas/frappe.ts';
import {
  commandBody,
  deleted,
  exception,
  exceptionOrGatewayMessage,
  frappeDocument,
  message,
  methodBody,
  rowList,
  webhookBody,
  webhookDocument,
} from './frappe-schemas.ts';
import { chapter, jsonResponse, type Response } from './operation.ts';
import { ownProblemContent } from './problems.ts';

const NO_DOCTYPE = 'the only DocTypes are `Webhook` and `Webhook Request Log`.';
const READ = {
  401: jsonResponse('`AuthenticationError`: the key is missing, malformed, unknown or expired.', exception),
  403: jsonResponse('`PermissionError`: the key lacks the scope.', exception),
  503: jsonResponse('The key could not be looked up. Send the request again.', exceptionOrGatewayMessage),
};
const WRITE = {
  ...READ,
  403: jsonResponse('`PermissionError`: the key lacks the scope, or the DocType is read-only.', exception),
  413: jsonResponse('The body is larger than 256 KB.', exceptionOrGatewayMessage),
  417: jsonResponse(
    '`ValidationError` or `MandatoryError`: Frappe or Ancrage rejects the document. `TimestampMismatchError`: its `modified` is ' +
      'not that of the latest version.',
    exception,
  ),
};
const noSuch = (description: string): Record<404, Response> => ({
  404: jsonResponse(`\`DoesNotExistError\`: ${description}`, exception),
});
const NO_DOCUMENT = 'there is no such document or DocType; another project’s documents look the same.';

const METHOD = {
  200: jsonResponse('What the method returns.', message),
  ...noSuch(NO_DOCUMENT),
  409: jsonResponse('`DuplicateEntryError`: the name is taken.', exception),
  ...WRITE,
  403: jsonResponse(
    '`PermissionError`: the key lacks the scope, the DocType is read-only, or the method needs a POST.',
    exception,
  ),
  417: jsonResponse(
    '`ValidationError`: there is no such method, or it rejects its arguments. `TimestampMismatchError`: the document that is ' +
      'saved is not the latest.',
    exception,
  ),
};

export const frappe = chapter('Frappe', {
  listDocuments: {
    summary: 'List webhooks or their requests',
    description: 'Unknown parameters are ignored, except `group_by`, which is rejected.',
    query: {
      schema: listQuerySchema,
      descriptions: {
        fields: 'A JSON list of columns, `["*"]` for all. Default: `["name"]`.',
        filters:
          'JSON: `{"enabled": 1, "name": ["like", "a%"]}` or `[["enabled", "=", 1]]`, with the operators `=`, `!=`, `>`, `<`, `>=`, `<=`, `like`, `not like`, `in`, `not in`, `is`, `between`.',
        or_filters: 'Like `filters`, but one of them must match.',
        order_by: '`creation asc, name desc`. Default: `modified desc`.',
        limit_start: 'The number of rows to skip.',
        limit_page_length: 'The number of rows: 20 by default, 0 for all.',
        limit: 'The same as `limit_page_length`.',
        as_dict: '`false`: rows are lists of values.',
      },
    },
    hasOwnProblems: true,
    responses: {
      200: jsonResponse('The rows.', rowList),
      ...noSuch(NO_DOCTYPE),
      ...READ,
      417: jsonResponse('`DataError` or `ValidationError`: the query is not valid.', exception),
    },
  },
  createDocument: {
    summary: 'Create a webhook',
    description: 'A webhook is a subscription, which the native API shows as well.',
    body: webhookBody,
    hasOwnProblems: true,
    responses: {
      200: jsonResponse('The document.', webhookDocument),
      ...noSuch(NO_DOCTYPE),
      409: jsonResponse('`DuplicateEntryError`: the name is taken.', exception),
      ...WRITE,
    },
  },
  getDocument: {
    summary: 'Show a webhook or a request',
    description:
      'Values of headers are `***`, except those of `content-type`, `accept` and `user-agent`; sending `***` back leaves them unchanged. ' +
      'Signatures of a request, and what may be a credential in a URL, are masked unless the key has the scope `manage`.',
    hasOwnProblems: true,
    responses: { 200: jsonResponse('The document.', frappeDocument), ...noSuch(NO_DOCUMENT), ...READ },
  },
  updateDocument: {
    summary: 'Change a webhook',
    description: 'Changes the fields that are sent. A table that is sent replaces the previous one.',
    body: webhookBody,
    hasOwnProblems: true,
    responses: {
      200: jsonResponse('The document after the change.', webhookDocument),
      ...noSuch(NO_DOCUMENT),
      ...WRITE,
    },
  },
  deleteDocument: {
    summary: 'Delete a webhook',
    hasOwnProblems: true,
    responses: {
      202: jsonResponse('The webhook is deleted.', deleted),
      ...noSuch(NO_DOCUMENT),
      ...READ,
      417: jsonResponse(
        '`TimestampMismatchError`: other requests kept changing the webhook at the same time.',
        exception,
      ),
    },
  },
  callMethod: {
    summary: 'Call a method',
    description:
      'The methods are `ping`, `frappe.auth.get_logged_user` and, for the two DocTypes, `get`, `get_list`, `get_count`, `get_value`, ' +
      '`insert`, `insert_many`, `set_value`, `save`, `bulk_update`, `rename_doc` and `delete` of `frappe.client`, with Frappe’s ' +
      'arguments, in the query or the body. What only reads needs the scope `read` and may be a GET; everything else needs ' +
      '`manage`. `/api/v1/…` has the same resources and methods, `/api/v2/…` methods and `/api/v2/document/{doctype}/{name}`, ' +
      'whose answers have `data`, and whose errors also have `errors`.',
    body: methodBody,
    hasOwnProblems: true,
    responses: METHOD,
  },
  callCommand: {
    summary: 'Call a method by the field `cmd`',
    description: 'As Frappe’s Python client does, also with a GET. It is not available through CloudFront.',
    body: commandBody,
    hasOwnProblems: true,
    responses: {
      ...METHOD,
      404: {
        description: `\`DoesNotExistError\`: ${NO_DOCUMENT} A problem document: \`cmd\` is missing.`,
        content: { 'application/json': exception, ...ownProblemContent(404) },
      },
    },
  },
});
