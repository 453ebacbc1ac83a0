import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { launchChromium } from './chromium.ts';

describe('the reference in a browser', () => {
  const stack = useStack();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`${stack().outputs.apiUrl}/docs`);
    return page;
  }

  const search = (page: Page) => page.getByRole('searchbox', { name: 'Search the reference' });
  const found = (page: Page) => page.locator('.side li:visible').allInnerTexts();
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.innerText');

  it('is searched with the keyboard alone', async () => {
    const page = await open();
    const all = (await found(page)).length;

    await page.keyboard.press('/');
    await page.keyboard.type('subscriptions secret');

    expect(await search(page).inputValue()).toBe('subscriptions secret');
    const matches = await found(page);
    expect(matches.map((text) => text.replaceAll('\n', ' '))).toEqual([
      expect.stringContaining('GET'),
      expect.stringContaining('POST'),
    ]);
    expect(await page.getByRole('status').innerText()).toBe('2 found');

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(matches[1]);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(matches[1]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('.search input:focus').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#rotateSigningSecret');

    await page.keyboard.press('/');
    expect(await page.locator('.search input:focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await search(page).inputValue()).toBe('');
    expect((await found(page)).length).toBe(all);
  });

  it('opens the first match with Enter, says that there is none, and types a slash into the search', async () => {
    const page = await open({ viewport: { width: 390, height: 800 } });
    await search(page).fill('/v1/projects/{project}/traffic');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#getProjectTraffic');

    await search(page).press('End');
    await page.keyboard.press('/');
    expect(await search(page).inputValue()).toBe('/v1/projects/{project}/traffic/');
    expect(await page.getByRole('status').innerText()).toBe('Nothing found');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#getProjectTraffic');
  });

  it('shows every example in the language that was chosen last, at the same place of the window', async () => {
    const page = await open();
    const section = page.locator('#createSubscription');
    expect(await section.locator('[data-language]:visible').getAttribute('data-language')).toBe('curl');
    const python = section.getByRole('button', { name: 'Python' });
    await python.scrollIntoViewIfNeeded();
    const before = (await python.boundingBox())?.y ?? Number.NaN;

    await python.click();

    expect((await python.boundingBox())?.y).toBeCloseTo(before, 0);
    expect(await python.getAttribute('aria-pressed')).toBe('true');
    const shown = (language: string) => page.locator(`[data-language="${language}"]:visible`).count();
    expect([await shown('curl'), await shown('Node')]).toEqual([0, 0]);
    expect(await shown('Python')).toBe(await page.locator('.operation').count());
    await page.reload();
    expect(await section.locator('[data-language]:visible').innerText()).toContain('urllib.request');
  });

  it('meets WCAG 2.2 AA in both colour schemes, with matches and another language', async () => {
    const page = await open();
    await search(page).fill('subscription');
    await page.locator('#createSubscription').getByRole('button', { name: 'Node' }).click();
    await expectAccessible(page);
  });

  it('works without its script: everything is listed, and examples are in curl', async () => {
    const page = await open({ javaScriptEnabled: false });
    expect(await page.getByRole('searchbox').count()).toBe(0);
    expect(await page.getByRole('button').count()).toBe(0);
    const example = page.locator('#createSubscription [data-language]:visible');
    expect(await example.innerText()).toMatch(/^curl '/);
  });
});
