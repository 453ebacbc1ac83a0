/** Values over time. The name selects the colour. */
interface Series {
  readonly name: 'ok' | 'wait' | 'bad' | 'accent';
  readonly label: string;
}

/** The values of all series at one time; null if a series has none. */
export interface Point {
  readonly at: Date;
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  /** Accessible name of the chart. */
  readonly label: string;
  readonly series: readonly Series[];
  readonly points: readonly Point[];
  /** Format a value for axes and legend. */
  format(value: number): string;
}
