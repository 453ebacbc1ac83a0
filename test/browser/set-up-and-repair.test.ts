import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver, status, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent, waitForRefetched } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

describe('setting up, watching and repairing a webhook in the console', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    await project().call(
      'PUT',
      `${project().path}/event-types/order.paid`,
      '{"samples": [{"total": 1250.50}]}',
    );
  });
  afterAll(() => receiver?.stop());

  const subscriptions = async () =>
    (await project().call('GET', `${project().path}/subscriptions`)).body.data;
  const attempts = (page: Page): Locator => page.getByRole('grid', { name: /^Attempts/ }).getByRole('link');

  /** Replace the text of a code editor. */
  async function write(editor: Locator, text: string): Promise<void> {
    await editor.and(editor.page().locator('[contenteditable]')).click();
    await editor.page().keyboard.press('ControlOrMeta+A');
    await editor.page().keyboard.insertText(text);
  }

  it('creates a subscription from the form, with faults beside the fields and a live preview', async () => {
    const page = await openSignedIn('/subscriptions/new');
    await waitForContent(page.getByLabel('order.paid'));
    await page.getByRole('button', { name: 'Create subscription' }).click();
    await waitForContent(page.getByText('Enter a complete URL'));
    await waitForContent(page.getByText('Select at least one event type.'));

    await page.getByLabel('URL', { exact: true }).fill(receiver.url('/orders'));
    await page.getByLabel('Name', { exact: true }).fill('Orders');
    await page.getByLabel('order.paid').check();
    await write(page.getByLabel('Send only if'), 'data.total > 2000');
    await page.getByLabel('Timeout in seconds').fill('99');
    await page.getByLabel('On failure').selectOption('none');
    await waitForContent(page.getByText('Enter 30 or less.'));
    await page.getByLabel('Timeout in seconds').fill('5');

    const preview = page.getByRole('region', { name: 'Preview' });
    await waitForContent(preview.getByText('Condition false'));
    await write(page.getByLabel('Send only if'), 'data.total > 1000');
    await waitForContent(preview.getByText('Condition true'));
    await waitForContent(preview.getByText('webhook-signature'));
    // The number literal is kept: not 1250.5.
    await waitForContent(preview.getByText('1250.50'));
    await write(page.getByLabel('Send only if'), 'data.total >');
    await waitForContent(preview.getByText('Some settings are not valid yet'));
    await write(page.getByLabel('Send only if'), 'data.total > 1000');
    await waitForContent(preview.getByText('Condition true'));

    await page.getByRole('button', { name: 'Create subscription' }).click();
    await waitForContent(page.getByRole('heading', { name: 'Orders' }));
    const [created] = await subscriptions();
    expect(created).toMatchObject({
      url: receiver.url('/orders'),
      name: 'Orders',
      events: ['order.paid'],
      condition: 'data.total > 1000',
      timeoutSeconds: 5,
      retry: 'none',
    });
  });

  it('preselects the defaults of a format until the user chooses otherwise, and requires its setting', async () => {
    const page = await openSignedIn('/subscriptions/new');
    const preview = page.getByRole('region', { name: 'Preview' });
    const choose = (format: string) => page.getByRole('radio', { name: new RegExp(`^${format} `) }).check();
    const selected = () =>
      Promise.all(['On failure', 'Signature'].map((label) => page.getByLabel(label).inputValue()));
    await waitForContent(preview.getByText('webhook-signature'));
    await choose('hirehop');
    await waitForContent(preview.getByText('export_key'));
    expect(await selected()).toEqual(['none', 'none']);
    expect(await preview.getByText('webhook-signature').count()).toBe(0);
    await page.getByLabel('On failure').selectOption('custom');
    await choose('template');
    expect(await selected()).toEqual(['custom', 'standard']);

    await page.getByLabel('URL', { exact: true }).fill(receiver.url('/orders'));
    await page.getByLabel('order.paid').check();
    await page.getByRole('button', { name: 'Create subscription' }).click();
    await waitForContent(page.getByRole('group', { name: 'Template' }).getByText('This field is required.'));
  });

  it('marks the line of a template that does not render JSON, until it is mended', async () => {
    const page = await openSignedIn('/subscriptions/new');
    await page.getByLabel('order.paid').check();
    await page.getByRole('radio', { name: /^template / }).check();
    const editor = page.getByLabel('Template');
    const marked = page.locator('.cm-failing');
    await write(editor, '{\n  "total": {{ data.total }},,\n  "paid": true\n}');
    await waitForContent(page.getByRole('region', { name: 'Preview' }).getByText('from its line 2'));
    await waitForContent(marked);
    expect(await marked.allTextContents()).toEqual(['  "total": {{ data.total }},,']);
    await write(editor, '{\n  "total": {{ data.total }}\n}');
    await waitForContent(page.getByRole('region', { name: 'Preview' }).getByText('webhook-signature'));
    await expect.poll(() => marked.count()).toBe(0);
  });

  it('shows a test request with its response, and the secret that signed it', async () => {
    const [{ id }] = await subscriptions();
    receiver.respond((_request, response) =>
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"stored": 1.0}'),
    );
    const page = await openSignedIn(`/subscriptions/${id}/settings`);
    await waitForContent(page.getByRole('button', { name: 'Reveal' }));
    await page.getByRole('button', { name: 'Reveal' }).click();
    await waitForContent(page.getByTestId('secret').getByText(/^whsec_[A-Za-z0-9+/]/));
    const secret = (await page.getByTestId('secret').textContent()) ?? '';

    await page.getByRole('button', { name: 'Send test request' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send test request' });
    await dialog.getByRole('button', { name: 'Send' }).click();
    await waitForContent(dialog.getByText('Succeeded'));
    expect(await dialog.getByLabel('Response body').textContent()).toContain('"stored": 1.0');
    const [request] = await receiver.waitFor(1);
    if (request === undefined) throw new Error('No request arrived.');
    expect(verify(secret, request)).toMatchObject({ type: 'order.paid', data: { total: 1250.5 } });
  });

  it('publishes an event, whose attempt appears in the live log', async () => {
    const [{ id }] = await subscriptions();
    receiver.respond(status(200));
    const log = await openSignedIn(`/subscriptions/${id}`);
    await waitForContent(attempts(log).first());
    const before = await attempts(log).count();

    const page = await openSignedIn('/events');
    await waitForContent(page.getByRole('heading', { name: 'No events yet' }));
    await page.getByRole('button', { name: 'Publish an event' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Publish an event' });
    await dialog.getByLabel('Event type').fill('order.paid');
    await write(dialog.getByLabel('Data', { exact: true }), '{"total": 12345678901234567890.10}');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await waitForRefetched(
      page.getByRole('list', { name: 'Deliveries' }).getByText('Delivered', { exact: true }),
    );
    await waitForContent(page.getByText('12345678901234567890.10').first());
    const [, request] = await receiver.waitFor(2);
    expect(request?.body).toContain('12345678901234567890.10');

    await waitForRefetched(attempts(log).nth(before));
    expect(await attempts(log).count()).toBe(before + 1);
    await attempts(log).first().click();
    const attempt = log.getByRole('dialog');
    await waitForContent(attempt.getByText('All attempts of this delivery'));
    expect(await attempt.getByLabel('Request body').textContent()).toContain('order.paid');
  });

  it('shows why deliveries fail, and sends them again after the repair', async () => {
    const [{ id }] = await subscriptions();
    const page = await openSignedIn('/');
    await waitForContent(page.getByText('No failing subscriptions.'));

    receiver.respond((_request, response) => response.writeHead(500).end('out of paper'));
    for (const total of [1001, 1002, 1003]) await project().publish({ type: 'order.paid', data: { total } });
    await receiver.waitFor(5);
    await waitForRefetched(page.getByRole('heading', { name: 'Failing now' }));
    await waitForRefetched(page.getByText('the endpoint answered 500'));

    await page.getByRole('link', { name: 'Orders' }).first().click();
    await waitForRefetched(page.getByText('The last request failed: the endpoint answered 500'));
    await page.getByLabel('Outcome').selectOption('failure');
    await waitForRefetched(attempts(page).nth(2));
    expect(await attempts(page).count()).toBe(3);
    await attempts(page).first().click();
    const attempt = page.getByRole('dialog');
    await waitForContent(attempt.getByText('out of paper'));

    receiver.respond(status(200));
    await attempt.getByRole('button', { name: 'Resend' }).click();
    await waitForRefetched(attempt.getByRole('link', { name: 'Attempt 2' }));
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Replay…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await waitForRefetched(page.getByText('Replay finished: 2 deliveries resent.'));
    await receiver.waitFor(8);
    await waitForRefetched(page.getByRole('main').getByText('Healthy'));
    const { body } = await project().call('GET', `${project().path}/subscriptions/${id}`);
    expect(body.health.lastSuccessAt > body.health.lastFailureAt).toBe(true);
  });

  it('pauses, holds deliveries, refuses to send them meanwhile, and sends them when it is resumed', async () => {
    const [{ id }] = await subscriptions();
    receiver.respond(status(200));
    const page = await openSignedIn(`/subscriptions/${id}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await waitForContent(page.getByText('Paused manually'));
    const before = receiver.requests.length;
    for (const total of [2001, 2002]) await project().publish({ type: 'order.paid', data: { total } });
    await waitForRefetched(page.getByRole('link', { name: '2 deliveries' }));

    await page.getByRole('link', { name: '2 deliveries' }).click();
    await waitForContent(page.getByRole('cell', { name: 'when resumed' }).first());
    await page.getByRole('button', { name: 'Send now' }).click();
    await waitForContent(page.getByText('The subscription is paused.'));
    expect(receiver.requests).toHaveLength(before);

    await page.getByRole('button', { name: 'Resume' }).click();
    await receiver.waitFor(before + 2);
    await waitForRefetched(page.getByRole('heading', { name: 'Nothing queued' }));
  });

  it('sends what waits for a later attempt now', async () => {
    const { id } = await project().subscribe({
      url: receiver.url('/later'),
      events: ['later'],
      retry: [3600],
    });
    receiver.respond(status(500));
    await project().publish({ type: 'later', data: {} });
    const page = await openSignedIn(`/subscriptions/${id}/waiting`);
    await waitForRefetched(page.getByRole('cell', { name: /^in / }));
    receiver.respond(status(200));
    await page.getByRole('button', { name: 'Send now' }).click();
    await waitForRefetched(page.getByRole('heading', { name: 'Nothing queued' }));
    await waitForRefetched(page.getByRole('main').getByText('Healthy'));
    await project().call('DELETE', `${project().path}/subscriptions/${id}`);
  });

  it('sends only the changed settings, disables, enables and deletes', async () => {
    const [{ id }] = await subscriptions();
    const page = await openSignedIn(`/subscriptions/${id}/edit`);
    await waitForContent(page.getByLabel('Name', { exact: true }));
    await page.getByLabel('Name', { exact: true }).fill('Paid orders');
    await page.getByLabel('Requests per second').fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await waitForContent(page.getByText('Enter 1 or more.'));
    await page.getByLabel('Requests per second').fill('20');
    await page.getByLabel('Requests at once').fill('5');
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    expect((await sent).postDataJSON()).toEqual({
      name: 'Paid orders',
      rateLimit: { perSecond: 20 },
      maxInFlight: 5,
    });
    await waitForContent(page.getByRole('heading', { name: 'Paid orders' }));

    const choose = async (action: string) => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await choose('Disable');
    await waitForContent(page.getByText('Disabled manually'));
    await choose('Enable');
    await waitForContent(page.getByRole('main').getByText('Not tried yet'));
    await choose('Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete this subscription?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await subscriptions()).toHaveLength(1);
    await choose('Delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await waitForContent(page.getByRole('heading', { name: 'No subscriptions yet' }));
    expect(await subscriptions()).toEqual([]);
  });

  it('asks for the values of headers again when the URL changes', async () => {
    const { id } = await project().subscribe({
      ...{ url: receiver.url('/before'), events: ['order.paid'], name: 'Moving' },
      headers: { 'x-team': 'first' },
    });
    const page = await openSignedIn(`/subscriptions/${id}/edit`);
    const value = page.getByLabel('Value 1');
    expect(await value.inputValue()).toBe('***');
    await page.getByLabel('URL', { exact: true }).fill(receiver.url('/after'));
    await waitForContent(page.getByText('The URL changes: enter the values of x-team again.'));
    await value.fill('second');
    await page.getByRole('button', { name: 'Save' }).click();
    await waitForContent(page.getByText('Subscription saved'));
    const { body } = await project().call('GET', `${project().path}/subscriptions/${id}`);
    expect(body).toMatchObject({ url: receiver.url('/after'), headers: { 'x-team': '***' } });
    await project().call('DELETE', `${project().path}/subscriptions/${id}`);
  });

  it('tests with a published event only if somebody chooses it', async () => {
    const { id } = await project().subscribe({ url: receiver.url('/tried'), events: ['order.paid'] });
    const before = receiver.requests.length;
    await project().publish({
      type: 'order.paid',
      id: 'real-1',
      data: { total: 9000, customer: 'Northwind' },
    });
    await receiver.waitFor(before + 1);
    const page = await openSignedIn(`/subscriptions/${id}`);
    await page.getByRole('button', { name: 'Send test request' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send test request' });
    await dialog.getByRole('button', { name: 'A published event' }).click();
    expect(await dialog.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel('Event', { exact: true }).selectOption('real-1');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await waitForContent(dialog.getByText('Succeeded'));
    expect(receiver.requests.at(-1)?.body).toContain('Northwind');
    expect(receiver.requests.at(-1)?.headers['ancrage-test']).toBe('true');
  });
});
