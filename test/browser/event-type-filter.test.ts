import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const POLLING = { interval: 20, timeout: 30_000 };
const LISTS = [
  { page: '/log', list: '/attempts', name: 'type' },
  { page: '/subscriptions/:id', list: '/subscriptions/:id/attempts', name: 'type' },
  { page: '/events', list: '/events', name: 'type' },
  { page: '/subscriptions', list: '/subscriptions', name: 'event' },
];

describe('the filter by event type', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  const receiver = useReceiver();
  let id: string;
  beforeAll(async () => {
    for (const type of ['invoice.paid', 'invoice.voided', 'order.paid'])
      await project().call('PUT', `${project().path}/event-types/${type}`, {});
    ({ id } = await project().subscribe({ url: receiver.url(), events: ['*'], name: 'Orders' }));
    for (const type of ['invoice.paid', 'order.paid']) await project().publish({ type, id: type, data: {} });
    await eventually('the log of the project has both attempts', async () => {
      const { data } = (await project().call('GET', `${project().path}/attempts`)).body;
      expect(data).toHaveLength(2);
    });
  });

  const options = (page: Page) => page.getByRole('listbox').getByRole('option').allTextContents();
  const press = (page: Page, key: string) => page.keyboard.press(key);

  describe.each(LISTS)('of the list $list', ({ page: path, list, name }) => {
    /** Open the page, and note what its list is asked for and what the API rejects. */
    async function opened(query = '') {
      const page = await openSignedIn(`${path.replace(':id', id)}${query}`);
      const input = page.getByRole('combobox', { name: 'Event type' });
      await waitForContent(input);
      await waitForContent(
        page
          .getByRole('grid')
          .getByText(/Orders|invoice\.paid/)
          .first(),
      );
      const asked: (string | null)[] = [];
      const rejected: string[] = [];
      page.on('request', (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === project().path + list.replace(':id', id)) asked.push(searchParams.get(name));
      });
      page.on('response', (response) => {
        if (response.status() >= 400) rejected.push(`${response.status()} ${response.url()}`);
      });
      return { page, input, asked, rejected, param: () => new URL(page.url()).searchParams.get(name) };
    }

    it('suggests while someone types, and asks for the one that is taken', async () => {
      const { page, input, asked, rejected, param } = await opened();
      await input.focus();
      for (const key of 'invoice.') {
        await page.keyboard.type(key);
        // Longer than a pause of typing.
        await page.clock.runFor(400);
      }
      await expect.poll(() => options(page), POLLING).toEqual(['invoice.paid', 'invoice.voided']);
      expect(new Set(asked)).not.toContainEqual(expect.any(String));
      expect(param()).toBe(null);
      await press(page, 'ArrowDown');
      await press(page, 'Enter');
      await expect.poll(param, POLLING).toBe('invoice.paid');
      await expect.poll(() => asked.at(-1), POLLING).toBe('invoice.paid');
      expect(await input.inputValue()).toBe('invoice.paid');
      expect(rejected).toEqual([]);
    });

    it('asks for another name on Enter and when the input is left, and keeps the former one if it is none', async () => {
      const { page, input, asked, rejected, param } = await opened();
      await input.focus();
      await page.keyboard.type('never.published');
      await press(page, 'Enter');
      await expect.poll(param, POLLING).toBe('never.published');
      await input.focus();
      await press(page, 'ControlOrMeta+A');
      await page.keyboard.type('order.paid');
      await press(page, 'Tab');
      await expect.poll(param, POLLING).toBe('order.paid');
      await expect.poll(() => asked.at(-1), POLLING).toBe('order.paid');
      await input.focus();
      await press(page, 'ControlOrMeta+A');
      await page.keyboard.type('invoice.');
      await press(page, 'Tab');
      await waitForContent(page.getByRole('alert').getByText(/^Not an event type/));
      expect(await input.inputValue()).toBe('invoice.');
      expect(param()).toBe('order.paid');
      await input.fill('');
      await expect.poll(param, POLLING).toBe(null);
      await expect.poll(() => page.getByRole('alert').count(), POLLING).toBe(0);
      expect(rejected).toEqual([]);
    });
  });

  it('means exactly this type in a subscription’s log, as in the project’s', async () => {
    for (const path of [`/subscriptions/${id}`, '/log']) {
      const page = await openSignedIn(`${path}?type=invoice`);
      await waitForContent(page.getByRole('heading', { name: 'No matches' }));
      await page.getByRole('button', { name: 'Clear filters' }).click();
      const rows = page.getByRole('grid', { name: /^Attempts/ }).getByRole('row');
      await expect.poll(() => rows.count(), POLLING).toBe(2);
      expect(await page.getByRole('combobox', { name: 'Event type' }).inputValue()).toBe('');
    }
  });
});
