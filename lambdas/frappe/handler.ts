import type { Caller } from '../../core/dialects/frappe/caller.ts';
import {
  apiCall,
  commandCall,
  createDocument,
  deleteDocument,
  type FrappeCall,
  type FrappeRequest,
  getDocument,
  listDocuments,
  NoCommandError,
  nameIn,
  updateDocument,
} from '../../core/dialects/frappe/calls.ts';
import { refusal } from '../../core/dialects/frappe/errors.ts';
import type { FrappePorts } from '../../core/dialects/frappe/resources.ts';
import { ServerMessages } from '../../core/dialects/frappe/server-messages.ts';
import type { SubscriptionFitPorts } from '../../core/fit/subscription-fit.ts';
import { type JsonText, toJsonText } from '../../core/kernel/json-text.ts';
import { hasScope, type Principal } from '../../core/model/api-key.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { authorityFor, refuseWithoutScope } from '../middleware/authorization.ts';
import type { FailureForm } from '../middleware/failures.ts';
import { frappeException } from '../middleware/frappe-exception.ts';
import { problemDetails } from '../middleware/problem-details.ts';
import type { ApiAnswer, ApiRequest } from '../middleware/request.ts';

const failureForm: FailureForm = (failure) =>
  (failure.cause instanceof NoCommandError ? problemDetails : frappeException)(failure);

type FrappeHandlerPorts = Omit<FrappePorts, 'messages'> & SubscriptionFitPorts & ApiOptions;
type Request = ApiRequest & { readonly principal: Principal };

/** Frappe's REST API. The key's project plays the part of the site. */
export function frappeHandler(ports: FrappeHandlerPorts) {
  const answer = async (
    { run }: FrappeCall,
    { principal, rawPath }: Pick<Request, 'principal' | 'rawPath'>,
  ): Promise<ApiAnswer> => {
    const messages = new ServerMessages(ports);
    const { status, body } = await run({ ...ports, messages }, callerOf(principal));
    return { status, body: boundedText(messages.within(body, rawPath)) };
  };
  /** Answer a request whose route does not say which scope it needs. */
  const authorized = async (call: FrappeCall, request: Request): Promise<ApiAnswer> => {
    const { principal } = request;
    if (call.scope !== 'any') refuseWithoutScope(principal, call.scope);
    const authority = await authorityFor(ports, principal, call.scope);
    const answered = () => answer(call, request);
    return authority === null ? answered() : ports.authorities.during(authority, answered);
  };
  return api(
    'frappe',
    { ...ports, failureForm, nameIn },
    {
      listDocuments: (request) => answer(listDocuments(request.path.doctype, request.query), request),
      createDocument: (request) => answer(createDocument(request.path.doctype, toFrappe(request)), request),
      getDocument: (request) => answer(getDocument(request.path.doctype, request.path.name), request),
      updateDocument: (request) =>
        answer(updateDocument(request.path.doctype, request.path.name, toFrappe(request)), request),
      deleteDocument: (request) => answer(deleteDocument(request.path.doctype, request.path.name), request),
      callMethod: (request) => authorized(apiCall(toFrappe(request)), request),
      callCommand: (request) => authorized(commandCall(toFrappe(request)), request),
    },
  );
}

const toFrappe = ({ method, rawPath, query, text, headers }: Omit<ApiRequest, 'path'>): FrappeRequest => ({
  // A HEAD is answered as the GET.
  method: method === 'HEAD' ? 'GET' : method,
  path: rawPath,
  query,
  text,
  contentType: headers['content-type'],
});

/** A function's response has at most 6 MB, including what surrounds the body. */
const MAX_BYTES = 5_500_000;

/** @throws FrappeError if a list is too long for a response */
function boundedText(body: object): JsonText {
  const text = toJsonText(body);
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw refusal('The list is too long for a response: request fewer rows or fields');
  return text;
}

const callerOf = (principal: Principal): Caller => ({
  project: principal.project,
  keyId: principal.keyId,
  mayManage: hasScope(principal, 'manage'),
});
