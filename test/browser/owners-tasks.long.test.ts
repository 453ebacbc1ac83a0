import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { SEEDED } from './seeded-data.ts';
import { lookUntil, rowsOf, useSeededStack } from './seeded-stack.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('ten tasks of the owner of an integration, among 5,000 subscriptions', () => {
  const { stack, project } = useSeededStack();
  const { openSignedIn } = useConsole(stack, project);
  const receiver = useReceiver();
  const at = (path: string) => `/p/${SEEDED.project}${path}`;
  const visit = (path: string) => openSignedIn(at(path));
  const call = async (method: string, path: string, body?: unknown) =>
    (await project().call(method, `${project().path}/${path}`, body)).body;
  const get = (path: string) => call('GET', path);
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

  /** Return a subscription of the project's owner, which gets the events of all customers. */
  async function busy(name: string): Promise<{ id: string; name: string }> {
    const { data } = await get('events?limit=1&type=payment.succeeded');
    const attempts = await get(`events/${data[0].id}/attempts?limit=100`);
    for (const { subscriptionId } of attempts.data) {
      const subscription = await get(`subscriptions/${subscriptionId}`);
      if (subscription.name === name) return subscription;
    }
    throw new Error(`There is no subscription ${name}.`);
  }
  const attempts = (page: Page) => rowsOf(page, /^Attempts/);
  const attemptOf = (page: Page, eventId: string) => attempts(page).filter({ hasText: eventId });

  it('1. finds which endpoints fail now, and why', async () => {
    const page = await visit('/');
    await waitForContent(page.getByRole('heading', { name: 'Failing now' }));
    const { failing } = await get('summary');
    const [{ name, lastFailure }] = failing.data.filter((endpoint: { lastFailure: string | null }) =>
      /^answered \d/.test(endpoint.lastFailure ?? ''),
    );
    const entry = page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });
    await waitForContent(entry.first());
    const status = /\d+/.exec(lastFailure)?.[0] ?? '';
    await waitForContent(entry.getByText(status).first());
    await page.getByRole('link', { name }).first().click();
    await waitForContent(page.getByRole('heading', { name, level: 1 }));
    await waitForContent(attempts(page).filter({ hasText: status }).first());
  });

  it("2. finds a customer's subscription by the customer's name", async () => {
    const { data } = await get('subscriptions?limit=100&state=healthy');
    const sought = data.findLast(({ metadata }: { metadata: object }) => 'customer' in metadata);
    const page = await visit('/subscriptions');
    await page.getByRole('searchbox', { name: /^Search by name/ }).fill(sought.name.toLowerCase());
    const link = page.getByRole('link', { name: sought.name });
    await lookUntil(page, () => link.first().isVisible());
    await link.first().click();
    await waitForContent(page.getByRole('heading', { name: sought.name, level: 1 }));
    await waitForContent(page.getByText(sought.url).first());
  });

  it('3. sees whether an event reached a subscription, and with what answer', async () => {
    const warehouse = await busy('Data warehouse');
    const { data } = await get(`subscriptions/${warehouse.id}/attempts?limit=1&outcome=success`);
    const [{ eventId }] = data;
    const page = await visit(`/events/${eventId}`);
    const delivery = page.getByRole('listitem').filter({ hasText: warehouse.name });
    await waitForContent(delivery.getByText('Delivered').first());
    await delivery
      .getByRole('link', { name: /, delivered on attempt/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await waitForContent(dialog.getByLabel('Response body'));
    expect(await dialog.getByLabel('Response body').textContent()).toContain('received');
  });

  it('4. resends the failed deliveries of the last hours to one subscription', async () => {
    const crm = await busy('Fraud checks');
    const since = ago(6 * HOUR_MS);
    // The owner of the endpoint has repaired it.
    await call('PATCH', `subscriptions/${crm.id}`, { url: receiver.url('/repaired') });
    const { data: failed } = await get(
      `subscriptions/${crm.id}/attempts?limit=100&outcome=failure&since=${since}`,
    );
    const events = [...new Set<string>(failed.map(({ eventId }: { eventId: string }) => eventId))].slice(
      0,
      3,
    );
    expect(events.length).toBeGreaterThan(0);
    const page = await visit(`/subscriptions/${crm.id}?outcome=failure&since=${since}`);
    for (const eventId of events) {
      const row = attemptOf(page, eventId).first();
      await waitForContent(row);
      await row.getByRole('checkbox').check();
    }
    await page.getByRole('button', { name: 'Resend these' }).click();
    for (const eventId of events)
      await receiver.waitFor(
        1,
        ({ path, headers }) => path === '/repaired' && headers['webhook-id'] === eventId,
      );
  });

  it('5. pauses a subscription, and resumes it', async () => {
    const { id } = await busy('Finance archive');
    const page = await visit(`/subscriptions/${id}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await waitForContent(page.getByText('Paused manually'));
    expect((await get(`subscriptions/${id}`)).paused).toBe(true);
    await page.getByRole('button', { name: 'Resume' }).click();
    await waitForContent(page.getByRole('button', { name: 'Pause' }));
    expect((await get(`subscriptions/${id}`)).paused).toBe(false);
  });

  it('6. finds the failures of an event type since yesterday', async () => {
    const { id } = await busy('Data warehouse');
    const since = ago(DAY_MS);
    const { data } = await get(`subscriptions/${id}/attempts?limit=100&outcome=failure&since=${since}`);
    const [{ eventType }] = data;
    const expected = data.filter((attempt: { eventType: string }) => attempt.eventType === eventType);
    const page = await visit(`/subscriptions/${id}?outcome=failure&since=${since}`);
    await waitForContent(attempts(page).first());
    await page.getByRole('main').getByLabel('Event type').first().fill(eventType);
    // Leaves the suggestions, beside which nothing else can be used.
    await page.keyboard.press('Tab');
    await waitForContent(attemptOf(page, expected[0].eventId).first());
    await expect
      .poll(async () => (await attempts(page).allInnerTexts()).every((text) => text.includes(eventType)))
      .toBe(true);
  });

  it('7. changes the secret of a subscription', async () => {
    const { id } = await busy('Search index').catch(() => busy('Billing'));
    const page = await visit(`/subscriptions/${id}/settings`);
    const { secret: before } = await get(`subscriptions/${id}/secret`);
    await page.getByRole('button', { name: 'Rotate' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Rotate/ })
      .click();
    await waitForContent(page.getByTestId('secret').getByText(/^whsec_[A-Za-z0-9+/]/));
    const { secret: after } = await get(`subscriptions/${id}/secret`);
    expect(await page.getByTestId('secret').textContent()).toBe(after);
    expect(after).not.toBe(before);
  });

  it('8. sends a test request, and sees the answer', async () => {
    const { id } = await project().subscribe({ url: receiver.url('/tested'), events: ['order.created'] });
    const page = await visit(`/subscriptions/${id}`);
    await page.getByRole('button', { name: 'Send test request' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send test request' });
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await waitForContent(dialog.getByText('Succeeded'));
    const [request] = await receiver.waitFor(1, ({ path }) => path === '/tested');
    expect(request?.headers['ancrage-test']).toBe('true');
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ type: 'order.created' });
  });

  it('9. adds a subscription, whose endpoint gets its first delivery', async () => {
    const page = await visit('/subscriptions/new');
    await waitForContent(page.getByLabel('invoice.voided'));
    await page.getByLabel('URL', { exact: true }).fill(receiver.url('/added'));
    await page.getByLabel('Name', { exact: true }).fill('Added today');
    await page.getByLabel('invoice.voided').check();
    await page.getByRole('button', { name: 'Create subscription' }).click();
    await waitForContent(page.getByRole('heading', { name: 'Added today' }));
    await project().publish({ type: 'invoice.voided', id: 'first-delivery', data: { customer: 'cus_new' } });
    const [request] = await receiver.waitFor(1, ({ path }) => path === '/added');
    expect(request?.headers['webhook-id']).toBe('first-delivery');
    await page.getByRole('link', { name: 'Request log' }).last().click();
    const row = attempts(page).filter({ hasText: 'first-delivery' });
    await waitForContent(row.filter({ hasText: 'Delivered on attempt 1' }));
  });

  it('10. reads how many deliveries wait for an endpoint', async () => {
    const { data } = await get('subscriptions?limit=100&state=paused');
    const { id, name, health } = data.find(
      (subscription: { paused: boolean; health: { held: number } }) =>
        subscription.paused && subscription.health.held > 0,
    );
    const page = await visit(`/subscriptions?state=paused`);
    const row = rowsOf(page, 'Subscriptions').filter({ hasText: name });
    await eventually('the row says how many wait', async () => {
      expect(await row.first().innerText()).toContain(`${health.held} queued`);
    });
    await row.first().getByRole('link').first().click();
    await page.getByRole('link', { name: /^\d+ deliver/ }).click();
    await waitForContent(page.getByRole('table', { name: 'Queued deliveries' }));
    const rows = page.getByRole('table', { name: 'Queued deliveries' }).locator('tbody').getByRole('row');
    expect(await rows.count()).toBe((await get(`subscriptions/${id}/deliveries?limit=100`)).data.length);
  });
});
