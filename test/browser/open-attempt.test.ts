import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const POLLING = { interval: 20, timeout: 30_000 };
/** The log keeps only the first 16 KB of a body. */
const LONG = 'x'.repeat(20_000);

describe('an open attempt', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const receiver = useReceiver();
  let id: string;
  beforeAll(async () => {
    ({ id } = await project().subscribe({ url: receiver.url(), events: ['*'], name: 'Orders' }));
    await project().publish({ type: 'order.paid', id: 'short', data: { total: 12 } });
    await project().publish({ type: 'order.paid', id: 'long', data: { text: LONG, end: 'the end' } });
    await eventually('both were delivered', async () => {
      const { data } = (await project().call('GET', `${project().path}/subscriptions/${id}/attempts`)).body;
      expect(data).toHaveLength(2);
    });
  });

  const row = (page: Page, hasText: string) =>
    page
      .getByRole('grid', { name: /^Attempts/ })
      .getByRole('link')
      .filter({ hasText });
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Attempt 1' });
  /** Note the requests about events and for previews. */
  function watch(page: Page): string[] {
    const sent: string[] = [];
    page.on('request', (request) => {
      const path = new URL(request.url()).pathname.replace(project().path, '');
      if (/^\/events\/|\/preview$/.test(path)) sent.push(`${request.method()} ${path}`);
    });
    return sent;
  }

  it('is not asked for again if the list has all of it', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`);
    await waitForContent(row(page, 'short'));
    const sent = watch(page);
    await row(page, 'short').click();
    await waitForContent(dialog(page).getByRole('list').getByText('Attempt 1'));
    expect(new Set(sent)).toEqual(new Set(['GET /events/short/attempts']));
  });

  it('shows the whole body on request, rendered from the event', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`);
    const sent = watch(page);
    await row(page, 'long').click();
    const button = dialog(page).getByRole('button', { name: 'Show the whole body' });
    await waitForContent(button);
    expect(sent.filter((request) => request.endsWith('/preview'))).toEqual([]);
    expect(await dialog(page).textContent()).not.toContain('the end');
    await button.click();
    await expect.poll(() => dialog(page).textContent(), POLLING).toContain('the end');
    expect(await button.count()).toBe(0);
  });

  it('says that the rest of its body is gone if the settings have changed since', async () => {
    await project().call('PATCH', `${project().path}/subscriptions/${id}`, {
      ...{ format: 'template', template: '{"other": true}' },
    });
    const page = await openSignedIn(`/subscriptions/${id}`);
    await row(page, 'long').click();
    await dialog(page).getByRole('button', { name: 'Show the whole body' }).click();
    await waitForContent(dialog(page).getByText(/The rest is no longer available/));
    expect(await dialog(page).textContent()).not.toContain('"other"');
  });
});
