import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const MODULE = 'virtual:contract-schemas';
const DOCUMENT = resolve(import.meta.dirname, '../docs/openapi.json');
/** The whole document would be ten times as large. */
const NAMES = ['NewSubscription'];

type Schemas = Readonly<Record<string, object>>;

/** Put the schema that a reference names in its place; the keywords beside the reference stay. */
function withoutReference(value: unknown, schemas: Schemas): unknown {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value;
  const { $ref, ...beside } = value;
  return { ...schemas[String($ref).split('/').at(-1) ?? ''], ...beside };
}

/** Provide the module `virtual:contract-schemas`: JSON Schemas of the contract, for the form and its validation. */
export function contractSchemas(document = DOCUMENT): Plugin {
  return {
    name: 'contract-schemas',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      this.addWatchFile(document);
      const { schemas } = JSON.parse(readFileSync(document, 'utf8')).components;
      const inlined = (name: string) =>
        JSON.stringify(schemas[name], (_, value) => withoutReference(value, schemas));
      return NAMES.map((name) => `export const ${name} = ${inlined(name)};`).join('\n');
    },
  };
}
