import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A page of the documentation, as somebody follows it from top to bottom. */
export interface Guide {
  /** What is to be typed, in the order of the page. Each command may take several lines. */
  readonly commands: readonly string[];
  /** The commands of the sections that the reader skips, by section. */
  readonly skipped: ReadonlyMap<string, readonly string[]>;
}

/** Read the blocks of shell commands of a page. @param skip headings of sections to skip */
export function readGuide(file: string, skip: readonly string[]): Guide {
  const commands: string[] = [];
  const skipped = new Map<string, string[]>();
  for (const section of readFileSync(file, 'utf8').split(/^## /m)) {
    const [heading = ''] = section.split('\n', 1);
    const found = [...section.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) =>
      commandsOf(block),
    );
    if (skip.includes(heading)) skipped.set(heading, found);
    else commands.push(...found);
  }
  return { commands, skipped };
}

/** A command ends with the first line after which the shell could run it. */
function commandsOf(block: string): string[] {
  const commands: string[] = [];
  let command = '';
  for (const line of block.replaceAll(/\\\n\s*/g, '').split('\n')) {
    command = command === '' ? line : `${command}\n${line}`;
    if (command.trim() === '') command = '';
    if (command === '' || spawnSync('bash', ['-n', '-c', command]).status !== 0) continue;
    commands.push(command);
    command = '';
  }
  if (command !== '') throw new Error(`The shell cannot read this: ${command}`);
  return commands;
}
