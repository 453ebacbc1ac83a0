import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page, Request } from 'playwright-core';
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
/** The pages whose address can have an open attempt, which also has the part of the list that a filter lets through. */
const PATHS_WITH_ATTEMPT = ['/log', '/log?subscription=:other', '/subscriptions/:id', '/events/:id'];
/** The log keeps only the beginning of so long a body. */
const LONG = 'x'.repeat(40_000);

describe('a page of the console, on its first load and on each refresh,', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn, visit } = useConsole(stack, project);
  const receiver = useReceiver();
  let id: string;
  let other: string;
  let attempt: string;
  beforeAll(async () => {
    const { path } = project();
    for (let n = 0; n < 3; n++)
      await project().call('PUT', `${path}/event-types/order.n${n}`, { samples: [{ n }] });
    ({ id } = await project().subscribe({ url: receiver.url(), events: ['*'], name: 'Orders' }));
    const paused = { url: receiver.url(), events: ['*'], name: 'Paused', paused: true };
    other = (await project().subscribe(paused)).id;
    await project().publish({ type: 'order.n0', id: 'order-1', data: { LONG } });
    await eventually('the log of the project has the attempt', async () => {
      const { data } = (await project().call('GET', `${path}/attempts`)).body;
      expect(data).toHaveLength(1);
      attempt = data[0].id;
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

  const pathOf = (route: string) => {
    const names = { '/events/:id': '/events/order-1', '/event-types/:type': '/event-types/order.n0' };
    return names[route as keyof typeof names] ?? route.replace(':id', id).replace(':other', other);
  };

  /** Load a page at a standstill of its time, then let it refresh. */
  async function requestsOf(path: string, content: (page: Page) => Locator) {
    const page = await openSignedIn('/usage');
    await waitForContent(page.getByRole('row', { name: /^Running replays/ }));
    await page.clock.pauseAt(Date.now() + 3_600_000);
    const { sent, isQuiet } = watch(page);
    await visit(page, path);
    const shown = async () => {
      await page.clock.runFor(50);
      return content(page).isVisible();
    };
    await expect.poll(shown, { interval: 50, timeout: 20_000 }).toBe(true);
    await settle(page, isQuiet);
    const first = sent.splice(0);
    await page.clock.fastForward(LONGEST_REFETCH_INTERVAL_MS);
    await settle(page, isQuiet);
    return { page, first, refreshed: sent };
  }

  function expectFew(requests: readonly string[]): void {
    expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(MOST_REQUESTS);
  }

  it.each(PATHS)('makes at most five requests: %s', async (route) => {
    const heading = (page: Page) => page.getByRole('heading', { level: 1 });
    const { first, refreshed } = await requestsOf(pathOf(route), heading);
    expectFew(first);
    expectFew(refreshed);
  });

  it.each(PATHS_WITH_ATTEMPT)('makes at most five requests with an open attempt: %s', async (route) => {
    const path = pathOf(route);
    const query = `event=order-1&attempt=${attempt}`;
    const { page, first, refreshed } = await requestsOf(
      `${path}${path.includes('?') ? '&' : '?'}${query}`,
      (shown) => shown.getByRole('dialog', { name: 'Attempt 1' }).getByRole('list').getByText('Attempt 1'),
    );
    await waitForContent(page.getByRole('button', { name: 'Show the whole body' }));
    expectFew(first);
    expectFew(refreshed);
  });

  it('has no other page whose address can have an open attempt', () => {
    const folder = join(import.meta.dirname, '../../console/src/pages');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.tsx') && readFileSync(join(folder, file), 'utf8').includes('<AttemptDialog'),
    );
    // The list is that of the request log and of a subscription.
    expect(files.toSorted()).toEqual(['event/deliveries.tsx', 'request-log/attempt-list.tsx']);
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
