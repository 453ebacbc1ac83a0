import { line } from 'd3-shape';
import { Frame } from './frame.tsx';
import type { ChartProps, Point } from './series.ts';

/** Values over time as lines, with gaps for missing values. */
export function Lines(props: ChartProps) {
  const { series, points } = props;
  const highest = Math.max(...points.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return (
    <Frame
      {...props}
      highest={highest}
      draw={({ x, y, step }) =>
        series.map(({ name }, index) => {
          const at = (point: Point) => x(point.at) + step / 2;
          const path = line<Point>()
            .defined(({ values }) => typeof values[index] === 'number')
            .x(at)
            .y(({ values }) => y(values[index] ?? 0));
          return (
            <g key={name} className={`line ${name}`}>
              <path d={path(points) ?? ''} />
              {points.map((point) => {
                const value = point.values[index];
                return (
                  typeof value === 'number' && (
                    <circle key={point.at.getTime()} cx={at(point)} cy={y(value)} r="2" />
                  )
                );
              })}
            </g>
          );
        })
      }
    />
  );
}
