import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { attemptRecord } from '../support/records.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent, waitForRefetched } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const ATTEMPTS = 150;

describe('a list, by keyboard alone,', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const ids: string[] = [];

  /** Write attempts of a subscription, the newest last. */
  const record = (subscriptionId: string, names: readonly string[], from = Date.now()) =>
    attemptLog(project().table).record(
      names.map((eventId, index) =>
        attemptRecord({
          project: project().project,
          subscriptionId,
          eventId,
          eventType: 'order.paid',
          at: new Date(from + index).toISOString(),
          expiresAt: Date.now() + 86_400_000,
        }),
      ),
    );
  /** The id of the nth newest attempt. */
  const nth = (index: number) => `evt_${ATTEMPTS - 1 - index}`;

  beforeAll(async () => {
    for (const name of ['Orders', 'Stock', 'Mail']) {
      const { id } = await project().subscribe({ url: 'http://127.0.0.1:9/hook', events: ['never'], name });
      ids.push(id);
    }
    const names = Array.from({ length: ATTEMPTS }, (_, index) => `evt_${index}`);
    await record(ids[0] ?? '', names, Date.now() - 3_600_000);
    await record(ids[1] ?? '', ['other_0', 'other_1', 'other_2']);
    for (const type of ['a.one', 'b.two', 'c.three'])
      await project().call('PUT', `${project().path}/event-types/${type}`, { description: `About ${type}` });
    for (const id of ['first', 'second', 'third'])
      await project().publish({ type: 'never.sent', id, data: {} });
  });

  const focused = (page: Page) =>
    page.evaluate('document.activeElement?.closest("[role=row]")?.textContent ?? ""') as Promise<string>;
  const press = (page: Page, key: string) => page.keyboard.press(key);
  const isFocused = (page: Page, text: string) =>
    expect.poll(() => focused(page), { interval: 20, timeout: 10_000 }).toContain(text);
  const showsFocus = (page: Page) =>
    expect
      .poll(() =>
        page.evaluate(`(() => {
          const { top, bottom } = document.activeElement.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        })()`),
      )
      .toBe(true);
  const grid = (page: Page) => page.getByRole('grid');

  /** Open the log of a subscription and tab into its list. */
  async function intoLog(index: number): Promise<Page> {
    const page = await openSignedIn(`/subscriptions/${ids[index]}`);
    await waitForContent(grid(page).getByRole('row').first());
    await page.getByRole('checkbox', { name: 'Live' }).focus();
    await press(page, 'Tab');
    return page;
  }

  it('is one tab stop', async () => {
    const page = await intoLog(0);
    await isFocused(page, nth(0));
    await press(page, 'Tab');
    expect(await page.evaluate('document.activeElement?.closest("[role=grid]") === null')).toBe(true);
    await press(page, 'Shift+Tab');
    await isFocused(page, nth(0));
    await press(page, 'Shift+Tab');
    expect(await page.evaluate('document.activeElement?.type')).toBe('checkbox');
    expect(await page.evaluate('document.activeElement?.closest("[role=grid]") === null')).toBe(true);
  });

  it('goes from row to row, by page, to its end and back, and shows the row that has the focus', async () => {
    const page = await intoLog(0);
    await press(page, 'ArrowDown');
    await press(page, 'ArrowDown');
    await isFocused(page, nth(2));
    await press(page, 'ArrowUp');
    await isFocused(page, nth(1));
    await press(page, 'PageDown');
    await expect.poll(() => focused(page)).not.toContain(nth(1));
    const below = Number(/evt_(\d+)/.exec(await focused(page))?.[1]);
    expect(below).toBeLessThan(ATTEMPTS - 7);
    await showsFocus(page);
    await press(page, 'PageUp');
    await isFocused(page, nth(1));
    // The end of what is loaded, which brings the next page.
    await press(page, 'End');
    await isFocused(page, nth(99));
    await showsFocus(page);
    await waitForContent(page.getByText(`${ATTEMPTS} attempts`, { exact: true }));
    await isFocused(page, nth(99));
    await press(page, 'End');
    await isFocused(page, nth(ATTEMPTS - 1));
    await showsFocus(page);
    await press(page, 'ArrowDown');
    await isFocused(page, nth(ATTEMPTS - 1));
    await press(page, 'Home');
    await isFocused(page, nth(0));
    await showsFocus(page);
    expect(await grid(page).getByRole('row').count()).toBeLessThan(60);
  });

  it('selects rows by Space and opens them by Enter', async () => {
    const page = await intoLog(1);
    const bar = page.getByRole('region', { name: 'Selected deliveries' });
    await press(page, 'Space');
    await press(page, 'ArrowDown');
    await press(page, 'ArrowDown');
    await press(page, 'Space');
    await waitForContent(bar.getByText('2 deliveries selected'));
    expect(await page.getByRole('checkbox', { name: /of other_2$/ }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: /of other_1$/ }).isChecked()).toBe(false);
    await press(page, 'ArrowLeft');
    expect(await page.evaluate('document.activeElement?.type')).toBe('checkbox');
    await press(page, 'Space');
    await waitForContent(bar.getByText('1 delivery selected'));
    await press(page, 'ArrowRight');
    await isFocused(page, 'other_0');
    await press(page, 'Enter');
    await waitForContent(page.getByRole('dialog').getByText('other_0').first());
  });

  it('selects rows on the way by Shift and the arrow keys, and none by Escape', async () => {
    const page = await intoLog(1);
    const bar = page.getByRole('region', { name: 'Selected deliveries' });
    await isFocused(page, 'other_2');
    await press(page, 'Space');
    await press(page, 'Shift+ArrowDown');
    await press(page, 'Shift+ArrowDown');
    await waitForContent(bar.getByText('3 deliveries selected'));
    expect(await grid(page).getByRole('row', { selected: true }).count()).toBe(3);
    expect(await page.getByRole('checkbox', { name: /of other_0$/ }).isChecked()).toBe(true);
    await press(page, 'Escape');
    await bar.waitFor({ state: 'detached' });
  });

  it('keeps the row that has the focus, however far the window has scrolled', async () => {
    const page = await intoLog(0);
    await press(page, 'ArrowDown');
    await isFocused(page, nth(1));
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await waitForContent(page.getByText(nth(99), { exact: true }));
    await isFocused(page, nth(1));
    await press(page, 'ArrowDown');
    await isFocused(page, nth(2));
    await showsFocus(page);
  });

  it.each<[string, (page: Page, row: Locator) => Promise<void>]>([
    ['Control and Enter', (page) => press(page, 'Control+Enter')],
    ['Control and a click', (_, row) => row.click({ modifiers: ['Control'] })],
    ['the middle button', (_, row) => row.click({ button: 'middle' })],
  ])('opens a row in a new tab by %s', async (_, open) => {
    const page = await openSignedIn('/events');
    const row = grid(page).getByRole('link').filter({ hasText: 'second' });
    await waitForContent(row);
    await row.focus();
    await isFocused(page, 'second');
    const opened = page.context().waitForEvent('page');
    await open(page, row);
    await expect.poll(async () => new URL((await opened).url()).pathname).toMatch(/\/events\/second$/);
    expect(new URL(page.url()).pathname).toMatch(/\/events$/);
  });

  it('opens the dialog of an attempt in a new tab, too', async () => {
    const page = await intoLog(1);
    await isFocused(page, 'other_2');
    const opened = page.context().waitForEvent('page');
    await press(page, 'Control+Enter');
    const tab = await opened;
    await waitForContent(tab.getByRole('dialog').getByText('other_2').first());
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(new URL(page.url()).search).toBe('');
  });

  it('has the focus again on the row that opened a dialog, however many rows have come meanwhile', async () => {
    const page = await intoLog(1);
    await press(page, 'ArrowDown');
    await isFocused(page, 'other_1');
    await press(page, 'Enter');
    const dialog = page.getByRole('dialog');
    await waitForContent(dialog.getByText('other_1').first());
    await record(
      ids[1] ?? '',
      Array.from({ length: 60 }, (_, index) => `later_${index}`),
    );
    await waitForRefetched(page.getByText('63 attempts', { exact: true }));
    await press(page, 'Escape');
    await dialog.waitFor({ state: 'detached' });
    await isFocused(page, 'other_1');
    await press(page, 'ArrowUp');
    await isFocused(page, 'other_2');
    await showsFocus(page);
  });

  it('keeps the focus at its place when the row that has it disappears', async () => {
    const page = await openSignedIn('/subscriptions');
    const row = (name: string) => grid(page).getByRole('link').filter({ hasText: name });
    const doomed = ids[2] ?? '';
    await waitForContent(row('Mail'));
    await row('Mail').focus();
    await project().call('DELETE', `${project().path}/subscriptions/${doomed}`);
    await expect
      .poll(async () => {
        await page.clock.fastForward(10_000);
        return row('Mail').count();
      })
      .toBe(0);
    await isFocused(page, 'Stock');
  });

  it.each([
    ['/subscriptions', 'Orders', /\/subscriptions\/sub_/],
    ['/events', 'second', /\/events\/second$/],
    ['/event-types', 'b.two', /\/event-types\/b\.two$/],
  ])('opens the page of a row: %s', async (path, name, address) => {
    const page = await openSignedIn(path);
    const row = grid(page).getByRole('link').filter({ hasText: name });
    await waitForContent(row);
    for (
      let presses = 0;
      !(await page.evaluate('document.activeElement?.closest("[role=grid]") !== null'));
      presses++
    ) {
      expect(presses).toBeLessThan(40);
      await press(page, 'Tab');
    }
    for (let presses = 0; !(await focused(page)).includes(name); presses++) {
      expect(presses).toBeLessThan(20);
      await press(page, 'ArrowDown');
    }
    await press(page, 'Enter');
    await expect.poll(() => new URL(page.url()).pathname).toMatch(address);
  });
});
