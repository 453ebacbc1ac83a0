import type { JsonSchema } from './components.ts';

/**
 * Write a schema of zod's so that generators of clients understand it. It matches the same values: a nullable type instead of
 * a branch for null, one list of branches without a default, `enum` instead of `const`, and a format for integers of more
 * than 32 bits.
 */
export function simplified(schema: JsonSchema): JsonSchema {
  return rewritten(
    Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, insideOf(keyword, value)])),
  );
}

/** Keywords whose values are schemas, lists of schemas, and schemas by name. */
const SCHEMA = ['items', 'additionalProperties', 'propertyNames'];
const SCHEMAS = ['anyOf', 'oneOf', 'allOf'];
const NAMED_SCHEMAS = ['properties'];

function insideOf(keyword: string, value: unknown): unknown {
  if (SCHEMAS.includes(keyword)) return (value as JsonSchema[]).map(simplified);
  if (typeof value !== 'object' || value === null) return value;
  if (SCHEMA.includes(keyword)) return simplified(value as JsonSchema);
  if (!NAMED_SCHEMAS.includes(keyword)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, property]) => [name, simplified(property as JsonSchema)]),
  );
}

function rewritten({ const: only, propertyNames, ...schema }: JsonSchema): JsonSchema {
  const { anyOf, type, maximum } = schema;
  return {
    ...(anyOf === undefined ? schema : union(schema)),
    ...(only !== undefined && { enum: [only] }),
    ...(type === 'integer' && maximum === Number.MAX_SAFE_INTEGER && { format: 'int64' }),
    // Names are strings anyway.
    ...(isNarrow(propertyNames) && { propertyNames }),
  };
}

const isNarrow = (names: unknown): boolean => names !== undefined && Object.keys(names as object).length > 1;

function union({ anyOf, default: value, ...beside }: JsonSchema): JsonSchema {
  const flat = (anyOf as readonly JsonSchema[]).flatMap((branch) =>
    Object.keys(branch).join() === 'anyOf' ? (branch.anyOf as JsonSchema[]) : [branch],
  );
  const [only, ...others] = flat.filter(({ type }) => type !== 'null');
  const isNullable = others.length + 1 < flat.length;
  const canBeNullable = typeof only?.type === 'string' && only.enum === undefined;
  return isNullable && others.length === 0 && canBeNullable
    ? { ...beside, ...only, type: [only.type, 'null'], ...(value !== undefined && { default: value }) }
    : { ...beside, anyOf: flat };
}
