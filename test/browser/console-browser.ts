import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Stack } from '../support/stack.ts';
import { launchChromium } from './chromium.ts';

export interface Console {
  /** A page of its own: what one test stores, no other sees. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same, signed in with a key: the admin's, or another. */
  openSignedIn(path: string, options?: BrowserContextOptions & { key?: string }): Promise<Page>;
}

/** One Chromium for the tests of a file. A page that logs an error, a breach of the policy above all, fails its test. */
export function useConsole(stack: () => Stack): Console {
  let browser: Browser | undefined;
  let complaints: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    const found = complaints;
    complaints = [];
    expect(found).toEqual([]);
  });
  afterAll(() => browser?.close());

  async function open(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    if (browser === undefined) throw new Error('The browser has not started.');
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // Answers that say no are the tests' own doing, and seen in the page.
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
    });
    await page.goto(new URL(path, stack().outputs.consoleUrl).href);
    return page;
  }

  return {
    open,
    async openSignedIn(path, { key = stack().outputs.adminKey, ...options } = {}) {
      const page = await open('/', options);
      await page.getByLabel(/API key|Clé d’API/).fill(key);
      await page.keyboard.press('Enter');
      await page.getByRole('navigation', { name: 'Pages' }).waitFor();
      if (path !== '/') await page.goto(new URL(path, stack().outputs.consoleUrl).href);
      return page;
    },
  };
}
