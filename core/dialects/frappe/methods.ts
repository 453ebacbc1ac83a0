import { RequestError } from '../../kernel/errors.ts';
import type { Route } from '../../routes.ts';
import type { Caller } from './caller.ts';
import { isObject } from './document-body.ts';
import { FrappeError, refusal } from './errors.ts';
import type { Parameters } from './parameters.ts';
import { type FrappePorts, type Resource, resourceOf } from './resources.ts';

export interface Method {
  /** The scope that a key needs. */
  readonly scope: Extract<Route['scope'], 'read' | 'manage' | 'any'>;
  /** The HTTP methods with which it may be called; all if it is missing. */
  readonly verbs?: readonly string[];
  /** Return the message; undefined for none. */
  run(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<unknown>;
}

const SAVES = ['POST', 'PUT'];
const DELETES = ['POST', 'DELETE'];

/** The whitelisted methods of Frappe that Ancrage has, by their names. */
const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['ping', { scope: 'any', run: async () => 'pong' }],
  ['login', { scope: 'any', run: refuseLogin }],
  // A key goes on working, as Frappe's do.
  ['logout', { scope: 'any', run: async () => undefined }],
  ['frappe.auth.get_logged_user', { scope: 'any', run: async (_, { keyId }) => keyId }],
  ['frappe.client.get', { scope: 'read', run: getDocument }],
  ['frappe.client.get_list', { scope: 'read', run: getList }],
  ['frappe.client.get_count', { scope: 'read', run: getCount }],
  ['frappe.client.get_value', { scope: 'read', run: getValue }],
  ['frappe.client.insert', { scope: 'manage', verbs: SAVES, run: insert }],
  ['frappe.client.insert_many', { scope: 'manage', verbs: SAVES, run: insertMany }],
  ['frappe.client.set_value', { scope: 'manage', verbs: SAVES, run: setValue }],
  ['frappe.client.save', { scope: 'manage', verbs: SAVES, run: save }],
  ['frappe.client.bulk_update', { scope: 'manage', verbs: SAVES, run: bulkUpdate }],
  ['frappe.client.rename_doc', { scope: 'manage', verbs: SAVES, run: renameDocument }],
  ['frappe.client.delete', { scope: 'manage', verbs: DELETES, run: deleteDocument }],
]);

/** Return the method of a name. @throws FrappeError in Frappe's words if there is none, or not with this HTTP method */
export function methodOf(name: string, verb: string): Method {
  const method = METHODS.get(name);
  if (method === undefined)
    throw refusal(`Failed to get method for command ${name}: Ancrage does not have it`);
  if (method.verbs?.includes(verb) === false) throw new FrappeError('PermissionError', ['Not permitted']);
  return method;
}

async function refuseLogin(): Promise<never> {
  throw new FrappeError('AuthenticationError', [
    'There are no users to log in as: authenticate with the id and the secret of an API key',
  ]);
}

const resourceIn = (parameters: Parameters): Resource => resourceOf(parameters.text('doctype'));

async function getList(ports: FrappePorts, caller: Caller, parameters: Parameters) {
  return resourceIn(parameters).list(ports, caller, parameters.query());
}

