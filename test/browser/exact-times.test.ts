import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { attempts, type ConsolePage, PAGES } from './console-pages.ts';
import { useOwnProject } from './own-project.ts';
import { usePopulatedProject } from './populated-project.ts';

const UNITS = String.raw`(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|jours?|j|weeks?|semaines?)\.?`;
const COUNT = String.raw`\d[\d,.\u202f\u00a0]*\s`;
/** Times relative to now, and how long something has lasted until now, as the console writes them in either language. */
const KINDS: Readonly<Record<string, string>> = {
  ago: `${COUNT}${UNITS} ago`,
  in: `in ${COUNT}${UNITS}`,
  for: `for ${COUNT}${UNITS}`,
  'il y a': `il y a ${COUNT}${UNITS}`,
  dans: `dans ${COUNT}${UNITS}`,
  depuis: `depuis ${COUNT}${UNITS}`,
  word: '^(?:now|yesterday|tomorrow|maintenant|hier|demain|avant-hier|après-demain)$',
};
/** A date, a time with seconds and a zone: 21 Nov 2026, 21:04:48 CET. */
const EXACT = String.raw`\d{4},? \d{2}:\d{2}:\d{2} (?:UTC|GMT|[A-Z]{3,4})\b`;

interface Found {
  readonly kind: string;
  readonly text: string;
  /** The same element shows the exact time, and all of it. */
  readonly isExact: boolean;
}

/** A function of the page that returns the relative times that it shows. */
const FIND = `(kinds, exact) => {
  const isShown = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    // What only screen readers read is a pixel wide.
    const { width, height, left, right } = element.getBoundingClientRect();
    return width > 1 && height > 1 && right > 0 && left < document.documentElement.clientWidth;
  };
  const isWhole = (element) => {
    const { left, right } = element.getBoundingClientRect();
    if (left < 0 || Math.floor(right) > document.documentElement.clientWidth) return false;
    for (let box = element.parentElement; box !== null; box = box.parentElement) {
      const around = box.getBoundingClientRect();
      const isCut = left < Math.floor(around.left) || right > Math.ceil(around.right);
      if (getComputedStyle(box).overflowX !== 'visible' && isCut) return false;
    }
    return isShown(element);
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement, textContent } = texts.currentNode;
    // What was published and answered is not the console's own text.
    if (!isShown(parentElement) || parentElement.closest('pre, code, [contenteditable], .mono, option')) continue;
    for (const [kind, pattern] of Object.entries(kinds)) {
      if (!new RegExp('(?<![\\\\w-])(?:' + pattern + ')(?![\\\\w-])', 'i').test(textContent.trim())) continue;
      const time = parentElement.closest('time');
      const beside = [...(time?.querySelectorAll('*') ?? [])].find((each) => new RegExp(exact).test(each.textContent));
      found.push({
        kind,
        text: (time ?? parentElement).textContent,
        isExact: beside !== undefined && isWhole(beside),
      });
    }
  }
  return found;
}`;

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

describe('a time relative to now', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { useSignedInPage, visit } = useConsole(stack, project);
  const pathOf = usePopulatedProject(project);
  const seen = new Set<string>();

  /** Check what the page shows in each size. */
  async function expectExact(page: Page): Promise<void> {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const found = (await page.evaluate(
        `(${FIND})(${JSON.stringify(KINDS)}, ${JSON.stringify(EXACT)})`,
      )) as Found[];
      expect(found.filter(({ isExact }) => !isExact).map(({ text }) => text)).toEqual([]);
      for (const { kind } of found) seen.add(kind);
    }
    await page.setViewportSize(SIZES[0] as (typeof SIZES)[number]);
  }

  describe('has the exact one with its zone beside it', () => {
    // GMT+5:30 is longer than most names, so that times are long on any day of the year.
    const page = useSignedInPage({ timezoneId: 'Asia/Kolkata' });

    it.each(PAGES)('on $name', async ({ path, content }: ConsolePage) => {
      await visit(page(), pathOf(path));
      await waitForContent(content(page()));
      await expectExact(page());
    });

    it('in an open attempt', async () => {
      await visit(page(), pathOf('/subscriptions/{CRM}'));
      await attempts(page()).first().click();
      await waitForContent(
        page()
          .getByRole('dialog')
          .getByText(/next in/)
          .first(),
      );
      await expectExact(page());
    });

    it('of a job', async () => {
      const slack = pathOf('{Large invoices to Slack}');
      await project().call('POST', `${project().path}/subscriptions/${slack}/replay`, {
        ...{ since: new Date(0).toISOString(), only: 'all' },
      });
      await visit(page(), '/jobs');
      await waitForContent(page().getByRole('list', { name: 'Jobs' }).locator('time .exact').first());
      await expectExact(page());
    });

    it('in French', async () => {
      await page().evaluate("localStorage.setItem('ancrage.language', 'fr')");
      for (const path of ['/', '/log', '/subscriptions', '/subscriptions/{Analytics}', '/events']) {
        await visit(page(), pathOf(path));
        await waitForContent(page().locator('time .exact').first());
        await expectExact(page());
      }
    });

    it('and no kind was missing on all of these pages', () => {
      for (const kind of ['ago', 'in', 'for', 'il y a', 'depuis']) expect(seen).toContain(kind);
    });
  });
});
