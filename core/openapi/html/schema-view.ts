import type { JsonSchema } from '../components.ts';
import { type Html, html, spans } from './markup.ts';

export type Schemas = Readonly<Record<string, JsonSchema>>;

const nameOf = (ref: unknown) => String(ref).split('/').at(-1) ?? '';
export const schemaAnchor = (name: string) => `schema-${name}`;

const objectOf = (value: unknown): JsonSchema | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : undefined;
const schemasOf = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value : []);

/** Render a type in a few words: `string`, `array of Attempt`, `"failed" | "all"`. */
export function typeView(schema: JsonSchema): Html {
  const { $ref, anyOf, enum: values, const: constant, type, format, items } = schema;
  if ($ref !== undefined) return html`<a href="#${schemaAnchor(nameOf($ref))}">${nameOf($ref)}</a>`;
  if (anyOf !== undefined) return joined(schemasOf(anyOf).map(typeView));
  if (constant !== undefined) return html`<code>${JSON.stringify(constant)}</code>`;
  if (Array.isArray(values))
    return joined(values.map((value) => html`<code>${JSON.stringify(value)}</code>`));
  if (Array.isArray(type)) return joined(type.map((each) => typeView({ ...schema, type: each })));
  if (type === 'array') return html`array of ${typeView(objectOf(items) ?? {})}`;
  if (type === 'null') return html`null`;
  if (typeof format === 'string') return html`${format === 'date-time' ? 'time' : String(type)}`;
  return html`${type === undefined ? 'any' : String(type)}`;
}

const joined = (parts: readonly Html[]) =>
  html`${parts.map((part, index) => (index === 0 ? part : html` | ${part}`))}`;

/** Return bounds and default: `1 to 100`, `at most 200 characters`, `default 25`. */
function boundsOf(schema: JsonSchema): string[] {
  // A nullable value has its bounds in the other alternative.
  const alternatives = schemasOf(schema.anyOf).filter(({ type }) => type !== 'null');
  const { maxLength, minLength, minimum, maximum, minItems, maxItems } =
    (alternatives.length === 1 ? alternatives[0] : undefined) ?? schema;
  return [
    range(minimum, hasNoBound(maximum) ? undefined : maximum, ''),
    range(minLength, maxLength, ' characters'),
    range(minItems, maxItems, ' items'),
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
  ].filter((bound) => bound !== undefined);
}

/** For an integer without a bound, zod writes the largest safe one. */
const hasNoBound = (maximum: unknown) => maximum === Number.MAX_SAFE_INTEGER;

function range(least: unknown, most: unknown, unit: string): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (least === undefined) return `at most ${most}${unit}`;
  return most === undefined ? `at least ${least}${unit}` : `${least} to ${most}${unit}`;
}

/** Render a schema's fields, nested ones below them; named schemas are links. */
export function schemaView(schema: JsonSchema): Html {
  const alternatives = schemasOf(schema.anyOf);
  if (alternatives.length > 0)
    return html`<p class="alternatives">One of:</p><ul>${alternatives.map((alternative) => html`<li>${alternativeView(alternative)}</li>`)}</ul>`;
  const fields = fieldsOf(schema);
  return fields.length === 0
    ? html`<p class="type">${typeView(schema)}</p>`
    : html`<ul class="fields">${fields.map(fieldView)}</ul>`;
}

const alternativeView = (schema: JsonSchema): Html =>
  fieldsOf(schema).length === 0 ? html`<span class="type">${typeView(schema)}</span>` : schemaView(schema);

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

function fieldsOf({ properties, required }: JsonSchema): Field[] {
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(objectOf(properties) ?? {}).map(([name, schema]) => ({
    name,
    required: names.includes(name),
    schema: objectOf(schema) ?? {},
  }));
}

export const fieldView = ({ name, required, schema }: Field): Html => html`<li>
<div class="field"><code class="name">${name}</code> <span class="type">${typeView(schema)}</span>${
  required && html` <span class="required">required</span>`
}${boundsOf(schema).map((bound) => html` <span class="bound">${bound}</span>`)}</div>
${typeof schema.description === 'string' && html`<p>${spans(schema.description)}</p>`}
${nestedOf(schema).map((inner) => html`<ul class="fields">${inner.map(fieldView)}</ul>`)}</li>`;

/** Return the fields of a nested object: the value itself, its items, or its alternatives. */
function nestedOf(schema: JsonSchema): Field[][] {
  return [schema, ...schemasOf(schema.anyOf)]
    .flatMap((alternative) => [alternative, alternative.items, alternative.additionalProperties])
    .map((inner) => fieldsOf(objectOf(inner) ?? {}))
    .filter((fields) => fields.length > 0);
}
