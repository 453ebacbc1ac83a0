import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { Outputs } from '../../../local/outputs.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface LocalProcess {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The exit code, or the signal that ended it. */
  readonly end: Promise<number | NodeJS.Signals>;
  /** Resolves when its standard output holds the text so many times; rejects if it ends before. */
  prints(text: string, times?: number): Promise<void>;
  /** Sends a signal, and resolves as `end` does. */
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Does what Ctrl-C in a terminal does: the program and all that it started in its group get a SIGINT. */
  ctrlC(): Promise<number | NodeJS.Signals>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that come before the program. */
  readonly preload?: readonly string[];
}

/** Runs a program of the repository as a user would. It does not outlive the test. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): LocalProcess {
  const { env = {}, preload = [] } = options;
  const child = spawn(
    process.execPath,
    [...preload.flatMap((url) => ['--import', url]), program, ...args],
    // A group of its own, as a terminal gives each command.
    { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const stdout = collect(child, 'stdout');
  const stderr = collect(child, 'stderr');
  let ended = false;
  const end = once(child, 'close').then(([code, signal]) => {
    ended = true;
    return (code ?? signal) as number | NodeJS.Signals;
  });
  onTestFinished(async () => {
    if (!ended) child.kill('SIGKILL');
    await end;
  });
  return {
    pid: child.pid ?? 0,
    stdout,
    stderr,
    end,
    async prints(text, times = 1) {
      const printed = new Promise<void>((done) => {
        const check = () => {
          if (stdout().split(text).length > times) done();
        };
        child.stdout?.on('data', check);
        check();
      });
      const early = end.then((how) => {
        if (stdout().split(text).length > times) return;
        throw new Error(`${program} ended with ${how} before it printed ${text}:\n${stdout()}${stderr()}`);
      });
      await Promise.race([printed, early]);
    },
    kill(signal) {
      child.kill(signal);
      return end;
    },
    ctrlC() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      return end;
    },
  };
}

function collect(child: ChildProcess, name: 'stdout' | 'stderr'): () => string {
  let text = '';
  child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** `npm start` on any free port, with the cloud assembly of the tests. */
export function startMain(args: readonly string[], options: RunOptions = {}): LocalProcess {
  const { env = {}, preload = [] } = options;
  return run('local/main.ts', ['--port', '0', ...args], {
    env: { TEST_CDK_OUT: inject('cdkOut'), ...env },
    preload: [new URL('./prepared-synthesis.ts', import.meta.url).href, ...preload],
  });
}

export interface ReadyProcess extends LocalProcess {
  readonly outputs: Outputs;
}

/** The same, once it is ready. */
export async function startedMain(dataDir: string, args: readonly string[] = []): Promise<ReadyProcess> {
  const main = startMain(['--data-dir', dataDir, ...args]);
  await main.prints('Ancrage is ready\n');
  return { ...main, outputs: readOutputs(dataDir) };
}

export function readOutputs(dataDir: string): Outputs {
  return JSON.parse(readFileSync(join(dataDir, 'outputs.json'), 'utf8'));
}

/** An empty directory that lasts as long as the test. */
export function temporaryDir(parent = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, 'ancrage-local-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Calls the API as the admin. */
export async function callApi(
  { apiUrl, project, adminKey }: Outputs,
  method: string,
  path: string,
  body?: unknown,
) {
  const answer = await fetch(`${apiUrl}/v1/projects/${project}${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Whether something listens at the URL's host and port. */
export async function listens(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** The ids of the processes whose command line has the text, such as an engine's data file or `--port 1234`. */
export function processesWith(text: string): number[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => Number.parseInt(line, 10));
}
