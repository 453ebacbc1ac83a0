import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { newId } from '../../core/kernel/ids.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';
import { status, useReceiver } from '../support/receiver.ts';
import { attemptRecord, eventRecord, subscriptionRecord } from '../support/records.ts';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent, waitForRefetched } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const POLLING = { interval: 20, timeout: 30_000 };
const CUSTOMERS = 30;

describe('the page of an event with many deliveries', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const event = 'order-1';
  beforeAll(async () => {
    const { table, project: id } = project();
    const expiresAt = Date.now() + 86_400_000;
    const [acceptedAt, at] = [new Date().toISOString(), new Date().toISOString()];
    await eventStore(table).putOnce(
      eventRecord({ project: id, id: event, type: 'order.paid', acceptedAt, time: acceptedAt, expiresAt }),
      'message',
    );
    const attempts: RecordedAttempt[] = [];
    for (let n = 1; n <= CUSTOMERS; n++) {
      const subscriptionId = newId('sub', Date.now() + n);
      await subscriptionStore(table).create(
        subscriptionRecord({
          ...{ project: id, id: subscriptionId, name: `Customer ${n}`, events: ['none'] },
          url: `https://hooks-${n}.example.com/order`,
        }),
      );
      // The last one was delivered on its fourth attempt; the one before has failed.
      const last = n === CUSTOMERS ? 4 : 1;
      for (let number = 1; number <= last; number++) {
        const isDelivered = number === last && n !== CUSTOMERS - 1;
        attempts.push(
          attemptRecord({
            ...{ id: `att_${n}_${number}`, project: id, eventId: event, eventType: 'order.paid' },
            ...{ subscriptionId, number, at, expiresAt },
            ...(!isDelivered && {
              ...{ outcome: 'failure', error: 'status', detail: 'answered 502' },
              response: { status: 502, headers: {}, body: '' },
              nextAttemptAt: number === last ? null : at,
            }),
          }),
        );
      }
    }
    await attemptLog(table).record(attempts);
  });
  const rows = (page: Page) =>
    page
      .getByRole('list', { name: 'Deliveries' })
      .getByRole('listitem')
      .filter({ has: page.getByRole('link') });

  it('says page by page what each endpoint answered, and on which attempt', async () => {
    const page = await openSignedIn(`/events/${event}`);
    await waitForContent(page.getByText('25 found so far. There may be more.'));
    expect(await rows(page).count()).toBe(25);
    await page.getByRole('button', { name: 'Look further' }).click();
    await waitForContent(rows(page).getByText('200, delivered on attempt 4'));
    await waitForContent(rows(page).getByText('502, failed on its only attempt'));
    expect(await rows(page).count()).toBe(CUSTOMERS);
    expect(await page.getByText('There may be more.').count()).toBe(0);
    await page.getByText('All attempts').click();
    await waitForContent(page.getByText('HTTP 502').nth(2));
    await expectAccessible(page);
  });

  it('opens attempts by links, and from one to the next without a step back', async () => {
    const page = await openSignedIn(`/events/${event}?name=CUSTOMER+30`);
    const dialog = page.getByRole('dialog');
    await page.getByRole('link', { name: '200, delivered on attempt 4' }).click();
    await waitForContent(dialog.getByRole('heading', { name: 'Attempt 4' }));
    await dialog.getByRole('link', { name: 'Attempt 2' }).click();
    await waitForContent(dialog.getByRole('heading', { name: 'Attempt 2' }));
    expect(new URL(page.url()).searchParams.get('attempt')).toBe(`att_${CUSTOMERS}_2`);
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?name=CUSTOMER+30');
    await page.getByText('All attempts').click();
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Attempt 3' }).click({ modifiers: ['ControlOrMeta'] });
    await waitForContent((await opened).getByRole('dialog').getByRole('heading', { name: 'Attempt 3' }));
    expect(await dialog.count()).toBe(0);
  });

  it('finds a customer by name or host, and a state, and says when there is none', async () => {
    const page = await openSignedIn(`/events/${event}`);
    await waitForContent(page.getByText('25 found so far.'));
    await page.getByLabel('Search by name or host').fill('CUSTOMER 30');
    await waitForContent(page.getByText('200, delivered on attempt 4'));
    expect(await rows(page).count()).toBe(1);
    expect(new URL(page.url()).search).toBe('?name=CUSTOMER+30');
    await page.getByLabel('Search by name or host').fill('hooks-29.');
    await waitForContent(page.getByText('502, failed on its only attempt'));
    await page.getByLabel('State').selectOption('Delivered');
    await waitForContent(page.getByText('No delivery matches'));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await waitForContent(page.getByText('25 found so far.'));
  });

  it('does not say that there is none while more can be looked at', async () => {
    const page = await openSignedIn('/usage');
    await page.route(
      ({ pathname }) => pathname.endsWith('/deliveries'),
      (route) => {
        const isFirst = !route.request().url().includes('cursor=');
        return route.fulfill({ json: { data: [], cursor: isFirst ? 'x' : null } });
      },
    );
    await page.goto(new URL(`/events/${event}?name=nobody`, page.url()).href);
    await waitForContent(page.getByText('0 found so far. There may be more.'));
    expect(await page.getByText('No delivery matches').count()).toBe(0);
    await page.getByRole('button', { name: 'Look further' }).click();
    await waitForContent(page.getByText('No delivery matches'));
  });
});

