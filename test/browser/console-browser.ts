import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Stack } from '../support/stack.ts';
import { launchChromium } from './chromium.ts';
import type { OwnProject } from './own-project.ts';

const POLLING = { interval: 20, timeout: 30_000 };
const LONGEST_REFETCH_INTERVAL_MS = 15_000;

export interface Console {
  /** Open a page with storage of its own. It is closed after the test. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Open a page that is signed in, with the key of the project by default. */
  openSignedIn(path: string, options?: BrowserContextOptions & { key?: string }): Promise<Page>;
  /** Open one signed-in page for all tests of a `describe` block. */
  useSignedInPage(options?: BrowserContextOptions & { key?: () => Promise<string> }): () => Page;
  /** Load a path of the console in an open page. */
  visit(page: Page, path: string): Promise<void>;
}

/** Start Chromium for the tests of a file. A page error, such as a breach of the content security policy, fails the test. */
export function useConsole(stack: () => Stack, project: () => OwnProject): Console {
  let browser: Browser | undefined;
  let complaints: string[] = [];
  const openedByTest = new Set<BrowserContext>();
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all([...openedByTest].map((context) => context.close()));
    openedByTest.clear();
    const found = complaints;
    complaints = [];
    expect(found).toEqual([]);
  });
  afterAll(() => browser?.close());

  const visit: Console['visit'] = async (page, path) => {
    await page.goto(new URL(path, stack().outputs.consoleUrl).href);
  };

  /** The token that the console would exchange a key for. */
  async function tokenOf(key: string): Promise<string> {
    const { id, project: projectCode } = (await stack().call('GET', '/v1/key', undefined, { bearer: key }))
      .body;
    const credentials = { projectCode, userName: id, password: key };
    return (await stack().call('POST', '/v1/Authenticate', credentials, { bearer: null })).body.authToken;
  }

  async function newPage(options: BrowserContextOptions, key?: string): Promise<Page> {
    if (browser === undefined) throw new Error('The browser has not started.');
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
    await context.clock.install();
    if (key !== undefined)
      await context.addInitScript(
        (session) => sessionStorage.setItem('ancrage.session', session),
        JSON.stringify({ token: await tokenOf(key) }),
      );
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // Tests cause error responses on purpose and look for them in the page.
      const isResponse = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isResponse) complaints.push(message.text());
    });
    return page;
  }

  async function openForTest(path: string, options: BrowserContextOptions, key?: string): Promise<Page> {
    const page = await newPage(options, key);
    openedByTest.add(page.context());
    await visit(page, path);
    return page;
  }

  return {
    open: (path = '/', options = {}) => openForTest(path, options),
    openSignedIn: (path, { key = project().key, ...options } = {}) => openForTest(path, options, key),
    useSignedInPage({ key, ...options } = {}) {
      let page: Page | undefined;
      beforeAll(async () => {
        page = await newPage(options, key === undefined ? project().key : await key());
      });
      afterAll(() => page?.context().close());
      return () => {
        if (page === undefined) throw new Error('The page has not been opened.');
        return page;
      };
    },
    visit,
  };
}

/** Wait until content is visible. Playwright's own `waitFor` falls back to two checks per second. */
export async function waitForContent(content: Locator): Promise<void> {
  await expect.poll(() => content.isVisible(), { message: String(content), ...POLLING }).toBe(true);
}

/**
 * Wait for content that a later refetch of the page brings. The page's clock is moved forward, so that each refetch is
 * due at once.
 */
export async function waitForRefetched(content: Locator): Promise<void> {
  const isVisible = async () => {
    await content.page().clock.fastForward(LONGEST_REFETCH_INTERVAL_MS);
    return content.isVisible();
  };
  await expect.poll(isVisible, { message: String(content), ...POLLING }).toBe(true);
}
