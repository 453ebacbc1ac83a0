import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Task, Way } from './measured-process.ts';

export interface MeasuredProcess {
  /** Milliseconds of the processor that the task took. */
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
    // The function's log goes nowhere: writing it costs, reading it does not.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that was measured ended (${code}).`);
  });
  // Of no interest once it was stopped.
  died.catch(() => {});
  const answer = () => Promise.race([once(child, 'message').then(([message]) => message), died]);
  await answer();
  return {
    async run(task) {
      const answered = answer();
      child.send(task);
      return answered;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
