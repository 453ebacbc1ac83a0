import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that does nothing but one kind of work, so that its CPU time is that of the work. */
export interface MeasuredChild<Message, Answer> {
  /** Send a message and return the answer. @throws Error if the process ends */
  ask(message: Message): Promise<Answer>;
  stop(): Promise<void>;
}

interface ChildOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
}

/** @param module path in this folder of a module that sends `ready`, and then an answer to each message */
export async function startChild<Message extends object, Answer>(
  module: string,
  { args, env, execArgv = [] }: ChildOptions,
): Promise<MeasuredChild<Message, Answer>> {
  const child = fork(join(import.meta.dirname, module), args, {
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
    // The function still pays for writing its log, but nobody reads it.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const exited = once(child, 'exit');
  const died = exited.then(([code]) => {
    throw new Error(`The process of ${args.join(' ')} ended (${code}).`);
  });
  // The process also exits when it is stopped.
  died.catch(() => {});
  const nextMessage = () => Promise.race([once(child, 'message').then(([message]) => message), died]);
  await nextMessage();
  return {
    ask(message) {
      const answer = nextMessage();
      child.send(message);
      return answer;
    },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
