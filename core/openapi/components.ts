import * as z from 'zod';
import { mapValues } from '../kernel/objects.ts';
import { type JsonSchema, simplified } from './simplified.ts';

export type { JsonSchema };

/** Notes complete a schema in the document with texts, keywords and an example that zod has no place for. */
export interface Notes {
  readonly description?: string;
  /** By field: its description, or keywords that zod cannot express. */
  readonly fields?: Readonly<Record<string, string | JsonSchema>>;
  /** Keywords for rules between fields, which zod has as refinements. Generators of clients ignore them. */
  readonly rules?: JsonSchema;
  readonly example?: unknown;
}

const PREFIX = '#/components/schemas/';

/** The schemas that have a name in the document. Wherever one contains another, zod's registry writes a reference. */
export class Components {
  readonly #io: 'input' | 'output';
  readonly #registry = z.registry<{ id: string }>();
  readonly #notes = new Map<string, Notes>();

  /** @param io `input` for schemas before they set defaults */
  constructor(io: 'input' | 'output') {
    this.#io = io;
  }

  add<Schema extends z.core.$ZodType>(id: string, schema: Schema, notes: Notes = {}): Schema {
    this.#registry.add(schema, { id });
    this.#notes.set(id, notes);
    return schema;
  }

  /** Return `{"$ref": "#/components/schemas/Project"}`. @throws Error if the schema has no name */
  reference(schema: z.core.$ZodType): { readonly $ref: string } {
    const id = this.#registry.get(schema)?.id;
    if (id === undefined) throw new Error('The schema has no name in the document.');
    return { $ref: PREFIX + id };
  }

  /** Return the JSON Schema of a schema without a name, such as a query's. */
  inline(schema: z.ZodType): JsonSchema {
    const options = { ...OPTIONS, io: this.#io, metadata: this.#registry } as const;
    const { $defs: _, ...own } = z.toJSONSchema(schema, {
      ...options,
      override: (context) => {
        options.override(context);
        const { jsonSchema } = context;
        if (jsonSchema.$ref !== undefined) jsonSchema.$ref = jsonSchema.$ref.replace('#/$defs/', PREFIX);
      },
    });
    return simplified(withoutIdentity(own as JsonSchema));
  }

  /** Return the example of a schema; undefined if it has none. */
  exampleOf(schema: z.core.$ZodType): unknown {
    return this.#notes.get(this.#registry.get(schema)?.id ?? '')?.example;
  }

  /** Return every schema, by its name. */
  schemas(): Record<string, JsonSchema> {
    const { schemas } = z.toJSONSchema(this.#registry, {
      ...OPTIONS,
      io: this.#io,
      uri: (id) => PREFIX + id,
    });
    return mapValues(schemas, (schema, id) =>
      annotated(id, simplified(withoutIdentity(schema as JsonSchema)), this.#notes.get(id) ?? {}),
    );
  }
}

/** The schemas of requests, which also validate them. */
export const bodies = new Components('input');
/** The schemas of responses. */
export const views = new Components('output');

/** Name a schema that both requests and responses contain. */
export function named<Schema extends z.core.$ZodType>(id: string, schema: Schema, notes: Notes = {}): Schema {
  return views.add(id, bodies.add(id, schema, notes), notes);
}

/** Formats for which zod also writes a pattern, of up to 300 characters. */
const WITHOUT_PATTERN = ['date-time', 'base64url'];

const OPTIONS = {
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }) => {
    if (WITHOUT_PATTERN.includes(jsonSchema.format ?? '')) delete jsonSchema.pattern;
  },
} as const;

/** @throws Error if a note is about a field that does not exist (any more) */
function annotated(
  id: string,
  schema: JsonSchema,
  { fields = {}, description, rules, example }: Notes,
): JsonSchema {
  const properties = { ...(schema.properties as Record<string, JsonSchema> | undefined) };
  for (const [name, note] of Object.entries(fields)) {
    const property = properties[name];
    if (property === undefined) throw new Error(`${id} has no field "${name}".`);
    properties[name] = { ...property, ...(typeof note === 'string' ? { description: note } : note) };
  }
  return {
    ...schema,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(description !== undefined && { description }),
    ...rules,
    ...(example !== undefined && { examples: [example] }),
  };
}

const withoutIdentity = ({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema => schema;
