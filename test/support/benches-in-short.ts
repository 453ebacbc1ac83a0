import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENCHES } from '../../bench/benches.ts';
import { start } from './child-process.ts';
import { copyRepository } from './clone.ts';

/**
 * Have benches end, and show their figures in the page, in a copy of the repository.
 *
 * @param short options by the name of a bench, with which it is as short as it can be: its figures mean nothing then
 */
export function testBenches(short: Readonly<Record<string, readonly string[]>>): void {
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

    it.each(Object.entries(short))(
      '%s ends, and shows its figures in the page',
      async (name, options) => {
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
