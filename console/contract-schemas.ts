import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const MODULE = 'virtual:contract-schemas';
const DOCUMENT = resolve(import.meta.dirname, '../docs/openapi.json');
/** The whole document would be ten times as large. */
const NAMES = ['NewSubscription'];

/** Provide the module `virtual:contract-schemas`: JSON Schemas of the contract, for the form and its validation. */
export function contractSchemas(document = DOCUMENT): Plugin {
  return {
    name: 'contract-schemas',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      this.addWatchFile(document);
      const { schemas } = JSON.parse(readFileSync(document, 'utf8')).components;
      return NAMES.map((name) => `export const ${name} = ${JSON.stringify(schemas[name])};`).join('\n');
    },
  };
}
