import { stack } from 'd3-shape';
import { Frame } from './frame.tsx';
import type { ChartProps, Point } from './series.ts';

/** Counts over time as stacked bars. */
export function StackedBars(props: ChartProps) {
  const { series, points } = props;
  const stacked = stack<Point, number>()
    .keys(series.keys())
    .value(({ values }, key) => values[key] ?? 0)(points);
  const highest = Math.max(
    ...points.map(({ values }) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0)),
  );
  return (
    <Frame
      {...props}
      highest={Math.max(highest, 4)}
      draw={({ x, y, step }) =>
        stacked.map((bars) => (
          <g key={bars.key} className={`bars ${series[bars.key]?.name}`}>
            {bars.map(([from, to], index) => {
              const point = points[index];
              if (point === undefined || to <= from) return null;
              return (
                <rect
                  key={point.at.getTime()}
                  x={x(point.at) + step * 0.1}
                  y={y(to)}
                  width={Math.max(step * 0.8, 1)}
                  height={y(from) - y(to)}
                />
              );
            })}
          </g>
        ))
      }
    />
  );
}
