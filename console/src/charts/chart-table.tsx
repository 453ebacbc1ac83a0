import { useTimes } from '../i18n/times.tsx';
import type { ChartProps } from './series.ts';

/** The values of a chart as a table, newest first, without times at which all values are empty. */
export function ChartTable({ label, timeLabel, series, points, format }: ChartProps & { timeLabel: string }) {
  const { exact } = useTimes();
  const rows = points.filter(({ values }) => values.some((value) => value)).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard.
    <section className="chart-table" aria-label={label} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{timeLabel}</th>
            {series.map(({ name, label }) => (
              <th key={name} scope="col" className="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at.getTime()}>
              <th scope="row">{exact(at.toISOString())}</th>
              {series.map(({ name }, index) => {
                const value = values[index];
                return (
                  <td key={name} className="number">
                    {typeof value === 'number' ? format(value) : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
