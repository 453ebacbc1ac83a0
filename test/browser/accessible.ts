import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 720 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

/** Return the rules of WCAG 2.2 AA that the page breaks, with the elements. The page must have loaded axe. */
async function violationsOf(page: Page, within: string): Promise<string[]> {
  const { violations } = (await page.evaluate(
    `axe.run('${within}', {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})`,
  )) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Colours change in a transition, and would be judged halfway through it. */
async function transitionsEnd(page: Page): Promise<void> {
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
}

/**
 * Check a page, or a part of it, in each look: it meets WCAG 2.2 AA, and the page is no wider than the screen.
 * @param within selector of the part. While a list of suggestions is open, React Aria hides the rest from screen readers.
 */
export async function expectAccessible(page: Page, within = 'html'): Promise<void> {
  await page.evaluate(axe.source);
  for (const { colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await transitionsEnd(page);
    expect(await violationsOf(page, within), colorScheme).toEqual([]);
    // Charts follow the width of the window a moment later.
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth - innerWidth'), {
        message: colorScheme,
        timeout: 10_000,
      })
      .toBeLessThanOrEqual(0);
  }
}
