import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of standard output. @throws if that is not JSON and nothing else */
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an output it asserts.
  json(): any;
}

interface Cli {
  /** Where it runs: the default files are looked for here. */
  readonly home: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** The same, with its process at hand. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Started;
}

interface Started {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
}

export const useAdmin = (): Cli => useCli('admin');

/** `npm run <program> -- …` as its users run it, in a directory that lasts as long as the tests of a file. */
export function useCli(program: 'admin' | 'import' | 'smoke' | 'cost'): Cli {
  const path = resolve(import.meta.dirname, `../../bin/${program}.ts`);
  const home = mkdtempSync(join(tmpdir(), `ancrage-${program}-`));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const start: Cli['start'] = (args, env = {}) => {
    const child = spawn(process.execPath, [path, ...args], {
      cwd: home,
      env: { ...withoutAws(process.env), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, ended: endOf(child) };
  };
  return { home, start, run: (args, env) => start(args, env).ended };
}

async function endOf(child: Started['child']): Promise<Ended> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode: code, stdout, stderr, json: () => JSON.parse(stdout) };
}

/** Whoever runs the tests may have an account of their own. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS_|ANCRAGE_)/.test(name)));
}
