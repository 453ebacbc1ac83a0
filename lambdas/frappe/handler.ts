import { fromPathSegment } from '../../client/path-segment.ts';
import type { Caller } from '../../core/dialects/frappe/caller.ts';
import { readBody } from '../../core/dialects/frappe/document-body.ts';
import { refusal } from '../../core/dialects/frappe/errors.ts';
import { type FrappePorts, resourceOf } from '../../core/dialects/frappe/resources.ts';
import { type JsonText, toJsonText } from '../../core/kernel/json-text.ts';
import { hasScope, type Principal } from '../../core/model/api-key.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { frappeException } from '../middleware/frappe-exception.ts';

type FrappeHandlerPorts = FrappePorts & ApiOptions;

/** Frappe's REST API. The key's project plays the part of the site. */
export function frappeHandler(ports: FrappeHandlerPorts) {
  return api(
    'frappe',
    { ...ports, failureForm: frappeException, nameIn },
    {
      listDocuments: async ({ path, principal, query }) => ({
        status: 200,
        body: listText(await resourceOf(path.doctype).list(ports, callerOf(principal), query)),
      }),
      createDocument: async ({ path, principal, text, headers }) => {
        const { create } = resourceOf(path.doctype);
        const data = await create(ports, callerOf(principal), readBody(text, headers['content-type']));
        return { status: 200, body: { data } };
      },
      getDocument: async ({ path, principal }) => ({
        status: 200,
        body: { data: await resourceOf(path.doctype).get(ports, callerOf(principal), path.name) },
      }),
      updateDocument: async ({ path, principal, text, headers }) => {
        const { update } = resourceOf(path.doctype);
        const document = readBody(text, headers['content-type']);
        return { status: 200, body: { data: await update(ports, callerOf(principal), path.name, document) } };
      },
      deleteDocument: async ({ path, principal }) => {
        await resourceOf(path.doctype).remove(ports, callerOf(principal), path.name);
        return { status: 202, body: { message: 'ok' } };
      },
    },
  );
}

/** A function's response has at most 6 MB, including what surrounds the body. */
const MAX_LIST_BYTES = 5_500_000;

/** @throws FrappeError if the list is too long for a response */
function listText(data: readonly object[]): JsonText {
  const text = toJsonText({ data });
  if (Buffer.byteLength(text) > MAX_LIST_BYTES)
    throw refusal('The list is too long for a response: request fewer rows or fields');
  return text;
}

/** Frappe's clients write a name as it is, also one that begins with `~`. */
const nameIn = (segment: string): string => fromPathSegment(segment) ?? segment;

const callerOf = (principal: Principal): Caller => ({
  project: principal.project,
  keyId: principal.keyId,
  mayManage: hasScope(principal, 'manage'),
});
