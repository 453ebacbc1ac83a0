import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { attemptRecord } from '../support/records.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const ATTEMPTS = 10_000;
const WRITTEN_AT_ONCE = 250;

describe('a log of ten thousand attempts', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  let id: string;
  beforeAll(async () => {
    ({ id } = await project().subscribe({ url: 'http://127.0.0.1:9/hook', events: ['*'], name: 'Busy' }));
    const { record } = attemptLog(project().table);
    const now = Date.now();
    const attempts = Array.from({ length: ATTEMPTS }, (_, index) =>
      attemptRecord({
        project: project().project,
        subscriptionId: id,
        eventId: `evt_${index}`,
        eventType: index % 1000 === 999 ? 'rare.type' : 'common.type',
        at: new Date(now - index * 1000).toISOString(),
        expiresAt: now + 86_400_000,
      }),
    );
    for (let from = 0; from < ATTEMPTS; from += WRITTEN_AT_ONCE)
      await record(attempts.slice(from, from + WRITTEN_AT_ONCE));
  });
  const rows = (page: Page) => page.getByRole('grid', { name: /^Attempts/ }).getByRole('row');

  it('scrolls to its end with only the visible rows in the document', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`);
    await waitForContent(rows(page).first());
    const scrollToEnd = async () => {
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      return page.getByText('10,000 attempts', { exact: true }).isVisible();
    };
    // Whenever the end comes into view, the console loads the next page.
    await expect.poll(scrollToEnd, { interval: 20, timeout: 110_000 }).toBe(true);
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await waitForContent(page.getByText(`evt_${ATTEMPTS - 1}`, { exact: true }));
    expect(await rows(page).count()).toBeLessThan(60);
    // Screen readers hear the position of a row in the whole list.
    expect(await rows(page).last().getAttribute('aria-rowindex')).toBe(String(ATTEMPTS));
    await page.evaluate('scrollTo(0, 0)');
    await waitForContent(page.getByText('evt_0', { exact: true }));
  });

  it('has the API look for the attempts of a type, and look further when told to', async () => {
    const page = await openSignedIn(`/subscriptions/${id}?type=rare.type`);
    const furtherAsked: string[] = [];
    page.on('request', (request) => {
      if (/\/attempts\?.*cursor=/.test(request.url())) furtherAsked.push(request.url());
    });
    const further = page.getByRole('button', { name: 'Look further' });
    // The API looks at 2,500 attempts for a page, of which every thousandth is of this type.
    const found = [2, 5, 7];
    for (const [index, count] of found.entries()) {
      await waitForContent(page.getByText(`${count} found so far. There may be more.`));
      await expect.poll(() => rows(page).count(), { timeout: 20_000 }).toBe(count);
      expect(furtherAsked).toHaveLength(index);
      expect(await page.getByText('No matches').count()).toBe(0);
      await further.click();
    }
    await waitForContent(page.getByText('evt_9999', { exact: true }));
    expect(await page.getByText('common.type').count()).toBe(0);
  });
});
