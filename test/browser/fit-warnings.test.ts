import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { useStack } from '../support/stack.ts';
import { expectAccessible } from './accessible.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

describe('after something was saved that does not fit samples or the latest events', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  beforeAll(async () => {
    const put = await project().call('PUT', `${project().path}/event-types/order.paid`, { samples: [{}] });
    expect(put.status).toBe(200);
    await project().publish({ id: 'order-1', type: 'order.paid', data: { customer: 'Ada' } });
    await project().publish({ id: 'order-2', type: 'order.paid', data: { customer: { name: 'Ada' } } });
    await eventually('the log has the events', async () =>
      expect((await project().call('GET', `${project().path}/events`)).body.data).toHaveLength(2),
    );
  });

  const notice = (page: Page): Locator => page.getByRole('status').locator('.notice');
  /** Replace the text of a code editor. */
  async function write(editor: Locator, text: string): Promise<void> {
    await editor.and(editor.page().locator('[contenteditable]')).click();
    await editor.page().keyboard.press('ControlOrMeta+A');
    await editor.page().keyboard.insertText(text);
  }

  it('the page of the subscription says which do not and why, until what was saved fits', async () => {
    const page = await openSignedIn('/subscriptions/new');
    await page.getByLabel('URL', { exact: true }).fill('https://example.com/hook');
    await page.getByLabel('order.paid').check();
    await page.getByRole('radio', { name: /^template / }).check();
    await write(page.getByLabel('Template'), '{\n"to": {{ doc.customer.name.upper() | tojson }}}');
    await page.getByRole('button', { name: 'Create subscription' }).click();
    await waitForContent(notice(page).getByText('Saved, but some requests cannot be rendered'));
    await waitForContent(notice(page).getByText('No request can be rendered for 2 of them.'));
    const items = notice(page).getByRole('listitem');
    expect(await items.allTextContents()).toEqual([
      expect.stringMatching(/^Sample 1 of order\.paid line 2: /),
      expect.stringMatching(/^Event order-1 of order\.paid line 2: /),
    ]);
    await expectAccessible(page);
    // It does not vanish by itself, nor with the toast.
    await page.getByText('Subscription created').waitFor({ state: 'hidden' });
    expect(await items.count()).toBe(2);
    await page.reload();
    await waitForContent(notice(page));

    await page.getByRole('link', { name: 'Event order-1 of order.paid' }).click();
    await waitForContent(page.getByRole('heading', { name: 'order.paid' }));
    expect(await notice(page).count()).toBe(0);
    await page.goBack();
    await waitForContent(notice(page));

    await page.getByRole('link', { name: 'Edit' }).click();
    await write(page.getByLabel('Template'), '{"to": {{ doc.customer | tojson }}}');
    await page.getByRole('button', { name: 'Save' }).click();
    await waitForContent(page.getByText('Subscription saved'));
    expect(await notice(page).count()).toBe(0);
  });

  it('the page of the event type says so', async () => {
    const page = await openSignedIn('/event-types/order.paid');
    await write(
      page.getByLabel('Schema', { exact: true }),
      '{"properties": {"customer": {"type": "object"}}}',
    );
    await page.getByRole('button', { name: 'Save' }).click();
    await waitForContent(notice(page).getByText('Saved, but samples or events do not match the schema'));
    expect(await notice(page).getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^Event order-1 of order\.paid data\.customer /),
    ]);
    // The button that saves is further down.
    await expect.poll(async () => (await notice(page).boundingBox())?.y).toBeGreaterThan(0);
    await write(page.getByLabel('Schema', { exact: true }), '{"type": "object"}');
    await page.getByRole('button', { name: 'Save' }).click();
    await notice(page).waitFor({ state: 'detached' });
  });
});
