/** JSON Schema 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Write a schema of zod's so that generators of clients understand it. It matches the same values: a nullable type instead of
 * a branch for null, one list of branches without a default, `enum` instead of `const`, a format for integers of more than
 * 32 bits, and patterns without categories.
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

/** Unicode's categories in patterns, which the expressions of some languages do not have, Python's for one. */
const CATEGORIES = {
  '\\p{Cc}': '\\u0000-\\u001f\\u007f-\\u009f',
  '\\p{Cs}': '\\ud800-\\udfff',
  '\\p{Zl}': '\\u2028',
  '\\p{Zp}': '\\u2029',
};

const withoutCategories = (pattern: string): string =>
  Object.entries(CATEGORIES).reduce(
    (text, [category, characters]) => text.replaceAll(category, characters),
    pattern,
  );

function rewritten({ const: only, propertyNames, ...schema }: JsonSchema): JsonSchema {
  const { anyOf, type, maximum, pattern } = schema;
  return {
    ...(anyOf === undefined ? schema : union(schema)),
    ...(only !== undefined && { enum: [only] }),
    ...(typeof pattern === 'string' && { pattern: withoutCategories(pattern) }),
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
