import { describe, expect, test } from 'vitest';
import type { Line } from '../../../bench/bench.ts';
import { draw } from '../../../bench/report/chart.ts';

const chart = (lines: readonly Line[], scale?: 'log') =>
  draw({ kind: 'lines', title: 'Cost', unit: 'ms', across: 'size', lines, ...(scale && { scale }) });

const numbers = (svg: string, pattern: RegExp) =>
  [...svg.matchAll(pattern)].map(([, found]) => Number(found));
const heightsOf = (svg: string) => numbers(svg, /<circle [^>]*cy="([^"]+)"/g);

describe('a chart of lines', () => {
  test('draws equal ratios as equal distances on a logarithmic scale', () => {
    const [a = 0, b = 0, c = 0] = heightsOf(
      chart(
        [
          {
            name: 'grows',
            points: [
              [1, 0.01],
              [10, 0.1],
              [100, 1],
            ],
          },
        ],
        'log',
      ),
    );
    expect(a - b).toBeCloseTo(b - c, 0);
    expect(b).toBeLessThan(a);
  });

  test('draws equal differences as equal distances on a linear scale', () => {
    const [a = 0, b = 0, c = 0] = heightsOf(
      chart([
        {
          name: 'grows',
          points: [
            [1, 0],
            [10, 5],
            [100, 10],
          ],
        },
      ]),
    );
    expect(a - b).toBeCloseTo(b - c, 0);
  });

  test('draws a difference of a tenth as a small one on a logarithmic scale', () => {
    const [a = 0, b = 0] = heightsOf(
      chart(
        [
          {
            name: 'flat',
            points: [
              [1, 10],
              [10, 11],
            ],
          },
        ],
        'log',
      ),
    );
    expect(a - b).toBeGreaterThan(0);
    expect(a - b).toBeLessThan(20);
  });

  test('places a value and a size of zero on logarithmic axes', () => {
    const svg = chart(
      [
        {
          name: 'none',
          points: [
            [0, 0],
            [100, 5],
          ],
        },
      ],
      'log',
    );
    expect(svg).not.toContain('NaN');
    expect(svg).not.toContain('Infinity');
    const [none = 0, some = 0] = heightsOf(svg);
    expect(none).toBeGreaterThan(some);
  });

  test('draws a line on which all values are zero', () => {
    expect(
      chart(
        [
          {
            name: 'none',
            points: [
              [1, 0],
              [10, 0],
            ],
          },
        ],
        'log',
      ),
    ).not.toMatch(/NaN|Infinity/);
  });
});

describe('the names of lines', () => {
  const NAMES = ['one', 'another', 'a third, which is longer', 'a fourth'];
  const ends = (value: number) =>
    NAMES.map(
      (name): Line => ({
        name,
        points: [
          [1, 1],
          [10, value],
        ],
      }),
    );

  test.each([0, 1])('do not overlap each other or the axis if all lines end at %d', (value) => {
    const svg = chart([
      ...ends(value),
      {
        name: 'high',
        points: [
          [1, 1],
          [10, 50],
        ],
      },
    ]);
    const heights = numbers(svg, /<text [^>]*y="([^"]+)" class="own/g).toSorted((a, b) => a - b);
    expect(heights).toHaveLength(5);
    heights.slice(1).forEach((height, index) => {
      expect(height - (heights[index] ?? 0)).toBeGreaterThanOrEqual(15);
    });
    const axis = Math.max(...numbers(svg, /<line class="rule" [^>]*y1="([^"]+)"/g));
    expect(heights.at(-1)).toBeLessThanOrEqual(axis + 5);
  });

  test('get as much room as the longest needs', () => {
    const width = (name: string) =>
      numbers(
        chart([
          {
            name,
            points: [
              [1, 1],
              [10, 2],
            ],
          },
        ]),
        /<line [^>]*x2="([^"]+)"/g,
      )[0];
    expect(width('short')).toBeGreaterThan(width('one that is rather long') ?? 0);
  });
});

describe('a chart of bars', () => {
  test('labels its target and keeps the values clear of the target’s rule', () => {
    const svg = draw({
      kind: 'bars',
      title: 'Ratios',
      unit: '×',
      most: 1.25,
      bars: [
        { name: 'below', value: 1.18 },
        { name: 'above', value: 1.76 },
      ],
    });
    expect(svg).toContain('target 1.25 ×');
    const rule = numbers(svg, /class="target" x1="([^"]+)"/g)[0] ?? Number.NaN;
    const values = numbers(svg, /<text x="([^"]+)" [^>]*text-anchor="end">1\.\d+ ×/g);
    expect(values).toHaveLength(2);
    for (const right of values) expect(right - 50).toBeGreaterThan(rule);
  });
});
