import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startInBackground } from '../support/background.ts';
import { copyRepository } from '../support/clone.ts';
import { SCRIPTS } from '../support/documented/scripts.ts';
import { freePort } from '../support/free-port.ts';
import { shellIn } from '../support/shell.ts';

const clone = mkdtempSync(join(tmpdir(), 'ancrage-developer-'));
const { VITEST: _, NODE_ENV: __, ...inherited } = process.env;
const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
// Programs colour what they print if `CI` is set.
const env = { ...inherited, PATH, NO_COLOR: '1' };

beforeAll(() => copyRepository(clone));
afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe('the commands of developers, in a copy of the repository', () => {
  it.each(SCRIPTS)(
    'work: $command',
    async ({ command, as = command, prints, writes = [] }) => {
      const before = writes.map((file) => readFileSync(file, 'utf8'));
      const output = await shellIn(clone, env).run(`(${as}) 2>&1`);
      if (prints !== undefined) expect(output).toMatch(prints);
      expect(writes.map((file) => readFileSync(join(clone, file), 'utf8'))).toEqual(before);
    },
    600_000,
  );

  it('serve the console with reloading', async () => {
    const port = await freePort();
    const dev = await startInBackground(`npm run dev:console -- --port ${port}`, /Local:/, clone, env);
    onTestFinished(() => dev.stop());
    const page = await fetch(`http://localhost:${port}/`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('/@vite/client');
  });
});
