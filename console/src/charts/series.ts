/** A row of values over time. Its name says which colour it has. */
interface Series {
  readonly name: 'ok' | 'wait' | 'bad' | 'accent';
  readonly label: string;
}

/** What there is at a time: a value for each series, null for none. */
export interface Point {
  readonly at: Date;
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  /** What the chart shows, in a few words. */
  readonly label: string;
  readonly series: readonly Series[];
  readonly points: readonly Point[];
  /** How a value is written. */
  format(value: number): string;
}
