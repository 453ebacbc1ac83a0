import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

describe('the console, whatever happens,', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn, visit } = useConsole(stack, project);
  let receiver: Receiver;
  let id: string;
  beforeAll(async () => {
    receiver = await startReceiver();
    await project().call('PUT', `${project().path}/event-types/order.paid`, { samples: [{ n: 1 }] });
    ({ id } = await project().subscribe({ url: receiver.url(), events: ['order.paid'], name: 'Orders' }));
    for (const n of [1, 2, 3]) await project().publish({ type: 'order.paid', id: `order-${n}`, data: { n } });
    await receiver.waitFor(3);
  });
  afterAll(() => receiver?.stop());

  const pathOf = (page: Page) => new URL(page.url()).pathname.replace(`/p/${project().project}`, '');
  const attempts = (page: Page) => page.getByRole('grid', { name: /^Attempts/ }).getByRole('link');
  const leaving = (page: Page) => page.getByRole('dialog', { name: 'Leave without saving?' });

  describe('asks before a form with changes is left', () => {
    const edit = async () => {
      const page = await openSignedIn(`/subscriptions/${id}`);
      await waitForContent(attempts(page).nth(2));
      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      await waitForContent(page.getByLabel('Name', { exact: true }));
      return page;
    };

    it('by a link, and leaves only if told to', async () => {
      const page = await edit();
      await page.getByLabel('Name', { exact: true }).fill('Changed');
      await page.getByRole('link', { name: 'Events', exact: true }).click();
      await waitForContent(leaving(page));
      await expectAccessible(page);
      await leaving(page).getByRole('button', { name: 'Cancel' }).click();
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Changed');
      expect(pathOf(page)).toBe(`/subscriptions/${id}/edit`);
      await page.getByRole('link', { name: 'Events', exact: true }).click();
      await leaving(page).getByRole('button', { name: 'Leave' }).click();
      await expect.poll(() => pathOf(page)).toBe('/events');
    });

    it('by the browser’s back button', async () => {
      const page = await edit();
      await page.getByLabel('Name', { exact: true }).fill('Changed');
      await page.evaluate('history.back()');
      await waitForContent(leaving(page));
      expect(pathOf(page)).toBe(`/subscriptions/${id}/edit`);
      await leaving(page).getByRole('button', { name: 'Leave' }).click();
      await expect.poll(() => pathOf(page)).toBe(`/subscriptions/${id}`);
    });

    it('by closing the tab, which the browser asks about', async () => {
      const page = await edit();
      await page.getByLabel('Name', { exact: true }).fill('Changed');
      const asked = page.waitForEvent('dialog');
      const reloaded = page.reload();
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.accept();
      await reloaded;
    });

    it('but not without changes, nor once they are saved', async () => {
      const page = await edit();
      await page.getByRole('link', { name: 'Events', exact: true }).click();
      await expect.poll(() => pathOf(page)).toBe('/events');
      await visit(page, '/event-types/order.paid');
      await page.getByLabel('Description').fill('A paid order');
      await page.getByRole('button', { name: 'Save' }).click();
      await waitForContent(page.getByText('Saved'));
      await page.getByRole('link', { name: 'Events', exact: true }).click();
      await expect.poll(() => pathOf(page)).toBe('/events');
      await page.goBack();
      await page.getByLabel('Description').fill('Another');
      await page.getByRole('link', { name: 'Events', exact: true }).click();
      await waitForContent(leaving(page));
    });
  });

  describe('opens the attempt in its address', () => {
    it('as the log does, and closes it with the back button', async () => {
      const page = await openSignedIn(`/subscriptions/${id}`);
      await attempts(page).first().click();
      const dialog = page.getByRole('dialog', { name: 'Attempt 1' });
      await waitForContent(dialog.getByText('order-3').first());
      const address = page.url();
      expect(new URL(address).searchParams.get('event')).toBe('order-3');
      await page.goBack();
      await dialog.waitFor({ state: 'detached' });
      await page.goto(address);
      await waitForContent(dialog.getByText('All attempts of this delivery'));
    });

    it('and goes to the next and the previous one by keyboard', async () => {
      const page = await openSignedIn(`/subscriptions/${id}`);
      await attempts(page).first().click();
      const dialog = page.getByRole('dialog');
      const shown = (event: string) =>
        waitForContent(dialog.locator('code').getByText(event, { exact: true }));
      await shown('order-3');
      await page.keyboard.press('j');
      await shown('order-2');
      await page.keyboard.press('j');
      await shown('order-1');
      expect(await dialog.getByRole('button', { name: 'Next in the list' }).isDisabled()).toBe(true);
      await page.keyboard.press('k');
      await shown('order-2');
      await page.goBack();
      await dialog.waitFor({ state: 'detached' });
    });
  });

  it('loads the overview with five requests about the project, whatever it has', async () => {
    const page = await openSignedIn('/usage');
    await waitForContent(page.getByRole('row', { name: /^Running replays/ }));
    const asked = new Set<string>();
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname.startsWith('/v1/')) asked.add(pathname + search.replace(/since=[^&]*/, 'since'));
    });
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await waitForContent(page.getByRole('row', { name: /^Delivered \d/ }));
    await waitForContent(page.getByRole('heading', { name: 'Attempts over time' }));
    expect([...asked].length, [...asked].join()).toBeLessThanOrEqual(5);
  });

  it('makes the selected deliveries again, each once', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`);
    await waitForContent(attempts(page).nth(2));
    for (const event of ['order-1', 'order-3'])
      await page.getByRole('checkbox', { name: `Select attempt 1 of ${event}` }).check();
    const bar = page.getByRole('region', { name: 'Selected deliveries' });
    await waitForContent(bar.getByText('2 deliveries selected'));
    await expectAccessible(page);
    const before = receiver.requests.length;
    await bar.getByRole('button', { name: 'Resend these' }).click();
    await waitForContent(page.getByText('Resending 2 deliveries.'));
    await receiver.waitFor(before + 2);
    const ids = receiver.requests.slice(before).map(({ headers }) => headers['webhook-id']);
    expect(ids.toSorted()).toEqual(['order-1', 'order-3']);
    expect(await bar.count()).toBe(0);
  });

  it('announces messages inside the dialog that is open', async () => {
    const page = await openSignedIn(`/subscriptions/${id}`);
    await attempts(page).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Resend' }).click();
    await waitForContent(dialog.locator('[aria-live]').getByText('Resending'));
  });

  it('moves the focus to the page when what opened a dialog is gone', async () => {
    const { id: doomed } = await project().subscribe({
      url: receiver.url(),
      events: ['never'],
      name: 'Doomed',
    });
    const page = await openSignedIn(`/subscriptions/${doomed}/settings`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await waitForContent(page.getByRole('heading', { name: 'Subscriptions', exact: true }));
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('content');
  });

  it('shows exact times beside relative ones, in the zone that the user chooses', async () => {
    const page = await openSignedIn('/events', { timezoneId: 'Asia/Tokyo' });
    const exact = page.locator('time .exact').first();
    await waitForContent(exact);
    expect(await exact.textContent()).toMatch(/:\d\d (GMT\+9|JST)$/);
    await page.getByLabel('Time zone').selectOption('UTC');
    await expect.poll(() => exact.textContent()).toMatch(/ UTC$/);
    await page.reload();
    await expect.poll(() => exact.textContent(), { timeout: 30_000 }).toMatch(/ UTC$/);
  });

  it('says that it is offline, and recovers', async () => {
    const page = await openSignedIn('/events');
    await waitForContent(page.getByText('order-1', { exact: true }));
    await page.context().setOffline(true);
    await waitForContent(page.getByText('You are offline'));
    await expectAccessible(page);
    await project().publish({ type: 'other.type', id: 'meanwhile-1', data: {} });
    await eventually('the event is listed', async () => {
      const { data } = (await project().call('GET', `${project().path}/events`)).body;
      expect(data).toContainEqual(expect.objectContaining({ id: 'meanwhile-1' }));
    });
    await page.context().setOffline(false);
    await expect.poll(() => page.getByText('You are offline').count(), { timeout: 30_000 }).toBe(0);
    await waitForContent(page.getByText('meanwhile-1', { exact: true }));
    await page.getByRole('link', { name: 'Subscriptions', exact: true }).click();
    await waitForContent(page.getByRole('link', { name: /^Orders/ }));
  });

  it('shows a fault of its own in place of the page, and the other pages work', async () => {
    const page = await openSignedIn('/usage');
    await waitForContent(page.getByRole('row', { name: /^Running replays/ }));
    await page.route('**/v1/**/usage', (route) => route.fulfill({ json: { unexpected: true } }));
    await page.reload();
    await waitForContent(page.getByRole('alert').getByText('Request failed'));
    await page.getByRole('link', { name: 'Subscriptions', exact: true }).click();
    await waitForContent(page.getByRole('link', { name: /^Orders/ }));
  });
});
