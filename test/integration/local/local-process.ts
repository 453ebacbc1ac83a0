import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import type { Outputs } from '../../../local/outputs.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface LocalProcess {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the exit code or the signal that ended the process. */
  readonly end: Promise<number | NodeJS.Signals>;
  /** Resolves when standard output contains the text the given number of times; rejects if the process ends before. */
  prints(text: string, times?: number): Promise<void>;
  /** Send a signal, and resolve as `end` does. */
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Send SIGINT to the whole process group, as Ctrl-C in a terminal does. */
  ctrlC(): Promise<number | NodeJS.Signals>;
  /** Read no more of its standard output, as `head` does, and resolve as `end` does. */
  closeOutput(): Promise<number | NodeJS.Signals>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Modules to load before the program. */
  readonly preload?: readonly string[];
}

/** Run a program of the repository as a user would, and kill it at the end of the test. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): LocalProcess {
  const { env = {}, preload = [] } = options;
  const child = spawn(
    process.execPath,
    [...preload.flatMap((url) => ['--import', url]), program, ...args],
    // A separate process group, as a terminal creates for each command.
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
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
    closeOutput() {
      child.stdout?.destroy();
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

/** Start `npm start` on any free port with the cloud assembly of the tests. */
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

/** Start `npm start` and wait until it is ready. */
export async function startedMain(dataDir: string, args: readonly string[] = []): Promise<ReadyProcess> {
  const main = startMain(['--data-dir', dataDir, ...args]);
  await main.prints('Ancrage is ready\n');
  return { ...main, outputs: readOutputs(dataDir) };
}

export function readOutputs(dataDir: string): Outputs {
  return JSON.parse(readFileSync(join(dataDir, 'outputs.json'), 'utf8'));
}

/** Create an empty directory that is deleted at the end of the test. */
export function temporaryDir(parent = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, 'ancrage-local-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Call the API with the admin key. */
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

/** Whether a process listens on the URL's host and port. */
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

/** Return the ids of processes whose command line contains the text, such as an engine's data file. */
export function processesWith(text: string): number[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => Number.parseInt(line, 10));
}

/** Return the ids of the processes that a process has started, and of those that they have. */
export function descendantsOf(pid: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.flatMap(([id = 0, ppid]) => (ppid === parent ? [id, ...below(id)] : []));
  return below(pid);
}

/** Return the ids of the processes that still exist. */
export const alive = (pids: readonly number[]): number[] =>
  pids.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });

/** Expect a program to fail with one line that explains the fault: no stack trace, no dump of an object. */
export async function expectOneSentence(program: LocalProcess, sentence: RegExp): Promise<void> {
  expect(await program.end).toBe(1);
  expect(program.stderr().trimEnd().split('\n')).toEqual([expect.stringMatching(sentence)]);
  expect(program.stdout()).not.toContain('ready');
}

/** Return a port on which a server listens until the end of the test. */
export async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}
