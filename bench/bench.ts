import type { ParseArgsConfig } from 'node:util';

/** A row of a table; all rows of a table have the same columns. */
export type Row = Readonly<Record<string, string | number>>;

interface Table {
  /** Heading of the table. */
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A figure as a multiple of another one from the same run. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** The target; without one, the ratio is only informative. */
  readonly most?: number;
}

/** A chart of the document: bars for categories, lines over a logarithmic axis for numbers. */
export type Chart = { readonly title: string; readonly unit: string } & (
  | { readonly kind: 'bars'; readonly bars: readonly Bar[]; readonly most?: number }
  | {
      readonly kind: 'lines';
      readonly across: string;
      /** Scale of the values. On a logarithmic scale, a flat line means the same cost at every size. @default linear */
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
  /** JSON contents of additional files to save beside the run, keyed by name. */
  readonly files?: Readonly<Record<string, object>>;
  /** A broken guarantee, which fails the bench like a missed target. */
  readonly failure?: string;
}

export interface Bench<Option extends string = string> {
  readonly title: string;
  /** One line for the usage text. */
  readonly summary: string;
  /** Description of the measurement for the document: Markdown without figures. */
  readonly method: string;
  /** Explanation for the document if a target is missed: Markdown without figures. */
  readonly shortfall?: string;
  /** Options with their defaults, all whole numbers. */
  readonly options: Readonly<Record<Option, number>>;
  /** Options that `--quick` overrides for a rough result. */
  readonly quick: Partial<Readonly<Record<Option, number>>>;
  run(options: Readonly<Record<Option, number>>): Promise<Result>;
}

/** Return the options of a bench from the parsed command line. @throws Error if one is not a whole number */
export function readOptions(
  { options, quick }: Bench,
  args: Readonly<Record<string, unknown>>,
): Record<string, number> {
  const defaults = args.quick === true ? { ...options, ...quick } : options;
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => {
      const text = args[name] ?? String(value);
      if (!/^\d+$/.test(String(text))) throw new Error(`--${name} must be a whole number, not ${text}`);
      return [name, Number(text)];
    }),
  );
}

export function toParseArgs({ options }: Bench): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(Object.keys(options).map((name) => [name, { type: 'string' as const }]));
}

export const missed = ({ ratios = [] }: Result): readonly Ratio[] =>
  // The negation also treats NaN, a ratio that could not be measured, as a miss.
  ratios.filter(({ value, most }) => most !== undefined && !(value <= most));

/** Return the value that the given share (0 to 1) of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Round a value for a table. */
export const rounded = (value: number, decimals = 2): number => Number(value.toFixed(decimals));

/** Split a list into the batches of ten that SQS accepts. */
export const inTens = <Each>(all: readonly Each[]): Each[][] =>
  Array.from({ length: Math.ceil(all.length / 10) }, (_, at) => all.slice(at * 10, (at + 1) * 10));
