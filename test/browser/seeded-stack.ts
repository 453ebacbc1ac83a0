import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { apiOf } from '../support/api.ts';
import { type Stack, startStack } from '../support/stack.ts';
import type { OwnProject } from './own-project.ts';
import { copySeededData, SEEDED } from './seeded-data.ts';

/** The data may have to be made first, beside other tests. */
const MADE_WITHIN_MS = 900_000;

/** Run a stack on a copy of the made-up data for the tests of a file, which may change it. */
export function useSeededStack(): { stack: () => Stack; project: () => OwnProject } {
  let own: { readonly stack: Stack; readonly project: OwnProject } | undefined;
  let parent: string | undefined;
  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'ancrage-seeded-'));
    const dataDir = join(parent, 'data');
    await copySeededData(inject('cdkOut'), dataDir);
    const stack = await startStack({ dataDir, ephemeral: false });
    const api = apiOf({ ...stack.outputs, project: SEEDED.project });
    const createKey: OwnProject['createKey'] = (...scopes) => api.newKey(scopes, SEEDED.project);
    // Each function starts with its first request, and the pumps of endpoints that are down start now.
    await Promise.all(['summary', 'subscriptions?limit=1', 'events?limit=1'].map((path) => api.get(path)));
    const { secret: key } = await createKey('manage', 'publish', 'read');
    const { call, subscribe, publish, project } = api;
    const path = `/v1/projects/${project}`;
    own = { stack, project: { call, subscribe, publish, project, path, key, createKey, table: stack.table } };
  }, MADE_WITHIN_MS);
  afterAll(async () => {
    await own?.stack.stop();
    if (parent !== undefined) rmSync(parent, { recursive: true, force: true });
  });
  const running = () => {
    if (own === undefined) throw new Error('The stack has not started.');
    return own;
  };
  return { stack: () => running().stack, project: () => running().project };
}

/** Return the rows of a list by its name, whether they are items or the rows of a grid. */
export const rowsOf = (page: Page, name: string | RegExp): Locator =>
  page
    .getByRole('list', { name })
    .getByRole('listitem')
    .or(page.getByRole('grid', { name }).getByRole('row'));

/** Click on what looks further, until something is there. */
export async function lookUntil(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  const further = page.getByRole('button', { name: 'Look further' });
  await expect
    .poll(
      async () => {
        if (await isThere()) return true;
        if ((await further.isVisible()) && (await further.isEnabled()))
          // It may have gone meanwhile: the next look tells.
          await further.click({ timeout: 1000 }).catch(() => undefined);
        return isThere();
      },
      { interval: 50, timeout: 60_000 },
    )
    .toBe(true);
}
