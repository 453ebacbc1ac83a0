import type { Locator, Page } from 'playwright-core';
import type { OwnProject } from './own-project.ts';

export const attempts = (page: Page): Locator =>
  page.getByRole('grid', { name: /^Attempts/ }).getByRole('link');
const preview = (page: Page): Locator => page.getByRole('region', { name: 'Preview' });
const readOnlyNotice = (page: Page): Locator => page.getByText('This key is read-only');

export interface ConsolePage {
  readonly name: string;
  /** The route in the console's list of pages that shows it. */
  readonly route: string;
  /** `{CRM}` is replaced by the id of the subscription with this name, `{an event}` by that of an event. */
  readonly path: string;
  /** The content that loads last. */
  readonly content: (page: Page) => Locator;
  /** The same for a key that can only read. @default {@link content} */
  readonly readOnlyContent?: (page: Page) => Locator;
}

export const PAGES: readonly ConsolePage[] = [
  {
    name: 'the overview',
    route: '/',
    path: '/',
    content: (page) => page.getByRole('row', { name: /^Analytics \d/ }),
  },
  {
    name: 'the subscriptions',
    route: '/subscriptions',
    path: '/subscriptions',
    content: (page) => page.getByRole('link', { name: /^CRM/ }),
  },
  {
    name: 'the form of a new subscription',
    route: '/subscriptions/new',
    path: '/subscriptions/new',
    content: (page) => preview(page).getByText('webhook-signature'),
    readOnlyContent: readOnlyNotice,
  },
  {
    name: 'a failing subscription',
    route: '/subscriptions/:id/:part?',
    path: '/subscriptions/{CRM}',
    content: (page) => attempts(page).first(),
  },
  {
    name: 'a paused subscription',
    route: '/subscriptions/:id/:part?',
    path: '/subscriptions/{Analytics}',
    content: (page) => page.getByText('Paused: the endpoint answered 503'),
  },
  {
    name: 'the queued deliveries of a subscription',
    route: '/subscriptions/:id/:part?',
    path: '/subscriptions/{Analytics}/waiting',
    content: (page) => page.getByRole('table', { name: 'Queued deliveries' }),
  },
  {
    name: 'the settings of a subscription',
    route: '/subscriptions/:id/:part?',
    path: '/subscriptions/{Large invoices to Slack}/settings',
    content: (page) => page.getByTestId('secret'),
  },
  {
    name: 'the form of a subscription',
    route: '/subscriptions/:id/edit',
    path: '/subscriptions/{Large invoices to Slack}/edit',
    content: (page) => preview(page).getByText('webhook-signature'),
    readOnlyContent: readOnlyNotice,
  },
  { name: 'the request log', route: '/log', path: '/log', content: (page) => attempts(page).first() },
  {
    name: 'the events',
    route: '/events',
    path: '/events',
    // Rows further down are rendered when they are scrolled to.
    content: (page) => page.getByRole('link', { name: /^support\.ticket\.opened/ }).first(),
  },
  {
    name: 'an event',
    route: '/events/:id',
    path: '/events/{an event}',
    content: (page) => page.getByRole('heading', { name: 'Deliveries' }),
  },
  {
    name: 'the form of a new event type',
    route: '/new-event-type',
    path: '/new-event-type',
    content: (page) => page.getByLabel('Description'),
    readOnlyContent: readOnlyNotice,
  },
  {
    name: 'the jobs',
    route: '/jobs',
    path: '/jobs',
    content: (page) => page.getByText('No jobs in the last 30 days'),
  },
  {
    name: 'the event types',
    route: '/event-types',
    path: '/event-types',
    content: (page) => page.getByRole('link', { name: /^invoice\.paid/ }),
  },
  {
    name: 'an event type',
    route: '/event-types/:type',
    path: '/event-types/invoice.paid',
    content: (page) => page.locator('[contenteditable]').getByText('Northwind'),
  },
  {
    name: 'the usage',
    route: '/usage',
    path: '/usage',
    content: (page) => page.getByRole('row', { name: /^Running replays/ }),
  },
  {
    name: 'the page for an unknown address',
    route: '*',
    path: '/nowhere',
    content: (page) => page.getByRole('heading', { name: 'Page not found' }),
  },
];

/** Return a function that fills the ids of a populated project into the path of a page. */
export async function pathsOf({ call, path }: OwnProject): Promise<(path: string) => string> {
  const ids = new Map<string, string>();
  for (const { name, id } of (await call('GET', `${path}/subscriptions`)).body.data) ids.set(name, id);
  ids.set('an event', (await call('GET', `${path}/events?type=invoice.paid`)).body.data[0].id);
  return (template) => template.replace(/\{(.+)\}/, (_, name: string) => ids.get(name) ?? '');
}
