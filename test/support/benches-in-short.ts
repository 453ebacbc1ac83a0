import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENCHES } from '../../bench/benches.ts';
import { start } from './child-process.ts';
import { copyRepository } from './clone.ts';

/** Options with which a bench is as short as it can be: its figures mean nothing then, but it must end and have them. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  'cold-start': ['--rounds', '1'],
  worker: ['--rounds', '1', '--batches', '5', '--warm', '5'],
  throughput: ['--deliveries', '20', '--seconds', '1', '--most', '1'],
  cost: ['--events', '20'],
  units: ['--events', '10', '--alone', '1', '--sizes', '1'],
  flow: ['--last', '1'],
  isolation: ['--endpoints', '5', '--seconds', '1', '--rounds', '1'],
  growth: ['--most', '100', '--subscribers', '10', '--deliveries', '5', '--rounds', '1', '--warm', '1'],
  creations: ['--creations', '10', '--rounds', '1', '--few', '1', '--many', '10'],
  templates: ['--rounds', '1'],
  crash: ['--events', '50', '--subscriptions', '1'],
};

const NAMES = Object.keys(BENCHES);
/** Two test files run the benches side by side. */
const HALVES = { first: NAMES.slice(0, 5), other: NAMES.slice(5) };

/** Test, in a copy of the repository, that each bench of one half ends and shows its figures in the page. */
export function testBenches(half: keyof typeof HALVES): void {
  describe('npm run bench', () => {
    const clone = mkdtempSync(join(tmpdir(), 'ancrage-benches-'));
    beforeAll(() => copyRepository(clone));
    afterAll(() => rmSync(clone, { recursive: true, force: true }));
    const bench = (...args: string[]) =>
      start(process.execPath, ['bench/main.ts', ...args], { cwd: clone, env: process.env }).ended;
    const page = () => readFileSync(join(clone, 'docs/performance.md'), 'utf8');

    it('makes the page from the kept runs', async () => {
      const before = page();
      expect(await bench('document')).toMatchObject({ exitCode: 0, stderr: '' });
      expect(page()).toBe(before);
    });

    it('has short options for each bench', () => expect(Object.keys(SHORT)).toEqual(NAMES));

    it.each(HALVES[half])(
      '%s ends, and shows its figures in the page',
      async (name) => {
        const options = SHORT[name] ?? [];
        const { stdout, stderr } = await bench(name, ...options, '--keep');
        // It may miss a target, but not fail.
        expect(stdout, stderr).toContain(`# ${BENCHES[name]?.title} (`);
        expect(stderr).not.toMatch(/^ +at /m);
        expect(await bench('document')).toMatchObject({ exitCode: 0 });
        expect(page()).toContain(`\`npm run bench -- ${name}\` with \`${options.join(' ')}\``);
      },
      900_000,
    );
  });
}
