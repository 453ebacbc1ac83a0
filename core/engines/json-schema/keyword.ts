import type { Check, Schema } from './run.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Compiles a keyword to its check. Returns null if it needs none or its argument was refused. */
export type Keyword = (argument: Json, compiling: Compiling) => Check | null;

/** The compiler as a keyword sees it. `at` is a path within the keyword's argument. */
export interface Compiling {
  /** All keywords of the schema. */
  readonly siblings: JsonObject;
  /** Report a fault of the schema. */
  refuse(message: string, ...at: readonly (string | number)[]): null;
  /** Compile a schema for a part of the value. */
  part(argument: Json, ...at: readonly (string | number)[]): Schema;
  /** Compile a schema for the value itself. */
  same(argument: Json, ...at: readonly (string | number)[]): Schema;
  /** Compile the schema of a sibling for the value itself; return null if there is none. */
  beside(name: string): Schema | null;
  /** Return the schema that a reference names, for the value itself. It is set once the whole document has been read. */
  referred(reference: string): { readonly schema: Schema };
  pattern(source: string, ...at: readonly (string | number)[]): Pattern;
}

/** A regular expression that runs in time linear in the text. */
export interface Pattern {
  test(text: string): boolean;
  /** Return the steps that a text of this length may take. */
  stepsFor(length: number): number;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isCount = (value: Json): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

export const NOT_A_COUNT = 'is not a non-negative integer';