describe('the page of jobs', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const receiver = useReceiver();
  const row = (page: Page, hasText: RegExp) =>
    page.getByRole('list', { name: 'Jobs' }).getByRole('listitem').filter({ hasText });

  it('says that there are none only when the API has said so', async () => {
    const page = await openSignedIn('/jobs');
    await waitForContent(page.getByText('No jobs in the last 30 days'));
    await page.route(
      ({ pathname }) => pathname === `${project().path}/jobs`,
      (route) =>
        route.fulfill({ status: 403, json: { title: 'Forbidden', status: 403, detail: 'Not now.' } }),
    );
    await page.goto(new URL('/jobs?state=done', page.url()).href);
    await waitForContent(page.getByRole('alert').getByText('Not now.'));
    expect(await page.getByText('No matches').count()).toBe(0);
  });

  it('lists replays with their subscription, and erasures for those who may manage', async () => {
    receiver.respond(status(200));
    const { subscribe, call, path, createKey } = project();
    const { id } = await subscribe({ url: receiver.url(), events: ['a'], name: 'Billing' });
    const since = new Date(Date.now() - 60_000).toISOString();
    await call('POST', `${path}/subscriptions/${id}/replay`, { since, only: 'all' });
    await call('POST', `${path}/erasures`, { actor: { email: 'ada@example.com' } });
    const page = await openSignedIn('/jobs');
    await waitForContent(row(page, /ada@example.com/).getByText('Running'));
    await waitForRefetched(row(page, /Replay to Billing/).getByText('Done'));
    await waitForContent(row(page, /Replay to Billing/).getByText('0 deliveries'));
    await expectAccessible(page);
    await page.getByLabel('Kind').selectOption('Replays');
    await expect.poll(() => row(page, /ada@example.com/).count(), POLLING).toBe(0);
    await row(page, /Replay to Billing/)
      .getByRole('link')
      .click();
    await waitForContent(page.getByRole('heading', { name: 'Billing' }));

    const reader = await openSignedIn('/jobs', { key: (await createKey('read')).secret });
    await waitForContent(row(reader, /Replay to Billing/));
    expect(await row(reader, /ada@example.com/).count()).toBe(0);
    expect(await reader.getByLabel('Kind').count()).toBe(0);
  });
});

describe('a subscription that was never tried', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const receiver = useReceiver();

  it('is not called healthy until a delivery was attempted', async () => {
    receiver.respond(status(200));
    const { subscribe, publish } = project();
    const { id } = await subscribe({ url: receiver.url(), events: ['a'], name: 'Quiet' });
    const page = await openSignedIn('/subscriptions');
    await waitForContent(page.getByRole('link', { name: /Quiet/ }).getByText('Not tried yet'));
    await page.goto(new URL(`/subscriptions/${id}`, page.url()).href);
    await waitForContent(page.getByText('No delivery was attempted yet'));
    expect(await page.getByRole('main').getByText('Healthy').count()).toBe(0);
    await publish({ type: 'a', data: {} });
    await waitForRefetched(page.getByRole('main').getByText('Healthy'));
  });

  it('is found among the others by a part of its name, which the API looks for', async () => {
    const { subscribe } = project();
    await subscribe({ url: receiver.url(), events: ['a'], name: 'Needle' });
    const page = await openSignedIn('/subscriptions');
    await waitForContent(page.getByRole('link', { name: /Quiet/ }));
    await page.getByLabel('Search by name, host or ID').fill('needl');
    await expect.poll(() => page.getByRole('link', { name: /Quiet/ }).count(), POLLING).toBe(0);
    await waitForContent(page.getByRole('link', { name: /Needle/ }));
    await page.route(
      ({ pathname, search }) => pathname.endsWith('/subscriptions') && search.includes('name=far'),
      (route) => route.fulfill({ json: { data: [], cursor: 'x' } }),
    );
    await page.getByLabel('Search by name, host or ID').fill('far away');
    await waitForContent(page.getByText('0 found so far. There may be more.'));
    expect(await page.getByText('No matches').count()).toBe(0);
  });
});
