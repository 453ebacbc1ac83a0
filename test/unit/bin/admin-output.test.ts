import { describe, expect, it } from 'vitest';
import { duration, table } from '../../../bin/admin/print.ts';
import { bar, startProgress } from '../../../bin/admin/progress.ts';

describe('a table', () => {
  it('aligns text left and numbers right, in columns as wide as their widest cell', () => {
    const rows = [
      { name: 'Zoë 🚀', count: 7, note: null },
      { name: 'b', count: 1234, note: 'said' },
    ];
    expect(table(['name', 'count', 'note'], rows)).toBe(
      ['NAME   COUNT  NOTE', 'Zoë 🚀      7  -', 'b       1234  said'].join('\n'),
    );
  });
});

describe('a duration', () => {
  it.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [3661, '1h 1m'],
    [86_400, '1d'],
    [93_784, '1d 2h'],
  ])('of %i seconds is formatted as %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('a progress bar', () => {
  it('shows the percentage and the counts', () => {
    expect(bar('replay', 3, 10, 80)).toBe(`replay  ${'█'.repeat(12)}${'░'.repeat(28)}   30 %  3 of 10`);
    expect(bar('replay', 0, 0, 80)).toContain('  0 %  0 of 0');
  });

  it('is full even if more messages were moved than counted', () => {
    expect(bar('r', 12, 10, 80)).toBe(`r  ${'█'.repeat(40)}  100 %  12 of 10`);
    expect(bar('r', 999, 1000, 80)).toContain(' 99 %');
  });

  it('is never wider than the terminal', () => {
    for (let columns = 1; columns < 100; columns++)
      expect(bar('redrive events', 1234, 5678, columns).length).toBeLessThan(columns);
  });
});

describe('progress', () => {
  function on(isTTY: boolean, columns = 60) {
    let now = 0;
    const screen = {
      isTTY,
      columns,
      text: '',
      write: (text: string) => {
        screen.text += text;
      },
    };
    return { screen, progress: startProgress('p', screen, () => now), pass: (ms: number) => (now += ms) };
  }

  it('redraws itself on a terminal and leaves its last state', () => {
    const { screen, progress } = on(true);
    progress.update(1, 2);
    progress.update(2, 2);
    progress.end();
    // Return to the start of the line, draw the bar, and clear the rest of the line.
    const drawing = (done: number) => `\r${bar('p', done, 2, 60)}\u001B[K`;
    expect(screen.text).toBe(`${drawing(1)}${drawing(2)}\n`);
  });

  it('assumes 80 columns on a terminal of unknown size', () => {
    const { screen, progress } = on(true, 0);
    progress.update(1, 2);
    expect(screen.text).toContain(bar('p', 1, 2, 80));
  });

  it('writes lines elsewhere: not too often, none twice, and always the last', () => {
    const { screen, progress, pass } = on(false);
    for (let done = 0; done <= 10; done++) {
      progress.update(done, 10);
      pass(1000);
    }
    pass(10_000);
    progress.update(10, 10);
    progress.end();
    expect(screen.text).toBe('p: 0 of 10\np: 5 of 10\np: 10 of 10\n');
  });

  it('writes nothing without an update', () => {
    for (const isTTY of [true, false]) {
      const { screen, progress } = on(isTTY);
      progress.end();
      expect(screen.text).toBe('');
    }
  });
});
