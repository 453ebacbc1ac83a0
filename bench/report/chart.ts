import { type ScaleLinear, type ScaleLogarithmic, scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Bar, Chart, Line } from '../bench.ts';

const WIDTH = 720;
const BAR = 22;
const PLOT = { left: 64, top: 48, height: 240 };
/** Height of a line of text. */
const NAME_HEIGHT = 15;
/** Average width of a character. */
const CHARACTER = 7.4;
/** Distance between the end of a line and its name. */
const NAME_GAP = 10;
/** Width of the values of bars at the right edge, clear of the target's rule. */
const VALUE_WIDTH = 80;

/**
 * Colours that are distinguishable with colour blindness. Names are written in them, so that each background needs its
 * own palette for contrast.
 */
const ON_LIGHT = ['#0072b2', '#b84a00', '#00785a', '#a03c78', '#8a6100', '#4a4ac0'];
const ON_DARK = ['#4aa8e0', '#ff8c42', '#2fc79a', '#e79ac4', '#f0c040', '#a9a9ff'];

const colours = (of: readonly string[]) =>
  of.map((colour, index) => `.c${index} { color: ${colour}; }`).join(' ');
const colourOf = (index: number) => `c${index % ON_LIGHT.length}`;

/** Follows the reader's colour scheme within the image, because the page that shows an image cannot style it. */
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 14px; font-weight: 600; }
  .faint { fill: #57606a; }
  .rule { stroke: #d0d7de; }
  .target { stroke: #cf222e; stroke-dasharray: 4 3; }
  .own { fill: currentColor; }
  ${colours(ON_LIGHT)}
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .faint { fill: #9198a1; }
    .rule { stroke: #3d444d; }
    .target { stroke: #ff7b72; }
    ${colours(ON_DARK)}
  }`;

/** Draw a chart as an SVG file. */
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
  const x = scaleLinear([0, highest], [left, WIDTH - VALUE_WIDTH]);
  const height = PLOT.top + entries.length * BAR + 8;
  const body = entries.flatMap(({ name, value }, index) => {
    const y = PLOT.top + index * BAR;
    const width = Math.max(1, x(value) - left);
    return [
      text(left - 8, y + 13, name, 'text-anchor="end"'),
      `<rect x="${left}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 6}" rx="2" fill="currentColor" class="${colourOf(0)}"/>`,
      text(WIDTH - 8, y + 13, `${shown(value)} ${unit}`, 'class="faint" text-anchor="end"'),
    ];
  });
  if (most === undefined) return { body, height };
  const target = x(most).toFixed(1);
  const rule = `<line class="target" x1="${target}" x2="${target}" y1="${PLOT.top - 8}" y2="${height - 8}"/>`;
  const named = text(
    x(most),
    PLOT.top - 12,
    `target ${shown(most)} ${unit}`,
    'class="faint" text-anchor="middle"',
  );
  return { body: [...body, rule, named], height };
}

type Values = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

function lines(entries: readonly Line[], { across, unit, scale }: Extract<Chart, { kind: 'lines' }>) {
  const { left, top, height } = PLOT;
  const bottom = top + height;
  const right = WIDTH - NAME_GAP - widest(entries);
  const points = entries.flatMap(({ points }) => points);
  const xs = [...new Set(points.map(([x]) => x))].toSorted((a, b) => a - b);
  const along = scaleLog([Math.max(1, xs[0] ?? 1), Math.max(2, xs.at(-1) ?? 2)], [left, right]);
  // Place zero at one, because a logarithmic axis has no zero.
  const x = (at: number) => along(Math.max(1, at));
  const values = points.map(([, value]) => value);
  const y: Values = (scale === 'log' ? logarithmic(values) : scaleLinear([0, Math.max(...values)], [0, 1]))
    .range([bottom, top])
    .nice();
  const [lowest = 0] = y.domain();
  const level = (value: number) => y(Math.max(lowest, value));
  const path = line<readonly [number, number]>(
    ([at]) => x(at),
    ([, value]) => level(value),
  );
  const grid = ticksOf(y, scale).flatMap((tick) => [
    `<line class="rule" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/>`,
    text(left - 8, y(tick) + 4, shown(tick), 'class="faint" text-anchor="end"'),
  ]);
  const marks = xs.map((at) => text(x(at), bottom + 18, shown(at), 'class="faint" text-anchor="middle"'));
  const curves = entries.flatMap(({ points }, index) => {
    const dots = points.map(
      ([at, value]) => `<circle cx="${x(at).toFixed(1)}" cy="${level(value).toFixed(1)}" r="3"/>`,
    );
    return [
      `<g class="${colourOf(index)}" fill="currentColor">`,
      `<path d="${path(points)}" fill="none" stroke="currentColor" stroke-width="2"/>`,
      ...dots,
      '</g>',
    ];
  });
  const ends = entries.map(({ points }) => level(points.at(-1)?.[1] ?? 0));
  const names = apart(ends, bottom).map((at, index) => {
    return text(right + NAME_GAP, at + 4, entries[index]?.name ?? '', `class="own ${colourOf(index)}"`);
  });
  const axes = [
    text(left - 8, top - 12, unit, 'class="faint" text-anchor="end"'),
    text((left + right) / 2, bottom + 38, across, 'class="faint" text-anchor="middle"'),
  ];
  return { body: [...grid, ...marks, ...axes, ...curves, ...names], height: bottom + 48 };
}

/** Return a scale over at least one power of ten, so that noise looks small. */
function logarithmic(values: readonly number[]) {
  const positive = values.filter((value) => value > 0);
  const highest = positive.length === 0 ? 1 : Math.max(...positive);
  return scaleLog([Math.min(...positive, highest / 10), highest], [0, 1]);
}

/** Return the ticks of an axis; on a logarithmic one powers of ten, and values in between if these are few. */
function ticksOf(y: Values, scale: 'log' | undefined): number[] {
  const ticks = y.ticks(5);
  if (scale !== 'log') return ticks;
  const powers = ticks.filter((tick) => Number.isInteger(Math.log10(tick)));
  return powers.length > 2 ? powers : ticks.filter((tick) => /^[125]/.test(tick.toExponential()));
}

/** Return the width of the longest name in pixels. */
const widest = (entries: readonly { readonly name: string }[]) =>
  CHARACTER * Math.max(...entries.map(({ name }) => name.length));

/** Move the names so that they do not overlap, and keep them above the bottom if there is room. */
function apart(heights: readonly number[], bottom: number): number[] {
  const order = heights.map((height, index) => ({ height, index })).toSorted((a, b) => a.height - b.height);
  const placed: number[] = [];
  order.forEach(({ height }, place) => {
    placed.push(Math.max(height, (placed[place - 1] ?? Number.NEGATIVE_INFINITY) + NAME_HEIGHT));
  });
  for (let place = placed.length - 1, most = bottom; place >= 0; place--, most -= NAME_HEIGHT)
    placed[place] = Math.min(placed[place] as number, most);
  return order.reduce<number[]>((byIndex, { index }, place) => {
    byIndex[index] = placed[place] as number;
    return byIndex;
  }, []);
}

const text = (x: number, y: number, content: string, attributes = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${escaped(content)}</text>`;

const escaped = (content: string) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const shown = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
