import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { attempts, PAGES } from './console-pages.ts';
import { useOwnProject } from './own-project.ts';
import { usePopulatedProject } from './populated-project.ts';

const SOURCES = 'console/src';

interface ConsoleDialog {
  /** The file that renders it. */
  readonly file: string;
  readonly path: string;
  /** Makes it open once its opener is pressed. */
  prepare?(page: Page): Promise<void>;
  /** Pressed by the keyboard; it has the focus again when the dialog has closed. */
  readonly opener: (page: Page) => Locator;
  readonly title: RegExp;
  /** @default Escape closes it */
  close?(dialog: Locator, key: string): Promise<void>;
  /** What loads last in it. */
  readonly content?: (dialog: Locator) => Locator;
}

const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole('main').getByRole('button', { name });

const DIALOGS: readonly ConsoleDialog[] = [
  {
    file: 'attempt/attempt-dialog.tsx',
    path: '/subscriptions/{CRM}',
    opener: (page) => attempts(page).first(),
    title: /^Attempt/,
    content: (dialog) => dialog.getByText('All attempts of this delivery'),
  },
  {
    file: 'pages/subscription/test-dialog.tsx',
    path: '/subscriptions/{CRM}',
    opener: button('Send test request'),
    title: /^Send test request/,
    content: (dialog) => dialog.getByRole('combobox', { name: 'Event type' }),
  },
  {
    file: 'pages/subscription/replay-dialog.tsx',
    path: '/subscriptions/{CRM}',
    opener: button('Replay…'),
    title: /^Replay/,
  },
  {
    file: 'pages/subscription/remove-dialog.tsx',
    path: '/subscriptions/{CRM}',
    opener: button('More'),
    async prepare(page) {
      await waitForContent(page.getByRole('menuitem', { name: 'Delete' }));
      await expectAccessible(page, '.popover');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
    },
    title: /^Delete this subscription/,
  },
  {
    file: 'pages/subscription/secret-card.tsx',
    path: '/subscriptions/{CRM}/settings',
    opener: button('Rotate…'),
    title: /^Rotate the secret/,
  },
  {
    file: 'pages/events/publish-dialog.tsx',
    path: '/events',
    opener: button('Publish an event'),
    title: /^Publish an event/,
    content: (dialog) => dialog.getByRole('combobox', { name: 'Event type' }),
  },
  {
    file: 'pages/event-types/catalogues-dialog.tsx',
    path: '/event-types',
    opener: button('Load a catalogue'),
    title: /^Load a catalogue/,
    content: (dialog) => dialog.getByRole('button').nth(1),
  },
  {
    file: 'pages/event-type/remove-type.tsx',
    path: '/event-types/invoice.voided',
    opener: button('Remove'),
    title: /^(Remove|Archive)/,
  },
  {
    file: 'navigation/unsaved-changes.tsx',
    path: '/new-event-type',
    opener: (page) => page.getByRole('navigation').getByRole('link', { name: 'Overview' }),
    title: /^Leave without saving/,
  },
  {
    file: 'session/sign-in-dialog.tsx',
    path: '/events',
    opener: (page) => page.getByRole('combobox', { name: 'Event type' }),
    title: /^Sign in again/,
    // Escape would sign out.
    async close(dialog, key) {
      await dialog.page().unroute('**/v1/**');
      await dialog.getByLabel('API key').fill(key);
      await dialog.page().keyboard.press('Enter');
    },
  },
];

/** What has to happen on the page before the opener of some dialogs is pressed. */
const BEFORE: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'navigation/unsaved-changes.tsx': (page) => page.getByLabel('Description').fill('Changed'),
  'session/sign-in-dialog.tsx': (page) =>
    page.route('**/v1/**', (route) => route.fulfill({ status: 401, body: '{}' })),
};

describe('the console', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { open, openSignedIn, useSignedInPage, visit } = useConsole(stack, project);
  const pathOf = usePopulatedProject(project);

  const hasLoaded = (page: Page) =>
    expect
      .poll(() => page.getByRole('status', { name: 'Loading…' }).count(), { interval: 20, timeout: 30_000 })
      .toBe(0);

  it('has no page that is missing here', () => {
    const source = readFileSync(join(SOURCES, 'shell/pages.tsx'), 'utf8');
    const routes = [...source.matchAll(/<Route (?:path="([^"]+)")?/g)].map(([, path]) => path ?? '*');
    expect(new Set(PAGES.map(({ route }) => route))).toEqual(new Set(routes));
  });

  it('has no dialog that is missing here', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.tsx') &&
        !file.startsWith('ui/') &&
        /<(?:Confirm)?Dialog\b/.test(readFileSync(join(SOURCES, file), 'utf8')),
    );
    expect(DIALOGS.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  });

  describe('meets WCAG AA in the light theme and, on a phone, in the dark theme:', () => {
    const page = useSignedInPage();

    it.each(PAGES)('$name', async ({ path, content }) => {
      await visit(page(), pathOf(path));
      await waitForContent(content(page()));
      await hasLoaded(page());
      await expectAccessible(page());
    });

    it('the sign-in page', async () => {
      const anonymous = await open('/');
      await waitForContent(anonymous.getByLabel('API key'));
      await expectAccessible(anonymous);
    });
  });

  it.each(DIALOGS)(
    'has an accessible dialog that announces messages and returns the focus: $file',
    async ({ file, path, opener, prepare, close, title, content }) => {
      const page = await openSignedIn(pathOf(path));
      await waitForContent(opener(page).first());
      await hasLoaded(page);
      await BEFORE[file]?.(page);
      // Not what has the focus afterwards: that may be in the dialog already, which a request on focus opens.
      await opener(page)
        .first()
        .evaluate((element) => void Object.assign(globalThis, { opener_: element }));
      await opener(page).first().focus();
      await page.keyboard.press(file.startsWith('session/') ? 'x' : 'Enter');
      await prepare?.(page);
      const dialog = page.getByRole('dialog', { name: title });
      await waitForContent(dialog);
      if (content) await waitForContent(content(dialog));
      await hasLoaded(page);
      await expectAccessible(page);
      // Messages appear in this region. What is outside a modal dialog is not announced.
      expect(await dialog.locator('.toasts[aria-live]').count()).toBe(1);
      expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
      if (close) await close(dialog, project().key);
      else await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await page.evaluate('document.activeElement === window.opener_')).toBe(true);
    },
  );
});
