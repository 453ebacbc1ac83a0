import { VERSION } from '../../core/kernel/version.ts';
import { type OpenApiDocument, type OperationObject, openApiDocument } from '../../core/openapi/document.ts';

/** The part of JSON Schema that the OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly examples?: readonly unknown[];
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** The scope that a key needs: `any` stands for any valid key, `none` for no key. */
  readonly scope: 'admin' | 'manage' | 'publish' | 'read' | 'any' | 'none';
  readonly parameters: readonly Parameter[];
  readonly isBodyRequired: boolean;
  /** The statuses of its responses. */
  readonly statuses: readonly string[];
  /** The schemas of its bodies by content type. */
  readonly bodies: Readonly<Record<string, Schema>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

const document: OpenApiDocument = openApiDocument(VERSION);

/** Every operation of the OpenAPI document, so that tests cover future operations too. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, object]) => read(method.toUpperCase(), path, object)),
);

function read(method: string, path: string, object: OperationObject): Operation {
  const { operationId, security, parameters = [], requestBody } = object;
  const [needed] = security;
  const scope = needed === undefined ? 'none' : (needed.bearerAuth[0] ?? 'any');
  return {
    ...{
      operationId,
      method,
      path,
      scope: scope as Operation['scope'],
      parameters: parameters as readonly Parameter[],
    },
    statuses: Object.keys(object.responses),
    isBodyRequired: requestBody?.required ?? false,
    bodies: Object.fromEntries(
      Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema as Schema]),
    ),
  };
}

/** Return whether an operation applies to the key's project, because its path names none. */
export const isOfKeysProject = ({ path, scope }: Operation): boolean =>
  !path.includes('{project}') && scope !== 'admin' && scope !== 'none';

/** Resolve a reference. @throws Error if the document has no such schema */
export function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  const found = document.components.schemas[name];
  if (found === undefined) throw new Error(`The document has no schema ${schema.$ref}.`);
  return resolved(found as Schema);
}

/** Fill a path with ids by the collections of its parameters. */
export const pathWith = (path: string, ids: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => ids[collectionOf(path, parameter)] ?? 'none');

/** Return the collection of a path's parameter, which is the segment before it such as `subscriptions`, or its own name. */
export function collectionOf(path: string, parameter: string): string {
  const before = new RegExp(`([^/]+)/\\{${parameter}\\}`).exec(path)?.[1] ?? parameter;
  return before.replaceAll(/[{}]/g, '');
}
