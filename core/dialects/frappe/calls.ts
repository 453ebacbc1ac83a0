import { fromPathSegment } from '../../../client/path-segment.ts';
import { MethodNotAllowedError, NotFoundError } from '../../kernel/errors.ts';
import type { Route } from '../../routes.ts';
import type { Caller } from './caller.ts';
import { readBody, readParameters } from './document-body.ts';
import { FrappeError } from './errors.ts';
import { methodOf } from './methods.ts';
import { Parameters } from './parameters.ts';
import { type FrappePorts, resourceOf } from './resources.ts';
import { isVersion2 } from './version.ts';

/** A request of Frappe's REST API. */
export interface FrappeRequest {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body. */
  readonly text: string;
  readonly contentType: string | undefined;
}

export interface FrappeAnswer {
  readonly status: number;
  readonly body: object;
}

/** A request to the root names no method, so it is not one of Frappe's clients. */
export class NoCommandError extends NotFoundError {}

/** What a request asks for. */
export interface FrappeCall {
  /** The scope that a key needs. */
  readonly scope: Extract<Route['scope'], 'read' | 'manage' | 'any'>;
  run(ports: FrappePorts, caller: Caller): Promise<FrappeAnswer>;
}

const data = (value: unknown, status = 200): FrappeAnswer => ({ status, body: { data: value } });

export const listDocuments = (doctype: string, query: FrappeRequest['query']): FrappeCall => ({
  scope: 'read',
  run: async (ports, caller) => data(await resourceOf(doctype).list(ports, caller, query)),
});

export const createDocument = (doctype: string, { text, contentType }: FrappeRequest): FrappeCall => ({
  scope: 'manage',
  async run(ports, caller) {
    const { create } = resourceOf(doctype);
    return data(await create(ports, caller, readBody(text, contentType)));
  },
});

export const getDocument = (doctype: string, name: string): FrappeCall => ({
  scope: 'read',
  run: async (ports, caller) => data(await resourceOf(doctype).get(ports, caller, name)),
});

export const updateDocument = (
  doctype: string,
  name: string,
  { text, contentType }: FrappeRequest,
): FrappeCall => ({
  scope: 'manage',
  async run(ports, caller) {
    const { update } = resourceOf(doctype);
    return data(await update(ports, caller, name, readBody(text, contentType)));
  },
});

export const deleteDocument = (doctype: string, name: string): FrappeCall => ({
  scope: 'manage',
  async run(ports, caller) {
    await resourceOf(doctype).remove(ports, caller, name);
    return { status: 202, body: { message: 'ok' } };
  },
});

/**
 * Return the call of a request to the root, which names its method in the field `cmd`.
 *
 * @throws FrappeError if there is no such method
 * @throws NoCommandError
 */
export function commandCall(request: FrappeRequest): FrappeCall {
  const parameters = parametersOf(request);
  const { cmd } = parameters;
  if (typeof cmd !== 'string' || cmd === '') throw new NoCommandError(`There is no ${request.method} /.`);
  return methodCall(cmd, request.method, new Parameters(parameters), 'message');
}

/**
 * Return the call of a request below `/api/`, in any version of the API and with or without a slash at the end.
 *
 * @throws FrappeError if there is no such page or method
 * @throws MethodNotAllowedError
 */
export function apiCall(request: FrappeRequest): FrappeCall {
  const segments = withoutSlashes(request.path.replace(/^\/api\/(?:v[12]\/)?/, ''));
  const [kind, first = '', ...rest] = segments.split('/');
  // A name may have slashes, which a gateway has decoded.
  const [about, name] = [first, rest.join('/')].map(nameIn) as [string, string];
  if (about === '') throw noPage(request);
  if (kind === 'method') {
    // Frappe's version 2 has methods of DocTypes; ours has none, and no method with a slash in its name.
    const method = name === '' ? about : `${about}/${name}`;
    const key = isVersion2(request.path) ? 'data' : 'message';
    return methodCall(method, request.method, new Parameters(parametersOf(request)), key);
  }
  if (kind !== (isVersion2(request.path) ? 'document' : 'resource')) throw noPage(request);
  const calls = new Map(
    Object.entries(name === '' ? collectionCalls(about, request) : documentCalls(about, name, request)),
  );
  const call = calls.get(request.method);
  // The gateway cuts a path at a question mark, even if it is part of a name.
  if (call === undefined && name === '' && request.path.endsWith('/')) throw noPage(request);
  if (call === undefined)
    throw new MethodNotAllowedError(`There is no ${request.method} ${request.path}.`, [
      ...calls.keys(),
      'HEAD',
    ]);
  return call();
}

/** Drop the slashes at the end. A regular expression would begin anew at each slash before it. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

type Calls = Readonly<Record<string, () => FrappeCall>>;

function collectionCalls(doctype: string, request: FrappeRequest): Calls {
  const { start, ...query } = request.query;
  const limits = isVersion2(request.path) ? { ...query, limit_start: start } : request.query;
  return {
    GET: () => listDocuments(doctype, limits),
    POST: () => createDocument(doctype, request),
  };
}

function documentCalls(doctype: string, name: string, request: FrappeRequest): Calls {
  const update = () => updateDocument(doctype, name, request);
  return {
    GET: () => getDocument(doctype, name),
    PUT: update,
    ...(isVersion2(request.path) && { PATCH: update }),
    DELETE: () => deleteDocument(doctype, name),
  };
}

function methodCall(name: string, verb: string, parameters: Parameters, key: 'message' | 'data'): FrappeCall {
  const { scope, run } = methodOf(name, verb);
  return {
    scope,
    async run(ports, caller) {
      const message = await run(ports, caller, parameters);
      return { status: 200, body: message === undefined ? {} : { [key]: message } };
    },
  };
}

/** Like Frappe, read the parameters of a method from query and body, which takes precedence. */
const parametersOf = ({ query, text, contentType }: FrappeRequest): Record<string, unknown> => ({
  ...query,
  ...readParameters(text, contentType),
});

/** Frappe's clients write a name as it is, also one that begins with `~`. */
export const nameIn = (segment: string): string => fromPathSegment(segment) ?? segment;

const noPage = ({ method, path }: FrappeRequest): FrappeError =>
  new FrappeError('DoesNotExistError', [`There is no ${method} ${path}`]);
