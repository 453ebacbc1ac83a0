import type { ParseArgsConfig } from 'node:util';

/** Rows of a table, each with the same columns. */
export type Row = Readonly<Record<string, string | number>>;

interface Table {
  /** What it shows, as a heading. */
  readonly title: string;
  readonly rows: readonly Row[];
}

/** What one thing costs as a multiple of another that was measured in the same run. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** The target; without one the ratio is only told. */
  readonly most?: number;
}

/** A chart of the document. Categories are drawn as bars, numbers as lines over a logarithmic axis. */
export type Chart = { readonly title: string; readonly unit: string } & (
  | { readonly kind: 'bars'; readonly bars: readonly Bar[]; readonly most?: number }
  | {
      readonly kind: 'lines';
      readonly across: string;
      /** Of the values; a line that is flat on a logarithmic one costs the same at every size. @default linear */
      readonly scale?: 'log';
      readonly lines: readonly Line[];
    }
);

export interface Bar {
  readonly name: string;
  readonly value: number;
}

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Result {
  readonly tables: readonly Table[];
  readonly ratios?: readonly Ratio[];
  readonly charts?: readonly Chart[];
  /** JSON that is kept in files of its own beside the run, by name. */
  readonly files?: Readonly<Record<string, object>>;
  /** A promise that did not hold; the bench fails with it, as with a target that was missed. */
  readonly failure?: string;
}

export interface Bench<Option extends string = string> {
  readonly title: string;
  /** One line of the usage. */
  readonly summary: string;
  /** What is measured and how, for the document: Markdown, without figures. */
  readonly method: string;
  /** Why a target is missed, for the document, where it is: Markdown, without figures. */
  readonly shortfall?: string;
  /** With their defaults; all take whole numbers. */
  readonly options: Readonly<Record<Option, number>>;
  /** What `--quick` changes, for a look instead of a measurement. */
  readonly quick: Partial<Readonly<Record<Option, number>>>;
  run(options: Readonly<Record<Option, number>>): Promise<Result>;
}

/** Numbers of a bench's options that the command line gave. @throws Error if one is no whole number */
export function readOptions(
  { options, quick }: Bench,
  given: Readonly<Record<string, unknown>>,
): Record<string, number> {
  const defaults = given.quick === true ? { ...options, ...quick } : options;
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => {
      const text = given[name] ?? String(value);
      if (!/^\d+$/.test(String(text))) throw new Error(`--${name} takes a whole number, not ${text}`);
      return [name, Number(text)];
    }),
  );
}

export function toParseArgs({ options }: Bench): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(Object.keys(options).map((name) => [name, { type: 'string' as const }]));
}

export const missed = ({ ratios = [] }: Result): readonly Ratio[] =>
  // What could not be measured is not met.
  ratios.filter(({ value, most }) => most !== undefined && !(value <= most));

/** The value that this share (0 to 1) of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Rounded to so many decimals, as tables show it. */
export const rounded = (value: number, decimals = 2): number => Number(value.toFixed(decimals));
