import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent, waitForRefetched } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const POLLING = { interval: 20, timeout: 30_000 };

describe('the request log of a project', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn, visit } = useConsole(stack, project);
  let receiver: Receiver;
  const ids = { orders: '', flaky: '', broken: '' };
  beforeAll(async () => {
    receiver = await startReceiver();
    const tries = new Map<string, number>();
    receiver.respond(({ path }, response) => {
      tries.set(path, (tries.get(path) ?? 0) + 1);
      const isDown = path === '/broken' || (path === '/flaky' && tries.get(path) === 1);
      response.writeHead(isDown ? 502 : 200).end();
    });
    const subscribe = async (name: string, event: string, retry: number[]) =>
      (await project().subscribe({ url: receiver.url(`/${event}`), events: [event], name, retry })).id;
    ids.orders = await subscribe('Orders', 'orders', [1]);
    ids.flaky = await subscribe('Shop', 'flaky', [1]);
    ids.broken = await subscribe('Archive', 'broken', [3600, 3600, 3600, 3600]);
    for (const type of ['orders', 'flaky', 'broken'])
      await project().publish({ type, id: `${type}-1`, data: {} });
    await eventually('the log of the project has every attempt', async () => {
      const { data } = (await project().call('GET', `${project().path}/attempts`)).body;
      expect(data).toHaveLength(4);
    });
  });
  afterAll(() => receiver?.stop());

  const rows = (page: Page) => page.getByRole('grid', { name: /^Attempts/ }).getByRole('link');
  const row = (page: Page, ...texts: (string | RegExp)[]) =>
    texts.reduce((found, hasText) => found.filter({ hasText }), rows(page));
  const parameters = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
  /** Note the parameters of the requests for the list. */
  function asked(page: Page): object[] {
    const all: object[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === `${project().path}/attempts`) all.push(Object.fromEntries(searchParams));
    });
    return all;
  }

  it('has the attempts of all subscriptions with their names, and says what became of the deliveries', async () => {
    const page = await openSignedIn('/log');
    await waitForContent(row(page, 'Orders', 'orders-1', 'HTTP 200', 'Delivered on attempt 1'));
    await waitForContent(row(page, 'Shop', 'HTTP 502', 'Attempt 1 failed, delivered on attempt 2'));
    await waitForContent(row(page, 'Shop', 'HTTP 200', 'Delivered on attempt 2'));
    await waitForContent(
      row(page, 'Archive', 'HTTP 502', /Attempt 1 failed, next in \d+ min.*(UTC|GMT|CET)/),
    );
    expect(await page.getByRole('combobox', { name: 'Subscription' }).inputValue()).toBe('');
    await waitForContent(
      page.getByText('Attempts may appear here with a delay and, in rare cases, not at all.'),
    );
    await expectAccessible(page);
  });

  it('says of an open attempt which one of how many it was, when the next is, and for which subscription', async () => {
    const page = await openSignedIn('/log');
    await row(page, 'Archive').click();
    const dialog = page.getByRole('dialog', { name: 'Attempt 1' });
    await waitForContent(dialog.getByText(/^HTTP 502Attempt 1 of 5 failed, next in \d+ min/));
    await waitForContent(dialog.getByRole('link', { name: 'Archive' }));
    await page.keyboard.press('Escape');
    await row(page, 'Shop', 'HTTP 502').click();
    await waitForContent(dialog.getByText('Attempt 1 of 2 failed, delivered on attempt 2'));
    await expectAccessible(page);
  });

  it('has the API filter by outcome, type, subscription and time, with the filters in the address', async () => {
    const page = await openSignedIn('/log');
    await waitForContent(rows(page).nth(3));
    const requests = asked(page);
    await page.getByLabel('Outcome').selectOption('failure');
    await expect.poll(() => rows(page).count(), POLLING).toBe(2);
    await page.getByRole('combobox', { name: 'Subscription' }).fill('Shop');
    await page.getByRole('option', { name: 'Shop' }).click();
    await expect.poll(() => rows(page).count(), POLLING).toBe(1);
    await page.getByRole('combobox', { name: 'Event type' }).fill('flaky');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: /^Time: / }).click();
    await page.getByRole('button', { name: 'Last hour' }).click();
    await expect
      .poll(() => parameters(page), POLLING)
      .toEqual({
        ...{ outcome: 'failure', subscription: ids.flaky, type: 'flaky' },
        since: expect.stringMatching(/^20\d\d-.*Z$/),
      });
    const filters = parameters(page);
    await expect.poll(() => requests, POLLING).toContainEqual({ ...filters, limit: '100' });
    await waitForContent(row(page, 'Shop', 'HTTP 502'));
    await page.reload();
    await waitForContent(row(page, 'Shop', 'HTTP 502'));
    expect(await rows(page).count()).toBe(1);
    expect(parameters(page)).toEqual(filters);

    await page.getByRole('combobox', { name: 'Event type' }).fill('never.published');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await waitForContent(rows(page).nth(3));
    expect(parameters(page)).toEqual({});
  });

  it('leads from a subscription’s attempts to its own log, which is complete', async () => {
    const page = await openSignedIn(`/log?subscription=${ids.flaky}`);
    await waitForContent(rows(page).nth(1));
    await page.getByRole('link', { name: 'Open the complete log of this subscription.' }).click();
    await waitForContent(page.getByRole('heading', { name: 'Shop' }));
    await waitForContent(row(page, 'Attempt 1 failed, delivered on attempt 2'));
  });

  it('shows a subscription without a name by its URL, and the chosen one by its name', async () => {
    await project().call('PATCH', `${project().path}/subscriptions/${ids.broken}`, { name: null });
    const page = await openSignedIn(`/log?subscription=${ids.broken}`);
    await waitForContent(row(page, receiver.url('/broken').replace('http://', '')));
    await project().call('PATCH', `${project().path}/subscriptions/${ids.broken}`, { name: 'Archive' });
    await page.reload();
    await waitForContent(row(page, 'Archive', 'broken-1'));
    const choice = page.getByRole('combobox', { name: 'Subscription' });
    await expect.poll(() => choice.inputValue(), POLLING).toBe('Archive');
  });

  it('does not claim that nothing matches while the API has more to search', async () => {
    const page = await openSignedIn('/usage');
    await page.route(
      ({ pathname, searchParams }) =>
        pathname === `${project().path}/attempts` && !searchParams.has('cursor'),
      (route) => route.fulfill({ json: { data: [], cursor: 'further' } }),
    );
    await page.route(
      ({ pathname, searchParams }) => pathname === `${project().path}/attempts` && searchParams.has('cursor'),
      (route) => route.fulfill({ json: { data: [], cursor: null } }),
    );
    await visit(page, '/log?type=rare');
    await waitForContent(page.getByText('0 found so far. There may be more.'));
    expect(await page.getByText('No matches').count()).toBe(0);
    const next = page.waitForRequest(/cursor=further/);
    await page.getByRole('button', { name: 'Look further' }).click();
    await next;
    await waitForContent(page.getByRole('heading', { name: 'No matches' }));
  });

  it('keeps what was found further down when a new attempt arrives', async () => {
    const page = await openSignedIn('/usage');
    const { data } = (await project().call('GET', `${project().path}/attempts`)).body;
    const [former, latest] = [
      { ...data[1], id: 'att_former', eventId: 'former' },
      { ...data[0], id: 'att_latest', eventId: 'latest' },
    ];
    let head: object[] = [];
    await page.route(
      ({ pathname }) => pathname === `${project().path}/attempts`,
      (route) =>
        new URL(route.request().url()).searchParams.has('cursor')
          ? route.fulfill({ json: { data: [former], cursor: null } })
          : route.fulfill({ json: { data: head, cursor: 'further' } }),
    );
    await visit(page, '/log?type=rare');
    await page.getByRole('button', { name: 'Look further' }).click();
    await waitForContent(row(page, 'former'));
    head = [latest];
    await waitForRefetched(row(page, 'latest'));
    expect(await rows(page).count()).toBe(2);
  });

  it('adds new attempts while it is open, and stops when told to', async () => {
    const page = await openSignedIn('/log?type=orders');
    await waitForContent(row(page, 'orders-1'));
    await project().publish({ type: 'orders', id: 'orders-2', data: {} });
    await waitForRefetched(row(page, 'orders-2'));
    expect(await rows(page).first().textContent()).toContain('orders-2');
    await page.getByLabel('Live').uncheck();
    const requests = asked(page);
    await page.clock.runFor(20_000);
    expect(requests).toEqual([]);
  });
});
