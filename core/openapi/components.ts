import * as z from 'zod';

/** JSON Schema 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a schema cannot say itself. */
export interface Notes {
  readonly description?: string;
  /** By the name of a field: its description, or keywords for what zod cannot express. */
  readonly fields?: Readonly<Record<string, string | JsonSchema>>;
  /** The first is shown in the reference. */
  readonly examples?: readonly unknown[];
}

const PREFIX = '#/components/schemas/';

/**
 * Schemas that have a name in the document. Within one another they are references, as any other schema is to a named
 * one: zod's registries do that.
 */
export class Components {
  readonly #io: 'input' | 'output';
  readonly #registry = z.registry<{ id: string }>();
  readonly #notes = new Map<string, Notes>();

  /** @param io whether defaults are yet to be set */
  constructor(io: 'input' | 'output') {
    this.#io = io;
  }

  add<Schema extends z.core.$ZodType>(id: string, schema: Schema, notes: Notes = {}): Schema {
    this.#registry.add(schema, { id });
    this.#notes.set(id, notes);
    return schema;
  }

  /** `{"$ref": "#/components/schemas/Project"}`. @throws Error if it has no name */
  reference(schema: z.core.$ZodType): { readonly $ref: string } {
    const id = this.#registry.get(schema)?.id;
    if (id === undefined) throw new Error('The schema has no name in the document.');
    return { $ref: PREFIX + id };
  }

  examples(schema: z.core.$ZodType): readonly unknown[] {
    return this.#notes.get(this.#registry.get(schema)?.id ?? '')?.examples ?? [];
  }

  /** Every schema by its name. */
  schemas(): Record<string, JsonSchema> {
    const { schemas } = z.toJSONSchema(this.#registry, {
      ...OPTIONS,
      io: this.#io,
      uri: (id) => PREFIX + id,
    });
    return Object.fromEntries(
      Object.entries(schemas).map(([id, schema]) => [
        id,
        annotated(id, withoutIdentity(schema as JsonSchema), this.#notes.get(id) ?? {}),
      ]),
    );
  }
}

/** What callers send: the very schemas that validate. */
export const bodies = new Components('input');
/** What callers get. */
export const views = new Components('output');

/** The JSON Schema of one that needs no name, such as a query's. */
export const inlineSchema = (schema: z.ZodType): JsonSchema =>
  withoutIdentity(z.toJSONSchema(schema, { ...OPTIONS, io: 'input' }) as JsonSchema);

/** Formats that zod also writes as patterns, of up to 300 characters. */
const TOLD_BY_FORMAT = ['date-time', 'base64url'];

const OPTIONS = {
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }) => {
    if (TOLD_BY_FORMAT.includes(jsonSchema.format ?? '')) delete jsonSchema.pattern;
  },
} as const;

/** @throws Error if there is no such field: what is said of a field goes when the field does */
function annotated(id: string, schema: JsonSchema, { fields = {}, ...keywords }: Notes): JsonSchema {
  const properties = { ...(schema.properties as Record<string, JsonSchema> | undefined) };
  for (const [name, note] of Object.entries(fields)) {
    const property = properties[name];
    if (property === undefined) throw new Error(`${id} has no field "${name}".`);
    properties[name] = { ...property, ...(typeof note === 'string' ? { description: note } : note) };
  }
  return { ...schema, ...(Object.keys(properties).length > 0 && { properties }), ...keywords };
}

const withoutIdentity = ({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema => schema;
