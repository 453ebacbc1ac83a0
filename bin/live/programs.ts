import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { AdminError } from '../admin/errors.ts';

interface Program {
  /** A program, or with `shell` a command line. */
  readonly command: string;
  readonly args?: readonly string[];
  readonly shell?: boolean;
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts programs, and appends what they print to a log. */
export interface Programs {
  /** Run a program to its end, whatever its exit code. */
  run(program: Program): Promise<Ended>;
  /** Run a program. @throws AdminError with the end of its output if it fails */
  succeed(program: Program): Promise<Ended>;
}

/** How much of a failed program's output the report has. */
const EXCERPT = 4000;

/** @param signal ends the program that is running, and lets it clean up */
export function programs(logFile: string, signal: AbortSignal): Programs {
  const run = async ({ command, args = [], shell = false, cwd, env }: Program): Promise<Ended> => {
    signal.throwIfAborted();
    const line = [command, ...args].join(' ');
    appendFileSync(logFile, `$ ${line}\n`);
    const child = spawn(command, args, {
      ...{ shell, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
      ...(cwd !== undefined && { cwd }),
      // A Ctrl-C in the terminal is for this process, which decides what to do.
      detached: true,
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        appendFileSync(logFile, text);
      });
    // The whole group: a shell would leave its command behind.
    const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM');
    signal.addEventListener('abort', stop);
    try {
      const [exitCode] = await once(child, 'close');
      return { exitCode, ...output };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  return {
    run,
    async succeed(program) {
      const ended = await run(program);
      const { exitCode, stdout, stderr } = ended;
      if (exitCode === 0) return ended;
      const line = [program.command, ...(program.args ?? [])].join(' ');
      throw new AdminError(
        `${line} exited with ${exitCode}; the whole output is in ${logFile}.\n${(stdout + stderr).trim().slice(-EXCERPT)}`,
      );
    },
  };
}
