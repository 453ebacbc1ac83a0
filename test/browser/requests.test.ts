import type { Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const POLLING = { interval: 20, timeout: 30_000 };

describe('the requests of the console', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const receiver = useReceiver();
  beforeAll(async () => {
    await project().subscribe({ url: receiver.url(), events: ['*'], name: 'Orders' });
    await project().publish({ type: 'order.paid', id: 'order-1', data: {} });
  });

  const nameOf = (request: Request): string => {
    const { pathname, search } = new URL(request.url());
    return pathname.replace(project().path, '') + decodeURIComponent(search);
  };
  const isList = (request: Request, path: string) => nameOf(request).startsWith(`${path}?`);

  /** Note the requests to a list of the project, and those that Chromium aborted. */
  function watch(page: Page, path: string) {
    const sent: string[] = [];
    const aborted: string[] = [];
    page.on('request', (request) => {
      if (isList(request, path)) sent.push(nameOf(request));
    });
    page.on('requestfailed', (request) => {
      if (isList(request, path) && request.failure()?.errorText === 'net::ERR_ABORTED')
        aborted.push(nameOf(request));
    });
    return { sent, aborted };
  }
  /** Let the API be silent about a list. */
  const hold = (page: Page, path: string) =>
    page.route(
      ({ pathname }) => pathname === project().path + path,
      () => {},
    );

  it('are aborted on the wire when their page is left', async () => {
    const page = await openSignedIn('/usage');
    await waitForContent(page.getByRole('row', { name: /^Running replays/ }));
    await hold(page, '/events');
    const { sent, aborted } = watch(page, '/events');
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await expect.poll(() => sent, POLLING).toHaveLength(1);
    expect(aborted).toEqual([]);
    await page.getByRole('link', { name: 'Usage', exact: true }).click();
    await expect.poll(() => aborted, POLLING).toEqual(sent);
  });

  it('are aborted on the wire when a filter changes', async () => {
    const page = await openSignedIn('/events');
    await waitForContent(page.getByText('order-1', { exact: true }));
    await hold(page, '/events');
    const { sent, aborted } = watch(page, '/events');
    const type = page.getByRole('combobox', { name: 'Event type' });
    await type.fill('order');
    await type.press('Enter');
    await expect.poll(() => sent, POLLING).toEqual(['/events?type=order&limit=50']);
    await type.fill('invoice');
    await type.press('Enter');
    await expect.poll(() => aborted, POLLING).toEqual(['/events?type=order&limit=50']);
    await expect.poll(() => sent.at(-1), POLLING).toBe('/events?type=invoice&limit=50');
  });

  it('follow a typed filter once typing pauses', async () => {
    const page = await openSignedIn('/subscriptions');
    await waitForContent(page.getByRole('link', { name: /^Orders/ }));
    const { sent } = watch(page, '/subscriptions');
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.getByLabel('Search by name').pressSequentially('orders');
    const filtered = () => sent.filter((request) => request.includes('name='));
    await page.clock.runFor(200);
    expect(filtered()).toEqual([]);
    expect(new URL(page.url()).search).toBe('');
    await page.clock.runFor(200);
    await expect.poll(filtered, POLLING).toEqual(['/subscriptions?name=orders&limit=100']);
    expect(new URL(page.url()).search).toBe('?name=orders');
  });

  it('for the next page of a list are not repeated once one fails, until the user does', async () => {
    const page = await openSignedIn('/usage');
    const [first] = (await project().call('GET', `${project().path}/events`)).body.data;
    const data = Array.from({ length: 100 }, (_, at) => ({ ...first, id: `event-${at}` }));
    let fails = true;
    await page.route(
      ({ pathname }) => pathname === `${project().path}/events`,
      (route) => {
        if (!new URL(route.request().url()).searchParams.has('cursor'))
          return route.fulfill({ json: { data, cursor: 'next' } });
        return fails
          ? route.fulfill({ status: 400, json: { title: 'Bad', status: 400, detail: 'The table is busy.' } })
          : route.fulfill({ json: { data: [{ ...first, id: 'the-last' }], cursor: null } });
      },
    );
    const { sent } = watch(page, '/events');
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await waitForContent(page.getByText('event-0', { exact: true }));
    const toEnd = () => page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await expect
      .poll(async () => {
        await toEnd();
        return page.getByRole('alert').getByText('The table is busy.').isVisible();
      }, POLLING)
      .toBe(true);
    await page.clock.runFor(2_000);
    expect(sent.filter((name) => name.includes('cursor='))).toHaveLength(1);
    fails = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect
      .poll(async () => {
        await toEnd();
        return page.getByText('the-last', { exact: true }).isVisible();
      }, POLLING)
      .toBe(true);
  });
});
