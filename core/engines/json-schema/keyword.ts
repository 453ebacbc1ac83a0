import type { Check, Schema } from './run.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Makes a keyword's check; null if it needs none, or its argument was refused. */
export type Keyword = (argument: Json, compiling: Compiling) => Check | null;

/** Where a keyword stands, and what it may ask for. `at` is a place within the keyword's argument. */
export interface Compiling {
  /** The keywords beside it. */
  readonly siblings: JsonObject;
  /** Tells a fault of the schema. */
  refuse(message: string, ...at: readonly (string | number)[]): null;
  /** A schema for a part of the value. */
  part(argument: Json, ...at: readonly (string | number)[]): Schema;
  /** A schema for the value itself. */
  same(argument: Json, ...at: readonly (string | number)[]): Schema;
  /** The schema of a keyword beside it, for the value itself; null if there is none. */
  beside(name: string): Schema | null;
  /** The schema for the value itself that a reference names, once the whole document has been read. */
  referred(reference: string): { readonly schema: Schema };
  pattern(source: string, ...at: readonly (string | number)[]): Pattern;
}

/** A regular expression that takes time linear in the text. */
export interface Pattern {
  test(text: string): boolean;
  /** Steps that a text of this length may take. */
  stepsFor(length: number): number;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isCount = (value: Json): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

export const NOT_A_COUNT = 'is not an integer from 0 up';
