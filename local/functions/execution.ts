import { fork } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FunctionDefinition } from './function-definition.ts';
import type { ExitMessage, InvokeMessage, WorkerData } from './messages.ts';
import { workerScript } from './worker-script.ts';

/** What runs the code of an instance. */
export interface Execution {
  /** Emits `message`, `error` and `exit`. */
  readonly events: EventEmitter;
  readonly stdout: Readable;
  readonly stderr: Readable;
  post(message: InvokeMessage | ExitMessage): void;
  /** End it in the middle of its work. */
  kill(): Promise<unknown>;
}

type Start = (
  fn: FunctionDefinition,
  data: WorkerData,
  environment: Readonly<Record<string, string>>,
) => Execution;

/** The heap for new objects. V8 takes 48 MB by default and keeps it; with less than this, it takes more CPU time instead. */
const YOUNG_MB = 16;

const WORKER = new URL('./function-worker.ts', import.meta.url);
const THREAD = workerScript(WORKER);
const SOURCE_MAPS = ['--enable-source-maps'];

export const startThread: Start = (fn, data, environment) => {
  const worker = new Worker(THREAD, {
    name: fn.name,
    workerData: data,
    env: { ...environment },
    execArgv: SOURCE_MAPS,
    resourceLimits: { maxOldGenerationSizeMb: fn.memorySize, maxYoungGenerationSizeMb: YOUNG_MB },
    stdout: true,
    stderr: true,
  });
  return {
    events: worker,
    stdout: worker.stdout,
    stderr: worker.stderr,
    post: (message) => worker.postMessage(message),
    kill: () => worker.terminate(),
  };
};

/**
 * Start a process that a debugger can attach to. It is not a thread, because Node 24 cannot end a thread while a debugger is attached:
 * it waits for the debugger to leave, and the whole stack with it.
 */
export const startProcess: Start = (_fn, data, environment) => {
  const child = fork(fileURLToPath(WORKER), [JSON.stringify(data)], {
    execArgv: SOURCE_MAPS,
    // Threads have the time zone of the stack.
    env: { ...environment, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('A process without outputs');
  return {
    events: child,
    stdout,
    stderr,
    post(message) {
      // One that has just ended reports that by its exit.
      if (child.connected) child.send(message);
    },
    async kill() {
      if (child.kill('SIGKILL')) await once(child, 'exit');
    },
  };
};
