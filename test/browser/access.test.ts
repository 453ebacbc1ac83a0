import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';
import { populate } from './scene.ts';

const attempts = (page: Page): Locator => page.getByRole('grid', { name: /^Attempts/ }).getByRole('button');
const preview = (page: Page): Locator => page.getByRole('region', { name: 'Preview' });
const readOnlyNotice = (page: Page): Locator => page.getByText('This key is read-only');

interface ConsolePage {
  readonly name: string;
  /** `{CRM}` is replaced by the ID of the subscription with this name. */
  readonly path: string;
  /** The content that loads last. */
  readonly content: (page: Page) => Locator;
  /** The same for a key that can only read. @default {@link content} */
  readonly readOnlyContent?: (page: Page) => Locator;
}

const PAGES: readonly ConsolePage[] = [
  {
    name: 'the overview',
    path: '/',
    content: (page) => page.getByRole('row', { name: /^Analytics \d/ }),
  },
  {
    name: 'the subscriptions',
    path: '/subscriptions',
    content: (page) => page.getByRole('link', { name: /^CRM/ }),
  },
  {
    name: 'the form of a new subscription',
    path: '/subscriptions/new',
    content: (page) => preview(page).getByText('webhook-signature'),
    readOnlyContent: readOnlyNotice,
  },
  {
    name: 'a failing subscription',
    path: '/subscriptions/{CRM}',
    content: (page) => attempts(page).first(),
  },
  {
    name: 'a paused subscription',
    path: '/subscriptions/{Analytics}',
    content: (page) => page.getByText('Paused: the endpoint answered 503'),
  },
  {
    name: 'the queued deliveries of a subscription',
    path: '/subscriptions/{Analytics}/waiting',
    content: (page) => page.getByRole('table', { name: 'Queued deliveries' }),
  },
  {
    name: 'the settings of a subscription',
    path: '/subscriptions/{Large invoices to Slack}/settings',
    content: (page) => page.getByTestId('secret'),
  },
  {
    name: 'the form of a subscription',
    path: '/subscriptions/{Large invoices to Slack}/edit',
    content: (page) => preview(page).getByText('webhook-signature'),
    readOnlyContent: readOnlyNotice,
  },
  { name: 'the request log', path: '/log', content: (page) => attempts(page).first() },
  {
    name: 'the events',
    path: '/events',
    // Rows further down are rendered when they are scrolled to.
    content: (page) => page.getByRole('link', { name: /^support\.ticket\.opened/ }).first(),
  },
  {
    name: 'the event types',
    path: '/event-types',
    content: (page) => page.getByRole('link', { name: /^invoice\.paid/ }),
  },
  {
    name: 'an event type',
    path: '/event-types/invoice.paid',
    content: (page) => page.locator('[contenteditable]').getByText('Northwind'),
  },
  {
    name: 'the usage',
    path: '/usage',
    content: (page) => page.getByRole('row', { name: /^Running replays/ }),
  },
  {
    name: 'the page for an unknown address',
    path: '/nowhere',
    content: (page) => page.getByRole('heading', { name: 'Page not found' }),
  },
];

describe('the console', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { open, openSignedIn, useSignedInPage, visit } = useConsole(stack, project);
  let receiver: Receiver;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    receiver = await populate(project());
    const { data } = (await project().call('GET', `${project().path}/subscriptions`)).body;
    for (const { name, id } of data) ids.set(name, id);
  });
  afterAll(() => receiver?.stop());

  const pathOf = (path: string) => path.replace(/\{(.+)\}/, (_, name: string) => ids.get(name) ?? '');

  /** Load a page and wait for its content. */
  async function load(page: Page, path: string, content: Locator): Promise<void> {
    await visit(page, pathOf(path));
    await waitForContent(content);
    await expect
      .poll(() => page.getByRole('status', { name: 'Loading…' }).count(), { interval: 20, timeout: 30_000 })
      .toBe(0);
  }

  describe('for a key with every scope', () => {
    const page = useSignedInPage();

    it.each(PAGES)(
      'meets WCAG AA in the light theme and, on a phone, in the dark theme: $name',
      async ({ path, content }) => {
        await load(page(), path, content(page()));
        await expectAccessible(page());
      },
    );

    it('meets WCAG AA in a dialog', async () => {
      await load(page(), '/subscriptions/{CRM}', attempts(page()).first());
      await attempts(page()).first().click();
      await waitForContent(page().getByRole('dialog').getByText('All attempts of this delivery'));
      await expectAccessible(page());
    });
  });

  it('meets WCAG AA on the sign-in page', async () => {
    const page = await open('/');
    await waitForContent(page.getByLabel('API key'));
    await expectAccessible(page);
  });

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
    await tabTo(page, 'Retry scheduled');
    await page.keyboard.press('Enter');
    await waitForContent(page.getByRole('dialog').getByText('no such integration'));
    await tabTo(page, 'Response body: Raw');
    await page.keyboard.press('Enter');
    await waitForContent(page.getByRole('dialog').getByText('{"error":"no such integration","code":4041}'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toContain('Retry scheduled');
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
