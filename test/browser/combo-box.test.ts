import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const SUBSCRIPTIONS = 12;
const TYPES = ['invoice.paid', 'invoice.voided', 'order.paid'];

describe('a combo box, by keyboard alone,', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  beforeAll(async () => {
    for (const type of TYPES) await project().call('PUT', `${project().path}/event-types/${type}`, {});
    await project().publish({ type: 'invoice.paid', id: 'invoice-1', data: {} });
    for (let index = 0; index < SUBSCRIPTIONS; index++)
      await project().subscribe({
        ...{ url: `http://127.0.0.1:9/${index}`, events: ['never'] },
        name: `Shop ${String(index).padStart(3, '0')}`,
      });
  });

  const box = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
  const options = (page: Page) => page.getByRole('listbox').getByRole('option').allTextContents();
  const press = (page: Page, key: string) => page.keyboard.press(key);

  it('suggests event types that contain what is typed, and takes any other', async () => {
    const page = await openSignedIn('/events');
    const type = box(page, 'Event type');
    await waitForContent(type);
    await type.focus();
    await page.keyboard.type('paid');
    await expect.poll(() => options(page)).toEqual(['invoice.paid', 'order.paid']);
    await expectAccessible(page, '.popover');
    await press(page, 'ArrowDown');
    await press(page, 'Enter');
    await expect.poll(() => type.inputValue()).toBe('invoice.paid');
    await expect.poll(() => new URL(page.url()).searchParams.get('type')).toBe('invoice.paid');
    await waitForContent(page.getByRole('grid').getByText('invoice-1'));
    expect(await options(page)).toEqual([]);
    await press(page, 'ControlOrMeta+A');
    await page.keyboard.type('of.my.own');
    await press(page, 'Tab');
    expect(await type.inputValue()).toBe('of.my.own');
    await waitForContent(page.getByRole('heading', { name: 'No matches' }));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => type.inputValue()).toBe('');
  });

  it('takes what is typed before it has loaded, and keeps the cursor', async () => {
    const page = await openSignedIn('/subscriptions');
    let load = () => {};
    await page.route('**/aria-combo-box-*.js', async (route) => {
      await new Promise<void>((resolve) => {
        load = resolve;
      });
      await route.continue();
    });
    await page.goto(page.url().replace('/subscriptions', '/events'));
    const plain = page.getByLabel('Event type', { exact: true });
    await waitForContent(plain);
    await plain.focus();
    await page.keyboard.type('invoicepaid');
    for (let presses = 0; presses < 4; presses++) await press(page, 'ArrowLeft');
    expect(await box(page, 'Event type').count()).toBe(0);
    load();
    await waitForContent(box(page, 'Event type'));
    await page.keyboard.type('.');
    expect(await box(page, 'Event type').inputValue()).toBe('invoice.paid');
    await expect.poll(() => options(page)).toEqual(['invoice.paid']);
  });

  it('keeps its list below the input when the page above it grows', async () => {
    const page = await openSignedIn('/events');
    await waitForContent(page.getByRole('grid').getByText('invoice-1'));
    const input = box(page, 'Event type');
    await input.focus();
    await press(page, 'ArrowDown');
    await expect.poll(() => options(page)).toContain('order.paid');
    const distance = async () => {
      const [above, below] = [await input.boundingBox(), await page.locator('.popover').boundingBox()];
      return above && below ? Math.round(below.y - above.y - above.height) : undefined;
    };
    await expect.poll(distance).toBe(4);
    const top = (await input.boundingBox())?.y ?? 0;
    await page.context().setOffline(true);
    await waitForContent(page.getByText('You are offline'));
    await expect.poll(async () => (await input.boundingBox())?.y).toBeGreaterThan(top);
    await expect.poll(distance).toBe(4);
    await page.context().setOffline(false);
    await expect.poll(async () => (await input.boundingBox())?.y).toBe(top);
    await expect.poll(distance).toBe(4);
  });

  it('closes its list in a dialog by Escape, and the dialog by the next', async () => {
    const page = await openSignedIn('/events');
    await page.getByRole('button', { name: 'Publish an event' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Publish an event' });
    await waitForContent(dialog.getByRole('combobox', { name: 'Event type' }));
    await dialog.getByRole('combobox', { name: 'Event type' }).focus();
    await press(page, 'ArrowDown');
    await expect.poll(() => options(page)).toContain('order.paid');
    // What is outside the dialog could not be clicked.
    await dialog.getByRole('option', { name: 'order.paid' }).click();
    expect(await dialog.getByRole('combobox', { name: 'Event type' }).inputValue()).toBe('order.paid');
    await press(page, 'ArrowDown');
    await expect.poll(() => options(page)).not.toEqual([]);
    await expectAccessible(page, '.popover');
    await press(page, 'Escape');
    await expect.poll(() => options(page)).toEqual([]);
    await waitForContent(dialog);
    await press(page, 'Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('has the API look for a subscription by name, and offers all of them', async () => {
    const page = await openSignedIn('/log');
    const choice = box(page, 'Subscription');
    await waitForContent(choice);
    const chosen = () => new URL(page.url()).searchParams.get('subscription');
    await choice.focus();
    await expect.poll(async () => (await options(page))[0]).toBe('All subscriptions');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.keyboard.insertText('shop 007');
    await expect.poll(() => options(page)).toEqual([expect.stringContaining('Shop 007')]);
    expect(asked.filter((url) => url.includes('name='))).toEqual([
      expect.stringContaining('name=shop%20007'),
    ]);
    await expectAccessible(page, '.popover');
    await press(page, 'ArrowDown');
    await press(page, 'Enter');
    await expect.poll(() => choice.inputValue()).toBe('Shop 007');
    await expect.poll(chosen).toMatch(/^sub_/);
    await press(page, 'ControlOrMeta+A');
    await page.keyboard.insertText('nothing like it');
    await expect.poll(() => options(page)).toEqual(['No matches']);
    await press(page, 'Tab');
    await expect.poll(() => choice.inputValue()).toBe('Shop 007');
    await press(page, 'Shift+Tab');
    await choice.focus();
    await press(page, 'ControlOrMeta+A');
    await press(page, 'Delete');
    await press(page, 'Tab');
    await expect.poll(chosen).toBe(null);
  });
});
