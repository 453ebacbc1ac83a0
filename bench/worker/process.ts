import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Task, Way } from './measured-process.ts';

export interface MeasuredProcess {
  /** Run a task and return its CPU milliseconds. */
  run(task: Task): Promise<number>;
  stop(): Promise<void>;
}

export async function startProcess(
  way: Way,
  target: string,
  { env = {}, execArgv = [] }: { env?: Readonly<Record<string, string>>; execArgv?: readonly string[] } = {},
): Promise<MeasuredProcess> {
  const child = fork(join(import.meta.dirname, 'measured-process.ts'), [way, target], {
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
    // The function still pays for writing its log, but nobody reads it.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The measured process exited (${code}).`);
  });
  // The process also exits when it is stopped.
  died.catch(() => {});
  const nextMessage = () => Promise.race([once(child, 'message').then(([message]) => message), died]);
  await nextMessage();
  return {
    async run(task) {
      const result = nextMessage();
      child.send(task);
      return result;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
