import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsIn } from './documented/page.ts';

interface RunbookSection {
  /** The name of its alarm after `ancrage-<stage>-`. */
  readonly name: string;
  /** The texts of its subsections by heading. */
  readonly parts: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
}

export const ROOT = join(import.meta.dirname, '../..');

/** This section belongs to no alarm. */
const BEFORE = 'Before the first alarm';
/** The headings of this section are the smoke test's checks, which `test/e2e/smoke.test.ts` compares. */
const SMOKE = 'The smoke test fails';

/** Read the runbook's sections, one for each alarm, and the commands before them. */
export function readRunbook(): {
  readonly text: string;
  readonly before: readonly string[];
  readonly sections: readonly RunbookSection[];
} {
  const text = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
  const commands = commandsIn('docs/runbook.md', text).filter(({ place }) => place === 'block');
  const [, ...sections] = text.split(/^## /m);
  const read = sections.map((section) => {
    const [name = '', ...lines] = section.split('\n');
    const [, ...parts] = lines.join('\n').split(/^### /m);
    return {
      name,
      parts: Object.fromEntries(
        parts.map((part) => part.split(/\n([\s\S]*)/).slice(0, 2) as [string, string]),
      ),
      commands: commands.filter(({ headings }) => headings[1] === name).map(({ text }) => text),
    };
  });
  return {
    text,
    before: read.find(({ name }) => name === BEFORE)?.commands ?? [],
    sections: read.filter(({ name }) => name !== BEFORE && name !== SMOKE),
  };
}
