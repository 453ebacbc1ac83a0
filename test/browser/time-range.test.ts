import type { Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

describe('the choice of a time range, by keyboard alone,', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  let id: string;
  beforeAll(async () => {
    await project().publish({ type: 'order.paid', id: 'order-1', data: {} });
    ({ id } = await project().subscribe({ url: 'http://127.0.0.1:9/', events: ['never'], name: 'Orders' }));
  });

  const button = (page: Page) => page.getByRole('button', { name: /^Time:/ });
  const panel = (page: Page) => page.getByRole('dialog', { name: 'Time' });
  const press = (page: Page, key: string) => page.keyboard.press(key);
  const focusIsBack = (page: Page) =>
    expect.poll(() => page.evaluate('document.activeElement?.textContent')).toMatch(/^Time: /);
  const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

  /** Open the panel with the button's key, in this zone. */
  async function opened(timezoneId: string, path = '/events', locale = 'en-GB'): Promise<Page> {
    const page = await openSignedIn(path, { timezoneId, locale });
    await waitForContent(button(page).or(page.getByRole('button', { name: /^Période/ })));
    await button(page)
      .or(page.getByRole('button', { name: /^Période/ }))
      .focus();
    await press(page, 'Enter');
    return page;
  }

  /** Type the parts of a date and time, from the first part on. */
  async function typeTime(page: Page, field: string, text: string): Promise<void> {
    await panel(page).getByRole('group', { name: field }).getByRole('spinbutton').first().focus();
    await page.keyboard.type(text);
  }

  it('takes times to the minute in the zone of the user, and the address has them in UTC', async () => {
    const page = await opened('Asia/Tokyo');
    await waitForContent(panel(page));
    await expectAccessible(page, '.popover');
    await typeTime(page, 'From', '020120260930');
    await typeTime(page, 'To', '030120261800');
    await press(page, 'Enter');
    await panel(page).waitFor({ state: 'detached' });
    expect(param(page, 'since')).toBe('2026-01-02T00:30:00.000Z');
    expect(param(page, 'until')).toBe('2026-01-03T09:00:00.000Z');
    await focusIsBack(page);
    await waitForContent(page.getByRole('heading', { name: 'No matches' }));
    expect(await button(page).textContent()).toMatch(/2 Jan 2026, 09:30 – 3 Jan 2026, 18:00$/);
    await page.getByLabel('Time zone').selectOption('UTC');
    await expect.poll(() => button(page).textContent()).toMatch(/2 Jan 2026, 00:30 – 3 Jan 2026, 09:00$/);
  });

  it('may have an open end, refuses an end before the beginning, and is cleared', async () => {
    const page = await opened('UTC', `/log?subscription=${id}`);
    await waitForContent(panel(page));
    await typeTime(page, 'From', '020120260000');
    await press(page, 'Enter');
    await expect.poll(() => param(page, 'since')).toBe('2026-01-02T00:00:00.000Z');
    expect(param(page, 'until')).toBeNull();
    expect(await button(page).textContent()).toBe('Time: From 2 Jan 2026, 00:00');
    await focusIsBack(page);
    await press(page, 'Enter');
    await waitForContent(panel(page));
    await typeTime(page, 'To', '010120260000');
    await waitForContent(panel(page).getByRole('alert').getByText('The end is before the beginning.'));
    await expectAccessible(page, '.popover');
    await press(page, 'Enter');
    expect(param(page, 'until')).toBeNull();
    await press(page, 'Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(param(page, 'since')).not.toBeNull();
    await focusIsBack(page);
    await press(page, 'Enter');
    await panel(page).getByRole('button', { name: 'Clear' }).focus();
    await press(page, 'Enter');
    await expect.poll(() => param(page, 'since')).toBeNull();
    expect(await button(page).textContent()).toBe('Time: Any time');
  });

  it('has presets', async () => {
    const page = await opened('UTC');
    await waitForContent(panel(page));
    const before = Date.now();
    await panel(page).getByRole('button', { name: 'Last hour' }).focus();
    await press(page, 'Enter');
    await expect.poll(() => param(page, 'since')).not.toBeNull();
    const age = before - Date.parse(param(page, 'since') ?? '');
    expect(Math.round(age / 3_600_000)).toBe(1);
    await waitForContent(page.getByText('order-1', { exact: true }));
  });

  it('takes whole days of a calendar', async () => {
    const page = await opened('Asia/Tokyo', '/events?since=2026-01-05T00:00:00Z&until=2026-01-06T00:00:00Z');
    await waitForContent(panel(page));
    await panel(page)
      .getByRole('grid')
      .getByRole('button', { name: /, 5 January 2026/ })
      .focus();
    await press(page, 'ArrowRight');
    // Enter takes the first day, and goes to the next.
    await press(page, 'Enter');
    await press(page, 'ArrowDown');
    await press(page, 'Enter');
    await panel(page).getByRole('button', { name: 'Apply' }).focus();
    await press(page, 'Enter');
    await expect.poll(() => param(page, 'since')).toBe('2026-01-05T15:00:00.000Z');
    expect(param(page, 'until')).toBe('2026-01-14T14:59:59.999Z');
  });

  it('is made for a replay, too, which needs a beginning', async () => {
    const page = await openSignedIn(`/subscriptions/${id}/settings`, { timezoneId: 'Asia/Tokyo' });
    const replays: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/replay')) replays.push(request.postDataJSON());
    });
    await page.getByRole('button', { name: 'Replay…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replay deliveries' });
    expect(await dialog.locator('input[type^="date"]').count()).toBe(0);
    await button(page).focus();
    await press(page, 'Enter');
    await waitForContent(panel(page));
    await panel(page).getByRole('button', { name: 'Clear' }).click();
    await waitForContent(dialog.getByRole('alert').getByText('Enter a start time.'));
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await button(page).focus();
    await press(page, 'Enter');
    await waitForContent(panel(page));
    await typeTime(page, 'From', '020120260930');
    await typeTime(page, 'To', '030120261800');
    await expectAccessible(page, '.popover');
    await press(page, 'Enter');
    await panel(page).waitFor({ state: 'detached' });
    expect(await button(page).textContent()).toMatch(/2 Jan 2026, 09:30 – 3 Jan 2026, 18:00$/);
    await focusIsBack(page);
    // Escape closes the panel, and not the dialog that it is in, also before the panel has the focus as on a slow computer.
    const devTools = await page.context().newCDPSession(page);
    for (const rate of [1, 3, 3, 3]) {
      await devTools.send('Emulation.setCPUThrottlingRate', { rate });
      await press(page, 'Enter');
      await waitForContent(panel(page));
      await press(page, 'Escape');
      await panel(page).waitFor({ state: 'detached' });
      await focusIsBack(page);
    }
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    expect(replays).toEqual([]);
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(replays).toEqual([
      { since: '2026-01-02T00:30:00.000Z', until: '2026-01-03T09:00:00.000Z', only: 'failed' },
    ]);
  });

  it('is given up by Escape while its panel is loading, and the dialog that it is in stays open', async () => {
    const page = await openSignedIn(`/subscriptions/${id}/settings`);
    const loading = Promise.withResolvers<Route>();
    await page.route('**/assets/range-panel-*.js', loading.resolve);
    await page.getByRole('button', { name: 'Replay…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replay deliveries' });
    await button(page).focus();
    await press(page, 'Enter');
    const held = await loading.promise;
    await press(page, 'Escape');
    await expect.poll(() => button(page).getAttribute('aria-expanded')).toBe('false');
    expect(await dialog.isVisible()).toBe(true);
    await focusIsBack(page);
    await held.continue();
    await press(page, 'Enter');
    await waitForContent(panel(page));
  });

  it('is in French', async () => {
    const page = await opened('Europe/Paris', '/events?since=2026-01-05T00:00:00Z', 'fr-FR');
    const dialog = page.getByRole('dialog', { name: 'Période' });
    await waitForContent(dialog.getByText('janvier 2026').first());
    await waitForContent(dialog.getByRole('button', { name: 'Suivant' }).first());
    await waitForContent(dialog.getByRole('group', { name: 'Du' }).getByRole('spinbutton').first());
  });
});
