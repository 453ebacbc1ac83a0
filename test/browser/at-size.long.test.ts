import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useConsole, waitForContent } from './console-browser.ts';
import { SEEDED } from './seeded-data.ts';
import { lookUntil, rowsOf, useSeededStack } from './seeded-stack.ts';

const ABSENCE = [
  'No matches',
  'No failing subscriptions',
  'No events yet',
  'No subscriptions yet',
  'No requests yet',
];
const MOST_REQUESTS = 5;
const LONGEST_INTERVAL_MS = 15_000;
const POLLING = { interval: 50, timeout: 60_000 };
const HOUR_MS = 3_600_000;

describe('the console of a project with 5,000 subscriptions and 100,000 attempts', () => {
  const { stack, project } = useSeededStack();
  const { open, openSignedIn, visit } = useConsole(stack, project);
  const at = (path: string) => `/p/${SEEDED.project}${path}`;
  const get = async (path: string) => (await project().call('GET', `${project().path}/${path}`)).body;
  const subscriptionsWith = async (query: string) => (await get(`subscriptions?limit=100&${query}`)).data;

  /** Note every claim of absence that the page makes, however briefly. */
  async function listen(page: Page): Promise<() => Promise<string[]>> {
    const script = `(() => {
      const texts = ${JSON.stringify(ABSENCE)};
      window.claims = [];
      const look = () => {
        const shown = document.body?.innerText ?? '';
        for (const text of texts) if (shown.includes(text) && !window.claims.includes(text)) window.claims.push(text);
      };
      new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
    })()`;
    await page.addInitScript(script);
    return () => page.evaluate('window.claims') as Promise<string[]>;
  }

  async function opened(path: string) {
    const page = await openSignedIn(at('/usage'));
    const claims = await listen(page);
    await visit(page, at(path));
    return { page, claims };
  }

  describe('never claims absence while there is more to look at', () => {
    it('lists what fails now, and counts what is not healthy as the API does', async () => {
      const { page, claims } = await opened('/');
      await waitForContent(page.getByRole('heading', { name: 'Failing now' }));
      const { subscriptions, failing } = await get('summary');
      expect(subscriptions.disabled.count).toBeGreaterThan(50);
      for (const state of ['failing', 'paused', 'disabled']) {
        const count = page.getByRole('listitem').filter({ has: page.locator(`a[href*="state=${state}"]`) });
        await waitForContent(count.filter({ hasText: /\d/ }).first());
      }
      await waitForContent(
        page.getByText(subscriptions.disabled.count.toLocaleString('en-GB'), { exact: true }),
      );
      await waitForContent(page.getByRole('link', { name: failing.data[0].name }).first());
      expect(await claims()).toEqual([]);
    });

    it.each(['failing', 'paused', 'disabled'])(
      'finds the %s subscriptions among all at once',
      async (state) => {
        const found = await subscriptionsWith(`state=${state}`);
        const { page, claims } = await opened(`/subscriptions?state=${state}`);
        await waitForContent(page.getByRole('link', { name: found[0].name }).first());
        expect(await claims()).toEqual([]);
      },
    );

    it('finds a subscription by its name, however old it is', async () => {
      const { cursor } = await get('subscriptions?limit=100');
      const later = await get(`subscriptions?limit=100&cursor=${encodeURIComponent(cursor)}`);
      const sought = later.data.at(-1);
      const { page, claims } = await opened('/subscriptions');
      await page.getByRole('searchbox', { name: /^Search by name/ }).fill(sought.name);
      const found = page.getByRole('link', { name: sought.name }).first();
      await lookUntil(page, () => found.isVisible());
      expect(await claims()).toEqual([]);
      await page.reload();
      expect(await page.getByRole('searchbox', { name: /^Search by name/ }).inputValue()).toBe(sought.name);
    });

    it('says that a name is not among the first, and not that there is none', async () => {
      const { page, claims } = await opened('/subscriptions');
      await page.getByRole('searchbox', { name: /^Search by name/ }).fill('no such customer');
      const further = page.getByRole('button', { name: 'Look further' });
      await waitForContent(further);
      await further.click();
      await waitForContent(page.getByText(/There are more|found so far/));
      expect(await claims()).toEqual([]);
    });

    it('filters subscriptions by an event type', async () => {
      const { page, claims } = await opened('/subscriptions?event=shipment.delayed');
      await waitForContent(rowsOf(page, 'Subscriptions').first());
      expect(await claims()).toEqual([]);
    });

    it('looks on for events of a rare type until it knows that there are none', async () => {
      const { page, claims } = await opened('/events?type=never.published');
      const none = page.getByText('No matches');
      const further = page.getByRole('button', { name: 'Look further' });
      await waitForContent(further.or(none).first());
      expect(await further.isVisible(), 'there are more events than one request looks at').toBe(true);
      expect(await claims()).toEqual([]);
      await further.click();
      await expect.poll(() => further.isEnabled(), POLLING).toBe(true);
      await waitForContent(further.or(none).first());
    });

    it('filters events by type and time', async () => {
      const since = new Date(Date.now() - 30 * HOUR_MS).toISOString();
      const until = new Date(Date.now() - 24 * HOUR_MS).toISOString();
      const { page, claims } = await opened(`/events?type=order.cancelled&since=${since}&until=${until}`);
      await lookUntil(page, () => rowsOf(page, 'Events').first().isVisible());
      for (const text of await rowsOf(page, 'Events').allInnerTexts())
        expect(text).toContain('order.cancelled');
      expect(await claims()).toEqual([]);
    });

    it('filters the log of a busy subscription by outcome and type', async () => {
      const { id } = await ownSubscription('Data warehouse');
      const { page, claims } = await opened(`/subscriptions/${id}?outcome=failure&type=payment.refunded`);
      await lookUntil(page, () =>
        rowsOf(page, /^Attempts/)
          .first()
          .isVisible(),
      );
      for (const text of await rowsOf(page, /^Attempts/).allInnerTexts()) {
        expect(text).toContain('payment.refunded');
        expect(text).not.toContain('Succeeded');
      }
      expect(await claims()).toEqual([]);
    });
  });

  async function ownSubscription(name: string) {
    let cursor: string | null = null;
    do {
      const page: { data: { name: string; id: string }[]; cursor: string | null } = await get(
        `subscriptions?limit=100&event=contact.created${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      const found = page.data.find((subscription) => subscription.name === name);
      if (found !== undefined) return found;
      cursor = page.cursor;
    } while (cursor !== null);
    throw new Error(`There is no subscription ${name}.`);
  }

  describe('makes at most five requests', () => {
    /** Note the different requests about the project, and whether one is under way. */
    function watch(page: Page) {
      const sent: string[] = [];
      let open = 0;
      const isOurs = (url: string) => new URL(url).pathname.startsWith('/v1/projects/');
      page.on('request', (request) => {
        if (!isOurs(request.url())) return;
        open++;
        sent.push(new URL(request.url()).pathname + new URL(request.url()).search);
      });
      const end = (request: { url(): string }) => {
        if (isOurs(request.url())) open--;
      };
      page.on('requestfinished', end);
      page.on('requestfailed', end);
      // On a slow machine, a refresh may be due while the page loads.
      return { take: () => [...new Set(sent.splice(0))], isQuiet: () => open === 0 };
    }

    const pages: readonly (readonly [string, (ids: { id: string; down: string }) => string])[] = [
      ['the overview', () => '/'],
      ['all subscriptions', () => '/subscriptions'],
      ['those that are paused or down', () => '/subscriptions?state=paused'],
      ['a busy subscription', ({ id }) => `/subscriptions/${id}`],
      ['its settings', ({ id }) => `/subscriptions/${id}/settings`],
      ['its form', ({ id }) => `/subscriptions/${id}/edit`],
      ['what waits for an endpoint that is down', ({ down }) => `/subscriptions/${down}/waiting`],
      ['the request log', () => '/log'],
      ['the events', () => '/events'],
      ['the event types', () => '/event-types'],
      ['an event type', () => '/event-types/order.created'],
    ];

    it.each(pages)('for %s, and at each refresh', async (_name, pathOf) => {
      const { id } = await ownSubscription('Data warehouse');
      const [{ id: down }] = (await subscriptionsWith('state=paused')).filter(
        ({ health }: { health: { reason: string } }) => health.reason === 'down',
      );
      const page = await openSignedIn(at('/usage'));
      await waitForContent(page.getByRole('row', { name: /^Running replays/ }));
      const { take, isQuiet } = watch(page);
      const settle = async () => {
        await expect
          .poll(async () => (await page.getByText('Loading…').count()) === 0 && isQuiet(), POLLING)
          .toBe(true);
        // What the last answer leads to is asked for by then.
        await page.evaluate(
          'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
        );
        await expect.poll(isQuiet, POLLING).toBe(true);
      };
      await settle();
      take();
      await page.evaluate(`history.pushState(null, '', ${JSON.stringify(at(pathOf({ id, down })))})`);
      await waitForContent(page.getByRole('main').getByRole('heading').first());
      await settle();
      const first = take();
      expect(first.length, first.join('\n')).toBeLessThanOrEqual(MOST_REQUESTS);
      await page.clock.fastForward(LONGEST_INTERVAL_MS);
      await settle();
      const refreshed = take();
      expect(refreshed.length, refreshed.join('\n')).toBeLessThanOrEqual(MOST_REQUESTS);
    });

    it('at each refresh of a list that was scrolled far down', async () => {
      const page = await openSignedIn(at('/subscriptions'));
      const { take, isQuiet } = watch(page);
      await waitForContent(rowsOf(page, 'Subscriptions').first());
      const pagesAsked = new Set<string>();
      await expect
        .poll(async () => {
          await page.evaluate('scrollTo(0, document.body.scrollHeight)');
          for (const path of take()) if (path.includes('/subscriptions?')) pagesAsked.add(path);
          return pagesAsked.size;
        }, POLLING)
        .toBeGreaterThan(6);
      await expect.poll(isQuiet, POLLING).toBe(true);
      await page.evaluate('scrollTo(0, 0)');
      await expect.poll(isQuiet, POLLING).toBe(true);
      take();
      await page.clock.fastForward(LONGEST_INTERVAL_MS);
      await page.getByRole('link', { name: 'Event types', exact: true }).click();
      await waitForContent(page.getByRole('heading', { name: 'Event types', exact: true }));
      await page.getByRole('link', { name: 'Subscriptions', exact: true }).first().click();
      await waitForContent(rowsOf(page, 'Subscriptions').first());
      await expect.poll(isQuiet, POLLING).toBe(true);
      const asked = take().filter((path) => path.includes('/subscriptions?'));
      expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(MOST_REQUESTS);
    });
  });

  it('says of an endpoint that is down what it answered, since when, what waits and when it is tried next', async () => {
    const down = (await subscriptionsWith('state=paused')).find(
      ({ health }: { health: { reason: string; held: number } }) =>
        health.reason === 'down' && health.held > 0,
    );
    const page = await openSignedIn(at(`/subscriptions/${down.id}`));
    const main = page.getByRole('main');
    await waitForContent(main.getByText('Endpoint down').first());
    await waitForContent(main.getByText(/^Paused: /));
    await waitForContent(main.getByText(/^for \d/).first());
    await waitForContent(main.getByRole('link', { name: /^\d+ deliver/ }));
    await waitForContent(main.getByText('Next try'));
  });

  it('keeps filters and the open attempt in the address', async () => {
    const { id } = await ownSubscription('Data warehouse');
    const page = await openSignedIn(at(`/subscriptions/${id}?outcome=success`));
    const attempt = rowsOf(page, /^Attempts/)
      .first()
      .getByRole('link');
    await waitForContent(attempt);
    await attempt.click();
    const dialog = page.getByRole('dialog');
    await waitForContent(dialog.getByLabel('Request body'));
    const { searchParams } = new URL(page.url());
    expect([...searchParams.keys()].toSorted()).toEqual(['attempt', 'event', 'outcome']);
    await page.reload();
    await waitForContent(dialog.getByLabel('Request body'));
    expect(await dialog.getByLabel('Request body').textContent()).toContain('customer');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Outcome').inputValue()).toBe('success');
  });

  it('shows the same project in a new tab, without another sign-in', async () => {
    const page = await open(at('/subscriptions'));
    await page.getByLabel('API key').fill(stack().outputs.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await waitForContent(rowsOf(page, 'Subscriptions').first());
    const other = await page.context().newPage();
    await visit(other, at('/events'));
    await waitForContent(rowsOf(other, 'Events').first());
    expect(await other.getByLabel('Project').inputValue()).toBe(SEEDED.project);
  });
});
