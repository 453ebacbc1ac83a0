import type { Caller } from '../../core/dialects/frappe/caller.ts';
import { readBody } from '../../core/dialects/frappe/document-body.ts';
import { errorAnswer, refusal } from '../../core/dialects/frappe/errors.ts';
import { type FrappePorts, resourceOf } from '../../core/dialects/frappe/resources.ts';
import { type JsonText, toJsonText } from '../../core/kernel/json-text.ts';
import { hasScope } from '../../core/model/api-key.ts';
import { type ApiRequest, api } from '../middleware/api.ts';
import type { FailureForm } from '../middleware/failures.ts';
import type { FunctionLog } from '../middleware/log.ts';

type FrappeHandlerPorts = FrappePorts & { readonly log: FunctionLog };

const COLLECTION = '/api/resource/{doctype}';
const ONE = `${COLLECTION}/{name}`;

/** Frappe's REST API, whose site is the key's project. */
export function frappeHandler(ports: FrappeHandlerPorts) {
  return api(
    { log: ports.log, projects: ports.projects, failureForm },
    {
      [`GET ${COLLECTION}`]: {
        scope: 'read',
        run: async (request) => {
          const data = await resourceOf(request.path.doctype).list(ports, callerOf(request), request.query);
          return { status: 200, body: listText(data) };
        },
      },
      [`POST ${COLLECTION}`]: {
        scope: 'manage',
        run: async (request) => {
          const data = await resourceOf(request.path.doctype).create(
            ports,
            callerOf(request),
            documentOf(request),
          );
          return { status: 200, body: { data } };
        },
      },
      [`GET ${ONE}`]: {
        scope: 'read',
        run: async (request) => {
          const { doctype, name } = request.path;
          return {
            status: 200,
            body: { data: await resourceOf(doctype).get(ports, callerOf(request), name) },
          };
        },
      },
      [`PUT ${ONE}`]: {
        scope: 'manage',
        run: async (request) => {
          const { doctype, name } = request.path;
          const data = await resourceOf(doctype).update(ports, callerOf(request), name, documentOf(request));
          return { status: 200, body: { data } };
        },
      },
      [`DELETE ${ONE}`]: {
        scope: 'manage',
        run: async (request) => {
          const { doctype, name } = request.path;
          await resourceOf(doctype).remove(ports, callerOf(request), name);
          return { status: 202, body: { message: 'ok' } };
        },
      },
    },
  );
}

/** A function's answer has at most 6 MB, and what is around the body counts, too. */
const MAX_LIST_BYTES = 5_500_000;

/** @throws FrappeError if it is too long to be sent */
function listText(data: readonly object[]): JsonText {
  const text = toJsonText({ data });
  if (Buffer.byteLength(text) > MAX_LIST_BYTES)
    throw refusal('The list is too long to be sent: ask for fewer rows or fields');
  return text;
}

const callerOf = ({ principal }: ApiRequest): Caller => ({
  project: principal.project,
  keyId: principal.keyId,
  mayManage: hasScope(principal, 'manage'),
});

const documentOf = ({ text, headers }: ApiRequest) => readBody(text, headers['content-type']);

const failureForm: FailureForm = ({ cause, status, detail }) => {
  const { status: statusCode, body } = errorAnswer(cause, status, detail);
  const headers = {
    'content-type': 'application/json',
    ...(statusCode === 401 && { 'www-authenticate': 'token' }),
  };
  return { statusCode, headers, body: JSON.stringify(body) };
};
