import { start } from './child-process.ts';

const READY_MS = 240_000;

/** A command that runs until it is stopped, as in a terminal of its own. */
export interface Background {
  /** Its process group, which has all that it has started. */
  readonly group: number;
  /** What it has printed. */
  output(): string;
  /** End it as Ctrl-C does, with all that it has started. */
  stop(): Promise<void>;
}

/** Start a command of the shell, and wait until it prints that it is ready. @throws Error with its output if it ends before */
export async function startInBackground(
  command: string,
  ready: RegExp,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Background> {
  const { child, ended } = start('bash', ['-c', command], { cwd, env, detached: true });
  let output = '';
  const { promise: isReady, resolve, reject } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (ready.test(output)) resolve();
    });
  const failed = (how: string) => reject(new Error(`${command} ${how}:\n${output}`));
  ended.then(({ exitCode }) => failed(`ended with ${exitCode}`), reject);
  const timer = setTimeout(failed, READY_MS, 'is not ready');
  await isReady.finally(() => clearTimeout(timer));
  const group = child.pid as number;
  return {
    group,
    output: () => output,
    async stop() {
      if (child.exitCode === null) process.kill(-group, 'SIGINT');
      await ended;
    },
  };
}
