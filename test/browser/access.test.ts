import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { attempts, PAGES } from './console-pages.ts';
import { useOwnProject } from './own-project.ts';
import { usePopulatedProject } from './populated-project.ts';

describe('the console', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn, useSignedInPage, visit } = useConsole(stack, project);
  const pathOf = usePopulatedProject(project);

  /** Load a page and wait for its content. */
  async function load(page: Page, path: string, content: Locator): Promise<void> {
    await visit(page, pathOf(path));
    await waitForContent(content);
    await expect
      .poll(() => page.getByRole('status', { name: 'Loading…' }).count(), { interval: 20, timeout: 30_000 })
      .toBe(0);
  }

  it('uses the language of the browser', async () => {
    const page = await openSignedIn('/subscriptions', { locale: 'fr-FR' });
    await waitForContent(page.getByRole('heading', { name: 'Abonnements' }));
  });

  it('switches the language and remembers the choice', async () => {
    const page = await openSignedIn('/');
    await page.getByLabel('Language').selectOption('fr');
    await waitForContent(page.getByRole('heading', { name: 'Vue d’ensemble' }));
    await page.reload();
    await waitForContent(page.getByRole('heading', { name: 'Vue d’ensemble' }));
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await waitForContent(page.getByText('En pause').first());
    expect(await page.getByText('Paused').count()).toBe(0);
  });

  it('leads to a failed attempt and back by keyboard alone', async () => {
    const page = await openSignedIn('/subscriptions');
    await waitForContent(page.getByRole('link', { name: /^CRM/ }));
    await tabTo(page, 'Partner');
    await goTo(page, 'CRM');
    await page.keyboard.press('Enter');
    await waitForContent(attempts(page).first());
    await tabTo(page, ' failed, ');
    await page.keyboard.press('Enter');
    await waitForContent(page.getByRole('dialog').getByText('no such integration'));
    await tabTo(page, 'Response body: Raw');
    await page.keyboard.press('Enter');
    await waitForContent(page.getByRole('dialog').getByText('{"error":"no such integration","code":4041}'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toContain(' failed, ');
  });

  describe('for a key that can only read', () => {
    const page = useSignedInPage({ key: async () => (await project().createKey('read')).secret });
    const changing =
      /^(Send|Resend|Replay|Edit$|Disable$|Enable$|Delete|Rotate|Reveal|Add|Load a|Publish|Remove|Save|Create)/;

    it('shows an attempt without a button to resend it', async () => {
      await load(page(), '/subscriptions/{CRM}', attempts(page()).first());
      await waitForContent(page().getByText('Read-only'));
      await attempts(page()).first().click();
      const dialog = page().getByRole('dialog');
      await waitForContent(dialog.getByText('no such integration'));
      expect(await dialog.getByRole('button', { name: changing }).count()).toBe(0);
    });

    it.each(PAGES.slice(0, -1))('offers no change: $name', async ({ path, content, readOnlyContent }) => {
      await load(page(), path, (readOnlyContent ?? content)(page()));
      const main = page().getByRole('main');
      expect(await main.getByRole('button', { name: changing }).count()).toBe(0);
      expect(await main.getByRole('link', { name: changing }).count()).toBe(0);
    });
  });

  /** Return the text of the focused element, preceded by the legend of its group. */
  const focused = (page: Page) =>
    page.evaluate(`(() => {
      const group = document.activeElement?.closest('fieldset')?.querySelector('legend')?.textContent;
      return [group, document.activeElement?.textContent].filter(Boolean).join(': ');
    })()`) as Promise<string>;

  /** Press a key until the focused element has this text. */
  async function press(page: Page, key: string, text: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press(key);
      if ((await focused(page)).includes(text)) return;
    }
    throw new Error(`${key} does not lead to "${text}".`);
  }
  const tabTo = (page: Page, text: string) => press(page, 'Tab', text);
  /** Go to a row of the list that has the focus. */
  const goTo = (page: Page, text: string) => press(page, 'ArrowDown', text);
});
