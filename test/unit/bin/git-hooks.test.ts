import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { start } from '../../support/child-process.ts';

const { PATH, HOME } = process.env;
const GIT = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' };
const DESK = { PATH, HOME, ...GIT, GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };

/** A repository with dependencies, as `npm ci` leaves it just before it runs `prepare`. */
function repository({ git = true } = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'ancrage-hooks-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'bin'));
  for (const file of ['bin/git-hooks.mjs', 'lefthook.yml', 'biome.json', '.gitignore'])
    copyFileSync(file, join(root, file));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  if (git) execFileSync('git', ['init', '--quiet'], { cwd: root, env: DESK });
  return root;
}

/** Run what npm runs after an installation. */
async function prepare(cwd: string, env: NodeJS.ProcessEnv = {}) {
  const { ended } = start(process.execPath, ['bin/git-hooks.mjs'], { cwd, env: { ...DESK, ...env } });
  const { exitCode, stderr } = await ended;
  expect([exitCode, stderr]).toEqual([0, '']);
  return existsSync(join(cwd, '.git/hooks/pre-commit'));
}

it('installs the hooks in a git checkout', async () => {
  expect(await prepare(repository())).toBe(true);
});

it.each([
  ['in CI', {}, { CI: 'true' }],
  ['where LEFTHOOK=0 turns them off', {}, { LEFTHOOK: '0' }],
  ['when npm packs', {}, { npm_command: 'pack' }],
  ['in an unpacked archive, which has no .git', { git: false }, {}],
])('does nothing %s', async (_, options, env) => {
  expect(await prepare(repository(options), env)).toBe(false);
});

it('does nothing without the development dependencies', async () => {
  const root = repository();
  rmSync(join(root, 'node_modules'));
  expect(await prepare(root)).toBe(false);
});

it('refuses to commit a file that does not lint', async () => {
  const root = repository();
  await prepare(root);
  const commit = async (text: string) => {
    writeFileSync(join(root, 'settings.json'), text);
    execFileSync('git', ['add', 'settings.json'], { cwd: root, env: DESK });
    return start('git', ['commit', '--quiet', '--message', 'test: settings'], { cwd: root, env: DESK }).ended;
  };

  const refused = await commit('{"a":1,,}\n');
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout + refused.stderr).toContain('settings.json');
  expect((await commit('{ "a": 1 }\n')).exitCode).toBe(0);
});
