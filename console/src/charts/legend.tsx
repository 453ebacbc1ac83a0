import { useTimes } from '../i18n/times.tsx';
import type { ChartProps, Point } from './series.ts';

interface LegendProps extends Pick<ChartProps, 'series' | 'format'> {
  /** The point under the pointer. */
  readonly point: Point | undefined;
}

export function Legend({ series, point, format }: LegendProps) {
  const { exact } = useTimes();
  return (
    <p className="legend-row">
      {series.map(({ name, label }, index) => {
        const value = point?.values[index];
        return (
          <span key={name} className="legend-item">
            <span className={`swatch ${name}`} />
            {label}
            {typeof value === 'number' && <strong className="number">{format(value)}</strong>}
          </span>
        );
      })}
      {point && <span className="muted">{exact(point.at.toISOString())}</span>}
    </p>
  );
}
