import { type ChildProcessByStdio, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** The environment of a Node program that starts in half the time, because earlier ones have compiled its modules. */
export const QUICK_START: Readonly<Record<string, string>> = {
  NODE_COMPILE_CACHE: resolve('.local/compile-cache'),
};

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Parses standard output. @throws SyntaxError if that is not JSON and nothing else */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads of an output.
  json(): any;
}

export interface Started {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
}

/** Starts a program without input, and collects what it prints. */
export function start(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'>,
): Started {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, ended: endOf(child) };
}

async function endOf(child: Started['child']): Promise<Ended> {
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr, json: () => JSON.parse(stdout) };
}
