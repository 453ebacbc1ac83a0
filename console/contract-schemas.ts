import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const DOCUMENT = resolve(import.meta.dirname, '../docs/openapi.json');

type Schemas = Readonly<Record<string, object>>;
type Parameters = readonly { readonly name: string; readonly in: string; readonly schema: object }[];

interface Document {
  readonly components: { readonly schemas: Schemas };
  readonly paths: Readonly<Record<string, { readonly get: { readonly parameters: Parameters } }>>;
}

/** Modules with parts of the document, which as a whole would be ten times as large. */
const MODULES: Readonly<Record<string, (document: Document) => Schemas>> = {
  'virtual:contract-schemas': ({ components: { schemas } }) => ({
    NewSubscription: JSON.parse(
      JSON.stringify(schemas.NewSubscription, (_, value) => withoutReference(value, schemas)),
    ),
  }),
  'virtual:event-type-name': ({ paths }) => ({
    eventTypeName: parameterOf(paths['/v1/projects/{project}/events']?.get.parameters, 'type'),
  }),
};

/** Put the schema that a reference names in its place; the keywords beside the reference stay. */
function withoutReference(value: unknown, schemas: Schemas): unknown {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
  const { $ref, ...beside } = value;
  return { ...schemas[String($ref).split('/').at(-1) ?? ''], ...beside };
}

function parameterOf(parameters: Parameters | undefined, wanted: string): object {
  const parameter = parameters?.find((each) => each.in === 'query' && each.name === wanted);
  if (parameter === undefined) throw new Error(`The contract has no parameter ${wanted}.`);
  return parameter.schema;
}

/** Provide JSON Schemas of the contract as modules, for the forms and their validation. */
export function contractSchemas(document = DOCUMENT): Plugin {
  return {
    name: 'contract-schemas',
    resolveId: (id) => (id in MODULES ? `\0${id}` : undefined),
    load(id) {
      const schemasOf = id.startsWith('\0') ? MODULES[id.slice(1)] : undefined;
      if (schemasOf === undefined) return undefined;
      this.addWatchFile(document);
      return Object.entries(schemasOf(JSON.parse(readFileSync(document, 'utf8'))))
        .map(([name, schema]) => `export const ${name} = ${JSON.stringify(schema)};`)
        .join('\n');
    },
  };
}
