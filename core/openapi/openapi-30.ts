import { mapValues } from '../kernel/objects.ts';
import type { OpenApiDocument } from './document.ts';

type Json = Readonly<Record<string, unknown>>;

/** The same document in OpenAPI 3.0.3. */
export interface OpenApi30Document extends Omit<OpenApiDocument, 'openapi'> {
  readonly openapi: '3.0.3';
}

/**
 * Translate the document for generators that do not read OpenAPI 3.1. Where 3.0.3 lacks a keyword, its schemas allow more
 * values, never fewer: it has no rules between fields, and no lists of types.
 */
export function openApi30(document: OpenApiDocument): OpenApi30Document {
  const { license, ...info } = document.info as OpenApiDocument['info'] & { license: { name: string } };
  const { schemas, ...components } = document.components;
  return {
    ...document,
    openapi: '3.0.3',
    // 3.0.3 knows no identifier of a license.
    info: { ...info, license: { name: license.name } },
    paths: withSchemas(document.paths),
    components: { ...withSchemas(components), schemas: mapValues(schemas, schema30) },
  };
}

/** Translate every schema of a part of the document that is none itself. */
function withSchemas<Part>(part: Part): Part {
  if (Array.isArray(part)) return part.map(withSchemas) as Part;
  if (typeof part !== 'object' || part === null) return part;
  return mapValues(part as Json, (value, name) =>
    name === 'schema' ? schema30(value as Json) : name.startsWith('example') ? value : withSchemas(value),
  ) as Part;
}

/** Keywords that 3.0.3 lacks, or that hold such in our schemas. */
const UNKNOWN = ['if', 'else', 'not', 'allOf', 'dependentSchemas', 'propertyNames', 'contentEncoding'];

function schema30({ $ref, type, anyOf, examples, ...schema }: Json): Json {
  const types = type === undefined ? [] : [type].flat().filter((each) => each !== 'null');
  const branches = anyOf as Json[] | undefined;
  const typed = branches?.filter((branch) => branch.type !== 'null');
  const isNullable = [type].flat().includes('null') || typed?.length !== branches?.length;
  const references = [
    ...($ref === undefined ? [] : [{ $ref }]),
    ...(typed?.length === 1 ? typed.map(schema30) : []),
  ];
  const rest = Object.entries(schema).filter(([keyword]) => !UNKNOWN.includes(keyword));
  const beside = {
    ...mapValues(Object.fromEntries(rest), inside),
    ...(types.length === 1 && { type: types[0] }),
    // A schema without a type allows null anyway.
    ...(isNullable && (types.length === 1 || typed !== undefined) && { nullable: true }),
    ...(typed !== undefined && typed.length > 1 && { anyOf: typed.map(schema30) }),
    ...(examples !== undefined && { example: (examples as unknown[])[0] }),
  };
  if ($ref !== undefined && Object.keys(beside).length === 0) return { $ref };
  // Beside a reference, other keywords are ignored.
  return { ...beside, ...(references.length > 0 && { allOf: references }) };
}

function inside(value: unknown, keyword: string): unknown {
  if (keyword === 'properties') return mapValues(value as Readonly<Record<string, Json>>, schema30);
  const isSchema = ['items', 'additionalProperties'].includes(keyword) && typeof value === 'object';
  if (isSchema) return schema30(value as Json);
  return keyword === 'oneOf' ? (value as Json[]).map(schema30) : value;
}
