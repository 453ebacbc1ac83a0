import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const TYPES = 320;
const AT_ONCE = 20;
const typeOf = (index: number) => `type.${String(index).padStart(3, '0')}`;
const RARE = typeOf(315);

describe('a catalogue of more event types than a page loads', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  beforeAll(async () => {
    const types = Array.from({ length: TYPES }, (_, index) => typeOf(index));
    const put = (type: string) =>
      project().call('PUT', `${project().path}/event-types/${type}`, { description: `Type ${type}` });
    for (let from = 0; from < TYPES; from += AT_ONCE)
      for (const { status } of await Promise.all(types.slice(from, from + AT_ONCE).map(put)))
        expect(status).toBe(200);
  });

  it('does not say that a type is absent before all were looked at', async () => {
    const page = await openSignedIn(`/event-types?q=${RARE}`);
    const further = page.getByRole('button', { name: 'Look further' });
    for (const looked of [100, 200, 300]) {
      await waitForContent(page.getByText(`0 found in the first ${looked}. There are more.`));
      expect(await page.getByText('No matches').count()).toBe(0);
      await further.click();
    }
    await waitForContent(page.getByText(`Type ${RARE}`, { exact: true }));
    expect(await further.count()).toBe(0);
  });

  it('is searched further on request when the events of a subscription are chosen', async () => {
    const page = await openSignedIn('/subscriptions/new');
    await page.getByLabel('Search the catalogue').fill(RARE);
    for (const looked of [100, 200, 300]) {
      await waitForContent(page.getByText(`0 found in the first ${looked}. There are more.`));
      await page.getByRole('button', { name: 'Look further' }).click();
    }
    await page.getByRole('checkbox', { name: RARE }).check();
  });
});
