import { join } from 'node:path';

/** The functions of the release in one file, compressed with Brotli: it exports a loader of each by its name. */
export const CODE = 'functions.js.br';
export const ENVIRONMENT = 'environment.json';

/** The variables of each function's environment. Null is a value that refers to a resource of the stack. */
export type Environments = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export const releaseFile = (version: string, file: string): string =>
  join(import.meta.dirname, version, file);
