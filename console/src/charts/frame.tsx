import { type ScaleLinear, type ScaleTime, scaleLinear, scaleTime, scaleUtc } from 'd3-scale';
import { type PointerEvent, type ReactNode, useState } from 'react';
import { regional, timeZoneOf, type Zone } from '../format/time.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { Language } from '../i18n/messages.ts';
import { useZone } from '../i18n/times.tsx';
import { Legend } from './legend.tsx';
import type { ChartProps, Point } from './series.ts';
import { useWidth } from './use-width.ts';

interface Scales {
  readonly x: ScaleTime<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** Distance between two points in pixels. */
  readonly step: number;
}

interface FrameProps extends ChartProps {
  /** The largest value, for the scale. */
  readonly highest: number;
  draw(scales: Scales): ReactNode;
}

const HEIGHT = 190;
const LEFT = 46;
const BOTTOM = 22;
const TOP = 8;

/** Axes, legend and the values under the pointer. The chart draws its series into it. */
export function Frame({ label, series, points, highest, format, draw }: FrameProps) {
  const { language } = useLanguage();
  const { zone } = useZone();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hovered, setHovered] = useState<number>();
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const stepMs = points[1] ? points[1].at.getTime() - first.at.getTime() : 1;
  const x = (zone === 'utc' ? scaleUtc : scaleTime)(
    [first.at, new Date(last.at.getTime() + stepMs)],
    [LEFT, Math.max(width, LEFT + 1)],
  );
  const y = scaleLinear([0, highest || 1], [HEIGHT - BOTTOM, TOP]).nice(4);
  const step = x(new Date(first.at.getTime() + stepMs)) - LEFT;
  const indexAt = (event: PointerEvent<SVGSVGElement>) => {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    const index = Math.floor(offset / step);
    return index >= 0 && index < points.length ? index : undefined;
  };
  const point: Point | undefined = hovered === undefined ? undefined : points[hovered];
  return (
    <div className="chart" ref={ref}>
      <Legend series={series} point={point} format={format} />
      <svg
        role="img"
        aria-label={label}
        width={width}
        height={HEIGHT}
        onPointerMove={(event) => setHovered(indexAt(event))}
        onPointerLeave={() => setHovered(undefined)}
      >
        {y.ticks(4).map((value) => (
          <g key={value} className="tick">
            <line x1={LEFT} x2={width} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 8} y={y(value)} dy="0.32em" textAnchor="end">
              {format(value)}
            </text>
          </g>
        ))}
        {x.ticks(Math.max(2, Math.floor(width / 110))).map((at) => (
          <text key={at.getTime()} className="tick-time" x={x(at)} y={HEIGHT - 4} textAnchor="middle">
            {timeTick(at, last.at.getTime() - first.at.getTime(), language, zone)}
          </text>
        ))}
        {point && (
          <rect className="hovered" x={x(point.at)} y={TOP} width={step} height={HEIGHT - BOTTOM - TOP} />
        )}
        {width > LEFT && draw({ x, y, step })}
      </svg>
    </div>
  );
}

const DAY_MS = 86_400_000;

/** Format a time on an axis: as time of day, or as day if the axis spans more than two days. */
function timeTick(at: Date, spanMs: number, language: Language, zone: Zone): string {
  const options: Intl.DateTimeFormatOptions =
    spanMs > 2 * DAY_MS ? { weekday: 'short', day: 'numeric' } : { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(regional(language), { ...options, ...timeZoneOf(zone) }).format(at);
}
