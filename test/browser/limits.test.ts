import { rmSync } from 'node:fs';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { assemblyWithLimits } from '../support/assembly.ts';
import { useOwnStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent, waitForRefetched } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const PUBLISHED_AT_ONCE = 100;
// A tenth of the burst is back after 40 seconds.
const LIMITS = { eventsPerSecond: 1, burst: 4 * PUBLISHED_AT_ONCE, megabytesPerDay: 1, keys: 2 };
const cdkOut = assemblyWithLimits(inject('cdkOut'), LIMITS);
afterAll(() => rmSync(cdkOut, { recursive: true, force: true }));

describe('a project at its limits', () => {
  const stack = useOwnStack({ cdkOut });
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);

  it('is told on the overview what is limited and what happens, and on the usage page everything', async () => {
    const page = await openSignedIn('/');
    const main = page.getByRole('main');
    await waitForContent(main.getByText('No failing subscriptions.'));
    expect(await main.getByText(/^(Limit reached|Close to a limit)$/).count()).toBe(0);

    await project().createKey('read');
    const notice = (title: string) => main.locator('.notice').filter({ hasText: title });
    const item = (title: string, text: RegExp) =>
      notice(title).getByRole('listitem').filter({ hasText: text });
    await waitForRefetched(
      item('Limit reached', /^API keys 2 of 2.*answers 429 to requests that create one/),
    );
    expect(await main.getByRole('listitem').count()).toBe(1);

    const events = Array.from({ length: PUBLISHED_AT_ONCE }, () => ({
      type: 'a',
      data: { text: 'x'.repeat(2_200) },
    }));
    const publish = () => project().call('POST', `${project().path}/events`, events);
    for (let published = 0; published < LIMITS.burst; published += PUBLISHED_AT_ONCE)
      expect((await publish()).status).toBe(202);
    expect((await publish()).status).toBe(429);
    await waitForRefetched(item('Close to a limit', /^Burst of events \d+ of 400.*429.*1 per second/));
    await waitForContent(
      item(
        'Close to a limit',
        /^Published today \(UTC\) 9[\d.]+\skB of 1\sMB.*429 to published events until/,
      ),
    );
    await waitForContent(item('Limit reached', /^API keys/));
    await expectAccessible(page);

    await notice('Limit reached').getByRole('link', { name: 'Usage and limits' }).click();
    const table = main.getByRole('table', { name: 'Usage and limits' });
    await waitForContent(table);
    expect(await table.getByRole('row').allTextContents()).toEqual([
      expect.stringMatching(/^Resource/),
      expect.stringMatching(/^Burst of events.*400$/),
      expect.stringMatching(/^Published today.*kB1\sMB$/),
      expect.stringMatching(/^Logged in full today.*0\sbyte100\sMB$/),
      expect.stringMatching(/^Subscriptions.*010,000$/),
      expect.stringMatching(/^API keys.*22$/),
      expect.stringMatching(/^Event types.*61,000$/),
      expect.stringMatching(/^Open test requests.*05$/),
      expect.stringMatching(/^Running replays.*020$/),
    ]);
  });
});
