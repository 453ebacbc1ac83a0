import { globSync } from 'node:fs';
import { expect, it } from 'vitest';
import { start } from '../support/child-process.ts';
import { describeWith, goProgram } from '../support/tool-chains.ts';

/** What it adds to actionlint depends on the machine. */
const ALONE = ['-shellcheck=', '-pyflakes='];

describeWith(['go'], 'actionlint', () => {
  it('finds nothing in the workflows that teams copy', async () => {
    const program = await goProgram('test/judges/actionlint');
    const workflows = globSync('examples/github-actions/*.yml').toSorted();
    expect(workflows).toHaveLength(2);
    const { exitCode, stdout, stderr } = await start(program, [...ALONE, ...workflows], {}).ended;
    expect(stdout + stderr).toBe('');
    expect(exitCode).toBe(0);
  });
});
