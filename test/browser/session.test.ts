import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { getItem } from '../../core/adapters/dynamodb/table.ts';
import { hashBearer } from '../../core/model/api-key.ts';
import { eventually } from '../support/eventually.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

describe('a session of the console', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { open, openSignedIn, visit } = useConsole(stack, project);

  async function signIn(page: Page, key = project().key): Promise<void> {
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  const tokenIn = async (page: Page): Promise<string> =>
    JSON.parse(String(await page.evaluate("sessionStorage.getItem('ancrage.session')"))).token;
  const subscriptions = (page: Page) => page.getByRole('heading', { name: 'Subscriptions', exact: true });
  const pathOf = (page: Page) => new URL(page.url()).pathname;
  /** Functions cache a key for up to a minute, so the test answers as they will after that. */
  const refuse = (page: Page) =>
    page.route('**/v1/**', (route) => route.fulfill({ status: 401, body: '{}' }));

  it('rejects an unknown key, and one that can only publish, and says why', async () => {
    const page = await open('/');
    await signIn(page, 'ancrage_key_none');
    await waitForContent(page.getByText('Unknown key'));
    await signIn(page, (await project().createKey('publish')).secret);
    await waitForContent(page.getByText('This key can only publish'));
  });

  it('has a token instead of the key, and stores the key nowhere', async () => {
    const page = await open('/subscriptions');
    await signIn(page);
    await waitForContent(subscriptions(page));
    expect(await tokenIn(page)).toMatch(/^ancrage_token_/);
    const everything = [await page.context().storageState(), await page.evaluate('({...sessionStorage})')];
    expect(JSON.stringify(everything)).not.toContain('ancrage_key_');
    await page.reload();
    await waitForContent(subscriptions(page));
  });

  it('is that of an open tab in a new one, which shows the project in its address', async () => {
    const page = await open('/subscriptions');
    await signIn(page, stack().outputs.adminKey);
    await waitForContent(subscriptions(page));
    const other = await page.context().newPage();
    await visit(other, `/p/${project().project}/subscriptions`);
    await waitForContent(subscriptions(other));
    expect(await tokenIn(other)).toBe(await tokenIn(page));
    await waitForContent(other.locator('select', { hasText: project().project }));
    expect(await other.getByLabel('Project').inputValue()).toBe(project().project);
    expect(pathOf(page)).toBe(`/p/${stack().project}/subscriptions`);
  });

  it('ends in every tab when one of them signs out, and its token is revoked', async () => {
    const page = await open('/subscriptions');
    await signIn(page);
    await waitForContent(subscriptions(page));
    const other = await page.context().newPage();
    await visit(other, '/events');
    await waitForContent(other.getByRole('heading', { name: 'Events', exact: true }));
    const token = await tokenIn(other);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await waitForContent(page.getByLabel('API key'));
    await waitForContent(other.getByLabel('API key'));
    await eventually('the token is revoked', async () =>
      expect(await getItem(project().table, KEY.bearer(hashBearer(token)))).toBeUndefined(),
    );
    await other.reload();
    await waitForContent(other.getByLabel('API key'));
  });

  it('says so if signing out did not revoke the token', async () => {
    const page = await openSignedIn('/subscriptions');
    await waitForContent(subscriptions(page));
    await page.route('**/v1/token', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign out' }).click();
    await waitForContent(page.getByText('the API did not revoke the token'));
  });

  it('asks for a key when it ends, and keeps what was typed', async () => {
    const page = await openSignedIn('/subscriptions/new');
    await page.getByLabel('Name', { exact: true }).fill('Half typed');
    // Refuse only the preview of this URL: an earlier refusal would open the dialog before the URL is typed.
    await page.route('**/v1/**', (route) =>
      route.request().postData()?.includes('https://example.com/typed')
        ? route.fulfill({ status: 401, body: '{}' })
        : route.continue(),
    );
    await page.getByLabel('URL', { exact: true }).fill('https://example.com/typed');
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await waitForContent(dialog.getByText('Your session has ended'));
    await page.unroute('**/v1/**');
    await dialog.getByLabel('API key').fill(project().key);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half typed');
    await waitForContent(page.getByRole('region', { name: 'Preview' }).getByText('webhook-signature'));
  });

  it('asks for a key if it has ended before the page loads', async () => {
    const page = await open('/');
    await signIn(page);
    await waitForContent(page.getByRole('button', { name: 'Sign out' }));
    await refuse(page);
    await page.reload();
    await waitForContent(page.getByText('Your session has ended'));
  });

  it('survives an API that does not respond while the page loads', async () => {
    const page = await open('/subscriptions');
    await signIn(page);
    await waitForContent(subscriptions(page));
    await page.route('**/v1/**', (route) => route.abort());
    await page.reload();
    await waitForContent(page.getByText('The API did not respond'));
    await page.unroute('**/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForContent(subscriptions(page));
  });

  it('shows no other project than that of its key, and says which that is', async () => {
    const page = await openSignedIn(`/p/${stack().project}/subscriptions`);
    await waitForContent(page.getByRole('heading', { name: `cannot see the project ${stack().project}` }));
    await page.getByRole('link', { name: `Go to ${project().project}` }).click();
    await expect.poll(() => pathOf(page)).toBe(`/p/${project().project}/`);
  });

  it('stays on the same page when an admin chooses another project', async () => {
    const page = await openSignedIn(`/p/${stack().project}/event-types`, { key: stack().outputs.adminKey });
    await waitForContent(page.locator('select', { hasText: project().project }));
    await page.getByLabel('Project').selectOption(project().project);
    await expect.poll(() => pathOf(page)).toBe(`/p/${project().project}/event-types`);
    await page.goBack();
    await expect.poll(() => page.getByLabel('Project').inputValue()).toBe(stack().project);
  });
});
