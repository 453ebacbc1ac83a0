import type { ParseArgsConfig } from 'node:util';

/** Rows of a table, each with the same columns. */
export type Row = Readonly<Record<string, string | number>>;

export interface Result {
  readonly rows: readonly Row[];
  /** A promise that did not hold; the bench fails with it. */
  readonly failure?: string;
}

export interface Bench<Option extends string = string> {
  readonly summary: string;
  /** With their defaults; all take whole numbers. */
  readonly options: Readonly<Record<Option, number>>;
  run(options: Readonly<Record<Option, number>>): Promise<Result>;
}

export function toParseArgs(bench: Bench): NonNullable<ParseArgsConfig['options']> {
  const entries = Object.entries(bench.options).map(([name, value]) => [
    name,
    { type: 'string', default: String(value) },
  ]);
  return Object.fromEntries(entries);
}

/** The value that this share (0 to 1) of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
