import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole } from './console-browser.ts';
import { populate } from './scene.ts';

const PHONE = { viewport: { width: 390, height: 844 } };

/** Rules of WCAG 2.2 AA that the page breaks, and where. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})",
  )) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe('the console, for everyone', () => {
  const stack = useStack();
  const { open, openSignedIn } = useConsole(stack);
  let receiver: Receiver;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    receiver = await populate(stack());
    const { data } = (await stack().call('GET', '/v1/projects/demo/subscriptions')).body;
    for (const { name, id } of data) ids.set(name, id);
  });
  afterAll(() => receiver?.stop());
  const keyWith = async (...scopes: string[]): Promise<string> =>
    (await stack().call('POST', '/v1/projects/demo/keys', { name: scopes.join(), scopes })).body.secret;

  const PAGES: readonly (readonly [name: string, path: () => string])[] = [
    ['the overview', () => '/'],
    ['the subscriptions', () => '/subscriptions'],
    ['a new subscription', () => '/subscriptions/new'],
    ['a failing subscription', () => `/subscriptions/${ids.get('CRM')}`],
    ['what waits', () => `/subscriptions/${ids.get('Analytics')}/waiting`],
    ['its settings', () => `/subscriptions/${ids.get('Large invoices to Slack')}/settings`],
    ['its form', () => `/subscriptions/${ids.get('Large invoices to Slack')}/edit`],
    ['the request log', () => '/log'],
    ['the events', () => '/events'],
    ['the event types', () => '/event-types'],
    ['an event type', () => '/event-types/invoice.paid'],
    ['no page', () => '/nowhere'],
  ];

  it.each(PAGES)('breaks no rule of WCAG AA, light, dark or on a phone: %s', async (_, path) => {
    for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark', ...PHONE }] as const) {
      const page = await openSignedIn(path(), options);
      await page
        .getByRole('heading', { level: 1 })
        .or(page.getByRole('heading', { level: 2 }))
        .first()
        .waitFor();
      expect(await faultsOf(page), options.colorScheme).toEqual([]);
      // Nothing makes the page wider than the screen.
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow, options.colorScheme).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  it('breaks none where one signs in, nor in a dialog', async () => {
    const out = await open('/');
    await out.getByLabel('API key').waitFor();
    expect(await faultsOf(out)).toEqual([]);
    const page = await openSignedIn(`/subscriptions/${ids.get('CRM')}`, { colorScheme: 'dark' });
    await page
      .getByRole('list', { name: /^Attempts/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('dialog').getByText('The whole delivery').waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('is in French where the browser is', async () => {
    const page = await openSignedIn('/subscriptions', { locale: 'fr-FR' });
    await page.getByRole('heading', { name: 'Abonnements' }).waitFor();
  });

  it('switches the language, and keeps it', async () => {
    const page = await openSignedIn('/');
    await page.getByLabel('Language').selectOption('fr');
    await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.getByText('Ne répond plus').first().waitFor();
    expect(await page.getByText('Not answering').count()).toBe(0);
  });

  it('is used by keyboard alone: to a failed attempt, and back', async () => {
    const page = await openSignedIn('/subscriptions');
    await page.getByRole('link', { name: /^CRM/ }).waitFor();
    await tabTo(page, 'CRM');
    await page.keyboard.press('Enter');
    await page
      .getByRole('list', { name: /^Attempts/ })
      .getByRole('button')
      .first()
      .waitFor();
    await tabTo(page, 'Will be tried again');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('no such integration').waitFor();
    await tabTo(page, 'Body of the response: Raw');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('{"error":"no such integration","code":4041}').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toContain('Will be tried again');
  });

  it('lets a key that may read see everything and change nothing', async () => {
    const page = await openSignedIn(`/subscriptions/${ids.get('CRM')}`, { key: await keyWith('read') });
    await page.getByText('Read only').waitFor();
    const attempt = page
      .getByRole('list', { name: /^Attempts/ })
      .getByRole('button')
      .first();
    await attempt.click();
    await page.getByRole('dialog').getByText('no such integration').waitFor();
    expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    const changing =
      /^(Send|Replay|Edit$|Disable$|Enable$|Delete|Rotate|Reveal|Add|Load a|Publish|Register|Remove|Save|Create)/;
    for (const [, path] of PAGES.slice(0, -1)) {
      await page.goto(new URL(path(), page.url()).href);
      await page.waitForLoadState('networkidle');
      const main = page.getByRole('main');
      expect(await main.getByRole('button', { name: changing }).count(), path()).toBe(0);
      expect(await main.getByRole('link', { name: changing }).count(), path()).toBe(0);
    }
  });

  it('has nothing to show to a key that may publish alone, and says so', async () => {
    const page = await open('/');
    await page.getByLabel('API key').fill(await keyWith('publish'));
    await page.keyboard.press('Enter');
    await page.getByText('This key may only publish').waitFor();
  });

  it('asks for another key once this one is deleted', async () => {
    const { id, secret } = (
      await stack().call('POST', '/v1/projects/demo/keys', { name: 'Short-lived', scopes: ['read'] })
    ).body;
    const page = await openSignedIn('/subscriptions', { key: secret });
    await stack().call('DELETE', `/v1/projects/demo/keys/${id}`);
    // Functions may know the key for a minute: what they then answer is answered here.
    await page.route('**/v1/**', (route) => route.fulfill({ status: 401, body: '{}' }));
    await page.getByText('Your key no longer works').waitFor();
  });

  /** What the focus is on, after the name of its group where it has one. */
  const focused = (page: Page) =>
    page.evaluate(`(() => {
      const group = document.activeElement?.closest('fieldset')?.querySelector('legend')?.textContent;
      return [group, document.activeElement?.textContent].filter(Boolean).join(': ');
    })()`) as Promise<string>;

  /** Presses Tab until the focus is on what has this text. */
  async function tabTo(page: Page, text: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if ((await focused(page)).includes(text)) return;
    }
    throw new Error(`Tab does not lead to "${text}".`);
  }
});
