import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver, status, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole } from './console-browser.ts';

describe('setting up, watching and repairing a webhook in a browser', () => {
  const stack = useStack();
  const { open, openSignedIn } = useConsole(stack);
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    await stack().call(
      'PUT',
      '/v1/projects/demo/event-types/order.paid',
      '{"samples": [{"total": 1250.50}]}',
    );
  });
  afterAll(() => receiver.stop());
  const subscriptions = async () => (await stack().call('GET', '/v1/projects/demo/subscriptions')).body.data;
  const rows = (page: Page): Locator => page.getByRole('list', { name: /^Attempts/ }).getByRole('button');
  /** Into a code editor, in place of what is there. */
  async function write(editor: Locator, text: string): Promise<void> {
    await editor.and(editor.page().locator('[contenteditable]')).click();
    await editor.page().keyboard.press('ControlOrMeta+A');
    await editor.page().keyboard.insertText(text);
  }

  it('asks for a key, says when it is none, and forgets it with the tab', async () => {
    const page = await open('/subscriptions');
    await page.getByLabel('API key').fill('ancrage_key_none');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This key is not known').waitFor();
    await page.getByLabel('API key').fill(stack().outputs.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'No subscription yet' }).waitFor();
    const { cookies, origins } = await page.context().storageState();
    expect(JSON.stringify([cookies, origins])).not.toContain('ancrage_key');
    const another = await page.context().newPage();
    await another.goto(page.url());
    await another.getByLabel('API key').waitFor();
  });

  it('makes a subscription from the form, with what is wrong beside each field and a live preview', async () => {
    const page = await openSignedIn('/subscriptions/new');
    await page.getByRole('button', { name: 'Create the subscription' }).click();
    await page.getByText('Enter a whole URL').waitFor();
    await page.getByText('Tick at least one event.').waitFor();

    await page.getByLabel('URL', { exact: true }).fill(receiver.url('/orders'));
    await page.getByLabel('Name', { exact: true }).fill('Orders');
    await page.getByLabel('order.paid').check();
    await write(page.getByLabel('Send only if'), 'data.total > 2000');
    await page.getByLabel('Timeout in seconds').fill('99');
    await page.getByLabel('When it fails').selectOption('none');
    await page.getByText('At most 30.').waitFor();
    await page.getByLabel('Timeout in seconds').fill('5');

    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('The condition does not hold').waitFor();
    await write(page.getByLabel('Send only if'), 'data.total > 1000');
    await preview.getByText('The condition holds').waitFor();
    await preview.getByText('webhook-signature').waitFor();
    // To the letter: not 1250.5.
    await preview.getByText('1250.50').waitFor();
    await write(page.getByLabel('Send only if'), 'data.total >');
    await preview.getByText('The settings are not valid yet').waitFor();
    await write(page.getByLabel('Send only if'), 'data.total > 1000');
    await preview.getByText('The condition holds').waitFor();

    await page.getByRole('button', { name: 'Create the subscription' }).click();
    await page.getByRole('heading', { name: 'Orders' }).waitFor();
    const [made] = await subscriptions();
    expect(made).toMatchObject({
      url: receiver.url('/orders'),
      name: 'Orders',
      events: ['order.paid'],
      condition: 'data.total > 1000',
      timeoutSeconds: 5,
      retry: 'none',
    });
  });

  it('shows the whole exchange of a test, and the secret that it was signed with', async () => {
    const [{ id }] = await subscriptions();
    receiver.respond((_request, response) =>
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"stored": 1.0}'),
    );
    const page = await openSignedIn(`/subscriptions/${id}/settings`);
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page
      .getByTestId('secret')
      .getByText(/^whsec_[A-Za-z0-9+/]/)
      .waitFor();
    const secret = (await page.getByTestId('secret').textContent()) ?? '';

    await page.getByRole('button', { name: 'Send a test' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send a test' });
    await dialog.getByRole('button', { name: 'Send the test' }).click();
    await dialog.getByText('Succeeded').waitFor();
    expect(await dialog.getByLabel('Body of the response').textContent()).toContain('"stored": 1.0');
    const [request] = await receiver.waitFor(1);
    if (request === undefined) throw new Error('Nothing came.');
    expect(verify(secret, request)).toMatchObject({ type: 'order.paid', data: { total: 1250.5 } });
  });

  it('publishes an event, and the attempt appears in the log by itself', async () => {
    const [{ id }] = await subscriptions();
    receiver.respond(status(200));
    const log = await openSignedIn(`/subscriptions/${id}`);
    await rows(log).first().waitFor();
    const before = await rows(log).count();

    const page = await openSignedIn('/events');
    await page.getByRole('button', { name: 'Publish an event' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Publish an event' });
    await dialog.getByLabel('Event type').fill('order.paid');
    await write(dialog.getByLabel('Data', { exact: true }), '{"total": 12345678901234567890.10}');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Delivered').waitFor();
    // What was published, to the letter.
    await page.getByText('12345678901234567890.10').first().waitFor();
    const [, request] = await receiver.waitFor(2);
    expect(request?.body).toContain('12345678901234567890.10');

    await expect.poll(() => rows(log).count(), { timeout: 20_000 }).toBe(before + 1);
    await rows(log).first().click();
    const attempt = log.getByRole('dialog');
    await attempt.getByText('The whole delivery').waitFor();
    expect(await attempt.getByLabel('Body of the request').textContent()).toContain('order.paid');
  });

  it('shows what fails and why, and sends it again once it is repaired', async () => {
    const [{ id }] = await subscriptions();
    const page = await openSignedIn('/');
    await page.getByText('Nothing is failing.').waitFor();

    receiver.respond((_request, response) => response.writeHead(500).end('out of paper'));
    for (const total of [1001, 1002, 1003]) await stack().publish({ type: 'order.paid', data: { total } });
    await receiver.waitFor(5);
    await page.getByRole('heading', { name: 'Failing now' }).waitFor();
    await page.getByText('answered 500').waitFor();

    await page.getByRole('link', { name: 'Orders' }).first().click();
    await page.getByText(/latest 3 attempts failed/).waitFor();
    await page.getByLabel('Outcome').selectOption('failure');
    await expect.poll(() => rows(page).count()).toBe(3);
    await rows(page).first().click();
    const attempt = page.getByRole('dialog');
    await attempt.getByText('out of paper').waitFor();

    receiver.respond(status(200));
    await attempt.getByRole('button', { name: 'Send again' }).click();
    await attempt.getByText('Attempt 2').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Replay…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await page.getByText('Replay finished: 2 deliveries were sent again.').waitFor();
    await receiver.waitFor(8);
    await page.getByRole('main').getByText('Healthy').waitFor();
    const { body } = await stack().call('GET', `/v1/projects/demo/subscriptions/${id}`);
    expect(body.health.state).toBe('healthy');
  });

  it('edits what is changed alone, disables, enables and deletes', async () => {
    const [{ id }] = await subscriptions();
    const page = await openSignedIn(`/subscriptions/${id}/edit`);
    await page.getByLabel('Name', { exact: true }).fill('Paid orders');
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    expect((await sent).postDataJSON()).toEqual({ name: 'Paid orders' });
    await page.getByRole('heading', { name: 'Paid orders' }).waitFor();

    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('Disabled by hand').waitFor();
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('main').getByText('Healthy').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this subscription?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await subscriptions()).toHaveLength(1);
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'No subscription yet' }).waitFor();
    expect(await subscriptions()).toEqual([]);
  });
});
