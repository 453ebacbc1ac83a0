import { expect, it } from 'vitest';
import { start } from '../support/child-process.ts';

/** The heap that Lambda leaves to the deliver function, which has 512 MB. */
const HEAP_MEGABYTES = 460;

it('stays within the memory of its function when a project uses 500 templates of 28 KB', async () => {
  const args = [`--max-old-space-size=${HEAP_MEGABYTES}`, 'test/integration/many-templates.ts'];
  const { exitCode, stderr, json } = await start(process.execPath, args, {}).ended;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(json().rendered).toBe(600);
  expect(json().peakMegabytes).toBeLessThan(512);
});
