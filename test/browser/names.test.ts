import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPathSegment } from '../../client/index.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { useConsole, waitForContent, waitForRefetched } from './console-browser.ts';
import { useOwnProject } from './own-project.ts';

const IDS = ['order/1042', 'a?b', '50%', '..', '~x', 'ä ö', '⚓#1'];
const TYPES = ['Sales Invoice.on_update', 'a/b?', '50%', '~x', 'new'];

describe('names with characters that mean something in a path', () => {
  const stack = useStack();
  const project = useOwnProject(stack);
  const { openSignedIn } = useConsole(stack, project);
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    await project().subscribe({ url: receiver.url(), events: ['named'] });
    await project().publish(IDS.map((id) => ({ type: 'named', id, data: {} })));
    await receiver.waitFor(IDS.length);
    for (const type of TYPES)
      await project().call('PUT', `${project().path}/event-types/${toPathSegment(type)}`, {
        description: `Type ${type}`,
      });
  });
  afterAll(() => receiver?.stop());

  it.each(IDS)('open the page of an event from the list, and its attempts: %j', async (id) => {
    const page = await openSignedIn('/events');
    const row = page.getByRole('link').filter({ has: page.getByText(id, { exact: true }) });
    await waitForContent(row);
    await row.click();
    const heading = page.locator('code').getByText(id, { exact: true });
    await waitForContent(heading);
    expect(new URL(page.url()).pathname).toBe(`/p/${project().project}/events/${toPathSegment(id)}`);
    await page.reload();
    await waitForContent(heading);

    await waitForRefetched(
      page.getByRole('list', { name: 'Deliveries' }).getByText('Delivered', { exact: true }),
    );
    const before = receiver.requests.length;
    await page.getByRole('button', { name: 'Resend to all' }).click();
    await receiver.waitFor(before + 1);
  });

  it.each(TYPES)('open the page of an event type from the list: %j', async (type) => {
    const page = await openSignedIn('/event-types');
    const row = page.getByRole('link').filter({ has: page.getByText(`Type ${type}`, { exact: true }) });
    await waitForContent(row);
    await row.click();
    await waitForContent(page.getByRole('heading', { name: type, exact: true }));
    expect(new URL(page.url()).pathname).toBe(`/p/${project().project}/event-types/${toPathSegment(type)}`);
    await page.getByLabel('Description').fill('Changed');
    await page.getByRole('button', { name: 'Save' }).click();
    await waitForContent(page.getByText('Saved'));
  });

  it.each([
    ['/events/~x', '~x'],
    ['/events/%C3%A4%20%C3%B6', 'ä ö'],
  ])('may be typed as they are: %s', async (path, id) => {
    const page = await openSignedIn(path);
    await waitForContent(page.getByRole('heading', { name: 'named' }));
    await waitForContent(page.locator('code').getByText(id, { exact: true }));
  });
});