async function getCount(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<number> {
  const { filters, or_filters } = parameters.query();
  const query = { filters, or_filters, limit_page_length: '0' };
  return (await resourceIn(parameters).list(ports, caller, query)).length;
}

/** Return the document of a name, or the first one that passes the filters. */
async function getDocument(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<object> {
  const resource = resourceIn(parameters);
  const name = parameters.optional('name');
  if (name !== undefined) return resource.get(ports, caller, name);
  const query = { filters: parameters.text('filters'), limit_page_length: '1' };
  const [first] = (await resource.list(ports, caller, query)) as { name: string }[];
  if (first === undefined) throw refusal('No document found for given filters');
  return resource.get(ports, caller, first.name);
}

/** Return fields of the first row that passes the filters, which may also be a name. */
async function getValue(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<unknown> {
  const { filters, fieldname, as_dict } = parameters.query();
  const query = {
    fields: fieldname,
    filters: filtersOf(filters),
    as_dict,
    limit_page_length: '1',
  };
  const [row] = await resourceIn(parameters).list(ports, caller, query);
  if (row === undefined) return as_dict === undefined || isTrue(as_dict) ? {} : undefined;
  return Array.isArray(row) && row.length === 1 ? row[0] : row;
}

const isTrue = (text: string) => !/^(false|f|no|n|0)$/i.test(text);

/** Read filters like Frappe's `get_safe_filters`: what is not JSON, or a number, is a name. */
function filtersOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const value = jsonOr(text, text);
  return typeof value === 'string' || typeof value === 'number'
    ? JSON.stringify({ name: String(value) })
    : text;
}

function jsonOr<Otherwise>(text: string, otherwise: Otherwise): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** Return the resource of a document. @throws FrappeError if it is no document */
function documentIn(given: unknown): {
  readonly document: Record<string, unknown>;
  readonly resource: Resource;
} {
  if (!isObject(given)) throw refusal('A document must be an object');
  if (typeof given.doctype !== 'string') throw refusal('The document has no "doctype"');
  return { document: given, resource: resourceOf(given.doctype) };
}

/** Return the documents of an argument. @throws FrappeError */
function documentsIn(parameters: Parameters, most: number) {
  const given = parameters.json('docs');
  if (!Array.isArray(given)) throw refusal('"docs" must be a list of documents');
  if (given.length > most) throw refusal(`Only ${most} documents are allowed in one request`);
  return given;
}

async function insert(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<object> {
  const { document, resource } = documentIn(parameters.json('doc'));
  return resource.create(ports, caller, document);
}

/** As in Frappe. */
const MAX_DOCUMENTS = 200;

/** Create documents and return their names. If one is rejected, none stays, as after Frappe's transaction. */
async function insertMany(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<string[]> {
  const documents = documentsIn(parameters, MAX_DOCUMENTS).map(documentIn);
  const names: string[] = [];
  try {
    for (const { document, resource } of documents)
      names.push(((await resource.create(ports, caller, document)) as { name: string }).name);
  } catch (error) {
    for (const [index, name] of names.entries()) await documents[index]?.resource.remove(ports, caller, name);
    throw error;
  }
  return names;
}

const STANDARD_FIELDS = [
  'name',
  'owner',
  'creation',
  'modified',
  'modified_by',
  'docstatus',
  'idx',
  'doctype',
];

/** Set one field, or those of an object. Unlike Frappe, which ignores a field that does not exist, refuse it. */
async function setValue(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<object> {
  const resource = resourceIn(parameters);
  const values = valuesIn(parameters);
  for (const field of Object.keys(values)) {
    if (STANDARD_FIELDS.includes(field)) throw refusal('Cannot edit standard fields');
    if (!resource.hasField(field)) throw refusal(`There is no field "${field}"`);
  }
  return resource.update(ports, caller, parameters.text('name'), values);
}

function valuesIn(parameters: Parameters): Record<string, unknown> {
  const [field, value] = [parameters.value('fieldname'), parameters.value('value')];
  if (isObject(field)) return field;
  const name = parameters.text('fieldname');
  if (value !== undefined && value !== null && value !== '') return { [name]: tableOr(value) };
  const given = jsonOr(name, null);
  return isObject(given) ? given : { [name]: '' };
}

/** In a form, the rows of a table are JSON. */
function tableOr(value: unknown): unknown {
  const parsed = typeof value === 'string' && value.startsWith('[') ? jsonOr(value, value) : value;
  return Array.isArray(parsed) && parsed.every(isObject) ? parsed : value;
}

async function save(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<object> {
  const { document, resource } = documentIn(parameters.json('doc'));
  return resource.save(ports, caller, nameIn(document), document);
}

function nameIn(document: Readonly<Record<string, unknown>>): string {
  const name = document.docname ?? document.name;
  if (typeof name !== 'string') throw refusal('The document has no "name"');
  return name;
}

/** Change documents one by one. Those that are rejected are returned with their exceptions, as Frappe does. */
async function bulkUpdate(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<object> {
  const failed_docs: object[] = [];
  for (const doc of documentsIn(parameters, MAX_DOCUMENTS)) {
    try {
      const { document, resource } = documentIn(doc);
      const { docname: _docname, ...changes } = document;
      await resource.update(ports, caller, nameIn(document), changes);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      failed_docs.push({ doc, exc: `${error.title}: ${error.message}` });
    }
  }
  return { failed_docs };
}

async function renameDocument(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<string> {
  const merge = parameters.optional('merge');
  if (merge !== undefined && isTrue(merge)) throw refusal('Documents cannot be merged');
  const [from, to] = [parameters.text('old_name'), parameters.text('new_name')];
  return resourceIn(parameters).rename(ports, caller, from, to);
}

async function deleteDocument(ports: FrappePorts, caller: Caller, parameters: Parameters): Promise<void> {
  await resourceIn(parameters).remove(ports, caller, parameters.text('name'));
}
