import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { attemptRecord } from '../support/records.ts';
import { eventually, useStack } from '../support/stack.ts';
import { useConsole } from './console-browser.ts';

const ATTEMPTS = 10_000;
const BATCH = 250;

describe('a log of ten thousand attempts', () => {
  const stack = useStack();
  const { openSignedIn } = useConsole(stack);
  let id: string;
  beforeAll(async () => {
    ({ id } = await stack().subscribe({ url: 'http://127.0.0.1:9/hook', events: ['*'], name: 'Busy' }));
    const { record } = attemptLog(stack().table);
    const now = Date.now();
    const attempts = Array.from({ length: ATTEMPTS }, (_, index) =>
      attemptRecord({
        project: 'demo',
        subscriptionId: id,
        eventId: `evt_${index}`,
        eventType: index % 1000 === 999 ? 'rare.type' : 'common.type',
        at: new Date(now - index * 1000).toISOString(),
        expiresAt: now + 86_400_000,
      }),
    );
    for (let from = 0; from < ATTEMPTS; from += BATCH) await record(attempts.slice(from, from + BATCH));
  });
  const rows = (page: Page) => page.getByRole('list', { name: /^Attempts/ }).getByRole('listitem');

  it('is scrolled through to its end, with no more than a screenful in the document', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`);
    await rows(page).first().waitFor();
    // Each time the end comes into view, the next page of it is loaded.
    await eventually(async () => {
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      return page.getByText('10,000 attempts', { exact: true }).isVisible();
    });
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.getByText(`evt_${ATTEMPTS - 1}`, { exact: true }).waitFor();
    expect(await rows(page).count()).toBeLessThan(60);
    // Where it is in the list is told, although the rest is not there.
    expect(await rows(page).last().getAttribute('aria-setsize')).toBe(String(ATTEMPTS));
    await page.evaluate('scrollTo(0, 0)');
    await page.getByText('evt_0', { exact: true }).waitFor();
  });

  it('finds by itself what is far down', async () => {
    const page = await openSignedIn(`/subscriptions/${id}?type=rare`);
    await page.getByText('evt_999', { exact: true }).waitFor();
    await page.getByText('evt_2999', { exact: true }).waitFor();
    expect(await page.getByText('common.type').count()).toBe(0);
  });
});
