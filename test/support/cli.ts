import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { type Ended, type Started, start } from './child-process.ts';

interface Cli {
  /** The working directory, which may contain the default files. */
  readonly home: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Start the program without waiting for its end. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Started;
}

/** Run `npm run <program> -- …` as users do, in a directory that is deleted after the tests of the file. */
export function useCli(program: 'admin' | 'import' | 'smoke' | 'cost' | 'deploy' | 'live'): Cli {
  const path = resolve(import.meta.dirname, `../../bin/${program}.ts`);
  const home = mkdtempSync(join(tmpdir(), `ancrage-${program}-`));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const startProgram: Cli['start'] = (args, env = {}) =>
    start(process.execPath, [path, ...args], {
      cwd: home,
      env: { ...withoutAws(process.env), ...env },
    });
  return { home, start: startProgram, run: (args, env) => startProgram(args, env).ended };
}

/** A developer who runs the tests may have an account. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|ANCRAGE_)/.test(name)));
}
