import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Bar, Chart, Line } from '../bench.ts';

const WIDTH = 720;
const BAR = 22;
const PLOT = { left: 64, right: 150, top: 40, height: 240 };

/** Legible on both grounds, and to who sees no red or green. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/** An image follows the reader's setting by itself: pages that show it have no say in its style. */
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 14px; font-weight: 600; }
  .faint { fill: #57606a; }
  .rule { stroke: #d0d7de; }
  .target { stroke: #cf222e; stroke-dasharray: 4 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .faint { fill: #9198a1; }
    .rule { stroke: #3d444d; }
    .target { stroke: #ff7b72; }
  }`;

/** A chart as an SVG file. */
export function draw(chart: Chart): string {
  const { body, height } =
    chart.kind === 'bars' ? bars(chart.bars, chart.unit, chart.most) : lines(chart.lines, chart);
  const title = text(0, 16, chart.title, 'class="title"');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(chart.title)}</title><style>${STYLE}</style>
${[title, ...body].join('\n')}
</svg>
`;
}

function bars(entries: readonly Bar[], unit: string, most: number | undefined) {
  const left = 12 + 7 * Math.max(...entries.map(({ name }) => name.length));
  const highest = Math.max(most ?? 0, ...entries.map(({ value }) => value));
  const x = scaleLinear([0, highest], [left, WIDTH - 90]);
  const height = PLOT.top + entries.length * BAR + 8;
  const body = entries.flatMap(({ name, value }, index) => {
    const y = PLOT.top + index * BAR;
    const width = Math.max(1, x(value) - left);
    return [
      text(left - 8, y + 13, name, 'text-anchor="end"'),
      `<rect x="${left}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 6}" rx="2" fill="${COLOURS[0]}"/>`,
      text(left + width + 6, y + 13, `${shown(value)} ${unit}`, 'class="faint"'),
    ];
  });
  if (most === undefined) return { body, height };
  const target = x(most).toFixed(1);
  const rule = `<line class="target" x1="${target}" x2="${target}" y1="${PLOT.top - 8}" y2="${height - 8}"/>`;
  return { body: [...body, rule], height };
}

function lines(entries: readonly Line[], { across, unit }: { across: string; unit: string }) {
  const { left, right, top, height } = PLOT;
  const points = entries.flatMap(({ points }) => points);
  const xs = [...new Set(points.map(([x]) => x))].toSorted((a, b) => a - b);
  const x = scaleLog([Math.max(1, xs[0] ?? 1), Math.max(2, xs.at(-1) ?? 2)], [left, WIDTH - right]);
  const y = scaleLinear([0, Math.max(...points.map(([, value]) => value))], [top + height, top]).nice();
  const path = line<readonly [number, number]>(
    ([at]) => x(Math.max(1, at)),
    ([, value]) => y(value),
  );
  const grid = y
    .ticks(5)
    .flatMap((tick) => [
      `<line class="rule" x1="${left}" x2="${WIDTH - right}" y1="${y(tick)}" y2="${y(tick)}"/>`,
      text(left - 8, y(tick) + 4, shown(tick), 'class="faint" text-anchor="end"'),
    ]);
  const marks = xs.map((at) =>
    text(x(Math.max(1, at)), top + height + 18, shown(at), 'class="faint" text-anchor="middle"'),
  );
  const curves = entries.flatMap(({ points }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    return [
      `<path d="${path(points)}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map(
        ([at, value]) =>
          `<circle cx="${x(Math.max(1, at)).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3" fill="${colour}"/>`,
      ),
    ];
  });
  const names = apart(entries.map(({ points }) => y(points.at(-1)?.[1] ?? 0))).map((at, index) =>
    text(
      WIDTH - right + 10,
      at + 4,
      entries[index]?.name ?? '',
      `style="fill: ${COLOURS[index % COLOURS.length]}"`,
    ),
  );
  const axes = [
    text(left - 8, top - 10, unit, 'class="faint" text-anchor="end"'),
    text((left + WIDTH - right) / 2, top + height + 38, across, 'class="faint" text-anchor="middle"'),
  ];
  return { body: [...grid, ...marks, ...axes, ...curves, ...names], height: top + height + 48 };
}

/** Heights of names, moved so that none lies over another. */
function apart(heights: readonly number[]): number[] {
  const order = heights.map((height, index) => ({ height, index })).toSorted((a, b) => a.height - b.height);
  const placed: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const { height, index } of order) {
    placed[index] = Math.max(height, free);
    free = (placed[index] as number) + 15;
  }
  return placed;
}

const text = (x: number, y: number, content: string, attributes = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${escaped(content)}</text>`;

const escaped = (content: string) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const shown = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
