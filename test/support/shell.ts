import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Background, startInBackground } from './background.ts';
import { start } from './child-process.ts';
import { eventually } from './eventually.ts';

const COMMAND_MS = 300_000;

export interface Shell {
  /** Run a command to its end, and return what it prints. @throws Error with its output if it fails */
  run(command: string): Promise<string>;
  /** Repeat a command until its output is as expected. */
  until(command: string, expected: RegExp): Promise<string>;
  /** Start a command that runs until it is stopped. */
  start(command: string, ready: RegExp): Promise<Background>;
}

/** A shell that remembers the variables, the functions and the folder of the commands that it ran before. */
export function shellIn(cwd: string, env: NodeJS.ProcessEnv): Shell {
  const state = join(cwd, '.shell-state');
  rmSync(state, { force: true });
  writeFileSync(state, '');
  const run = async (command: string): Promise<string> => {
    const script = [
      `set -a; . ${state}; set -euo pipefail`,
      command,
      `{ export -p; declare -f; printf 'cd %q\\n' "$PWD"; } > ${state}`,
    ].join('\n');
    const { child, ended } = start('bash', ['-c', script], { cwd, env });
    const timer = setTimeout(() => child.kill(), COMMAND_MS);
    const { exitCode, stdout, stderr } = await ended.finally(() => clearTimeout(timer));
    if (exitCode !== 0) throw new Error(`${command}\nexited with ${exitCode}:\n${stdout}${stderr}`);
    return stdout;
  };
  return {
    run,
    start: (command, ready) => startInBackground(`set -a; . ${state}; ${command}`, ready, cwd, env),
    until: async (command, expected) => {
      let output = '';
      await eventually(`${command} prints ${expected}`, async () => {
        output = await run(command);
        return expected.test(output);
      });
      return output;
    },
  };
}
