import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const POLLING = { interval: 20, timeout: 30_000 };

describe('a part of the console that is loaded on demand', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  let id: string;
  beforeAll(async () => {
    ({ id } = await project().subscribe({ url: 'http://127.0.0.1:9/', events: ['never'], name: 'Orders' }));
  });

  /** A page that was reloaded has lost this mark. */
  const mark = (page: Page) => page.evaluate('window.isMarked = true');
  const isMarked = (page: Page) => page.evaluate('window.isMarked === true');
  const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
  const usage = (page: Page) => page.getByRole('heading', { level: 1, name: 'Usage' });
  /** Let the server lack the chunks with this name. */
  const lack = (page: Page, name: string, times?: number) =>
    page.route(`**/assets/${name}-*.js`, (route) => route.fulfill({ status: 404 }), times ? { times } : {});
  /** Let the server have a later version of the console. */
  const deploy = (page: Page) =>
    page.route(
      ({ pathname }) => pathname === '/',
      async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace(/index-[\w-]+\.js/, 'index-later.js');
        await route.fulfill({ response, body });
      },
    );

  it('waits for the connection while the browser is offline, and the page is not reloaded', async () => {
    const page = await openSignedIn('/subscriptions');
    await waitForContent(page.getByRole('link', { name: /^Orders/ }));
    await mark(page);
    await page.context().setOffline(true);
    const failed = page.waitForEvent('requestfailed', (request) => /usage-page/.test(request.url()));
    await link(page, 'Usage').click();
    await failed;
    await waitForContent(page.getByText('You are offline'));
    await waitForContent(page.getByRole('main').getByRole('status', { name: 'Loading…' }));
    await page.context().setOffline(false);
    await waitForContent(usage(page));
    expect(await isMarked(page)).toBe(true);
  });

  it('says that it could not be loaded, and is loaded again when told to', async () => {
    const page = await openSignedIn('/subscriptions');
    await waitForContent(page.getByRole('link', { name: /^Orders/ }));
    await mark(page);
    await lack(page, 'usage-page');
    await link(page, 'Usage').click();
    const failure = page.getByRole('alert').filter({ hasText: 'This page could not be loaded' });
    await waitForContent(failure);
    await page.unroute('**/assets/usage-page-*.js');
    await failure.getByRole('button', { name: 'Try again' }).click();
    await waitForContent(usage(page));
    expect(await isMarked(page)).toBe(true);
  });

  it('reloads the page if a deployment has replaced it', async () => {
    const page = await openSignedIn('/subscriptions');
    await waitForContent(page.getByRole('link', { name: /^Orders/ }));
    await mark(page);
    await deploy(page);
    await lack(page, 'usage-page', 1);
    await link(page, 'Usage').click();
    await expect.poll(() => isMarked(page).catch(() => true), POLLING).toBe(false);
    await waitForContent(usage(page));
  });

  it.each([
    ['fails', async () => {}],
    ['was replaced by a deployment', deploy],
  ])('leaves a form as it is, with a plain input, if it %s', async (_, happen) => {
    const page = await openSignedIn('/usage');
    await waitForContent(usage(page));
    await happen(page);
    await lack(page, 'code-mirror');
    await mark(page);
    await link(page, 'Event types').click();
    const missing = page.waitForResponse((response) => response.status() === 404);
    // The console asks then whether it is outdated.
    const asked = page.waitForResponse((response) => new URL(response.url()).pathname === '/');
    await page.getByRole('link', { name: 'Add an event type' }).click();
    await missing;
    await (await asked).finished();
    const description = page.getByLabel('Description');
    await description.fill('An invoice was paid');
    await page.getByRole('button', { name: 'Add a sample' }).click();
    await page.getByRole('textbox', { name: 'Sample 1' }).fill('{"total": 12}');
    expect(await description.inputValue()).toBe('An invoice was paid');
    expect(await isMarked(page)).toBe(true);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('tells that a menu could not be opened, which opens when it is asked for again', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`);
    await lack(page, 'aria-menu', 1);
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    await waitForContent(page.getByText('A part of the console could not be loaded. Try again.'));
    expect(await more.getAttribute('aria-expanded')).toBe('false');
    await more.click();
    await waitForContent(page.getByRole('menuitem', { name: 'Delete' }));
  });
});
