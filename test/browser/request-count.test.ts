import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const MOST_REQUESTS = 5;
const LONGEST_REFETCH_INTERVAL_MS = 15_000;
const PAGES_SOURCE = join(import.meta.dirname, '../../console/src/shell/pages.tsx');
const ROUTES = [...readFileSync(PAGES_SOURCE, 'utf8').matchAll(/<Route path="([^"]+)"/g)].map(
  ([, path]) => path as string,
);
const PARTS = ['', '/waiting', '/settings'];
const PATHS = ROUTES.flatMap((path) =>
  path.endsWith('/:part?') ? PARTS.map((part) => path.replace('/:part?', part)) : [path],
);

describe('a page of the console, on its first load and on each refresh,', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn, visit } = useConsole(stack, project);
  const receiver = useReceiver();
  let id: string;
  beforeAll(async () => {
    const { path } = project();
    for (let n = 0; n < 3; n++)
      await project().call('PUT', `${path}/event-types/order.n${n}`, { samples: [{ n }] });
    ({ id } = await project().subscribe({ url: receiver.url(), events: ['*'], name: 'Orders' }));
    await project().subscribe({ url: receiver.url(), events: ['*'], name: 'Paused', paused: true });
    await project().publish({ type: 'order.n0', id: 'order-1', data: {} });
    await eventually('the log of the project has the attempt', async () => {
      const { data } = (await project().call('GET', `${path}/attempts`)).body;
      expect(data).toHaveLength(1);
    });
  });

  /** Note the requests about the project. Those of the session, and the admin's list of projects, are made once. */
  function watch(page: Page) {
    const open = new Set<Request>();
    const sent: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (!pathname.startsWith(`${project().path}/`)) return;
      open.add(request);
      sent.push(`${request.method()} ${pathname.replace(project().path, '')}${search}`);
    });
    page.on('requestfinished', (request) => open.delete(request));
    page.on('requestfailed', (request) => open.delete(request));
    return { sent, isQuiet: () => open.size === 0 };
  }

  /** Let the time of the page go on for a second, during which nothing is polled, and each request end. */
  async function settle(page: Page, isQuiet: () => boolean): Promise<void> {
    for (let step = 0; step < 20; step++) {
      await page.clock.runFor(50);
      await expect.poll(isQuiet, { interval: 10, timeout: 30_000 }).toBe(true);
    }
  }

  it.each(PATHS)('makes at most five requests: %s', async (route) => {
    const page = await openSignedIn('/usage');
    await waitForContent(page.getByRole('row', { name: /^Running replays/ }));
    await page.clock.pauseAt(Date.now() + 3_600_000);
    const { sent, isQuiet } = watch(page);
    const names = { '/events/:id': '/events/order-1', '/event-types/:type': '/event-types/order.n0' };
    await visit(page, names[route as keyof typeof names] ?? route.replace(':id', id));
    const shown = async () => {
      await page.clock.runFor(50);
      return page.getByRole('heading', { level: 1 }).isVisible();
    };
    await expect.poll(shown, { interval: 50, timeout: 20_000 }).toBe(true);
    await settle(page, isQuiet);
    const first = sent.splice(0);
    await page.clock.fastForward(LONGEST_REFETCH_INTERVAL_MS);
    await settle(page, isQuiet);
    expect(first.length, first.join('\n')).toBeLessThanOrEqual(MOST_REQUESTS);
    expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  it('loads one page of a list that someone had read on for long, and refreshes no such list by itself', async () => {
    const page = await openSignedIn('/usage');
    const { body } = await project().call('GET', `${project().path}/subscriptions/${id}`);
    const pagesOf = 6;
    await page.route(
      ({ pathname }) => pathname === `${project().path}/subscriptions`,
      (route) => {
        const n = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
        const data = Array.from({ length: 100 }, (_, at) => ({ ...body, id: `sub_${n}_${at}` }));
        return route.fulfill({ json: { data, cursor: n + 1 < pagesOf ? String(n + 1) : null } });
      },
    );
    const link = (name: string) => page.getByRole('link', { name, exact: true });
    await link('Subscriptions').click();
    const rows = page.getByRole('grid', { name: 'Subscriptions' }).getByRole('row');
    const scrollToEnd = async () => {
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      return rows.last().getAttribute('aria-rowindex');
    };
    await expect.poll(scrollToEnd, { interval: 50, timeout: 60_000 }).toBe(String(pagesOf * 100));
    const { sent, isQuiet } = watch(page);
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await page.clock.fastForward(LONGEST_REFETCH_INTERVAL_MS);
    await settle(page, isQuiet);
    expect(sent).toEqual([]);
    await link('Usage').click();
    await settle(page, isQuiet);
    await link('Subscriptions').click();
    await settle(page, isQuiet);
    expect(sent).toEqual(['GET /usage', 'GET /subscriptions?limit=100']);
  });
});
