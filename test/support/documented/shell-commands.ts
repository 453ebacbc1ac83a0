import { spawnSync } from 'node:child_process';

/** What a page says of commands that nobody can run without an account. CONTRIBUTING.md describes where it is written. */
export const MARK = /\bneeds? (?:AWS|a Zapier account)\b/i;

interface ShellCommand {
  readonly text: string;
  readonly isMarked: boolean;
}

/**
 * Split a block into its commands: a command ends with the first line after which the shell could run it. A comment that marks
 * holds for its own line, or, on a line of its own, for the rest of the block.
 *
 * @throws Error if the shell cannot read the last one
 */
export function commandsOf(block: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  let command = '';
  let isMarked = false;
  for (const line of block.replaceAll(/\\\n\s*/g, '').split('\n')) {
    if (command === '' && /^\s*(?:#.*)?$/.test(line)) {
      isMarked ||= MARK.test(line);
      continue;
    }
    command = command === '' ? line : `${command}\n${line}`;
    const { status, stderr } = spawnSync('bash', ['-n', '-c', command], { encoding: 'utf8' });
    // An open here-document is only a warning.
    if (status !== 0 || stderr !== '') continue;
    commands.push({ text: command, isMarked: isMarked || MARK.test(commentOf(command)) });
    command = '';
  }
  if (command !== '') throw new Error(`The shell cannot read this: ${command}`);
  return commands;
}

const COMMENT = /\s+#\s.*$/;
const commentOf = (command: string): string => COMMENT.exec(command)?.[0] ?? '';

/** Return a command as it is compared: without its comment, variables before it, and options that change nothing of what it does. */
export const essenceOf = (command: string): string =>
  command
    .replace(COMMENT, '')
    .replace(/^(?:[A-Z_]+=\S+ )+/, '')
    .replace(/^npm run -s\b/, 'npm run')
    .replace(/ --outputs \$OUTPUTS/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
