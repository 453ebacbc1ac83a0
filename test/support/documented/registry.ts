import type { Registry } from './check.ts';
import { ELSEWHERE } from './elsewhere.ts';
import { SCENES } from './scenes.ts';
import { SCRIPTS } from './scripts.ts';

/** Who runs the commands of the pages. */
export const REGISTRY: Registry = {
  scenes: SCENES,
  followed: [{ file: 'docs/runbook.md', by: 'test/support/runbook.ts', without: ['The smoke test fails'] }],
  scripts: SCRIPTS.map(({ command }) => command),
  elsewhere: ELSEWHERE,
};
