/** Write `docs/images/`: each page of the console in both themes, and some of them on a phone. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Locator, Page } from 'playwright-core';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { startLocalStack } from '../../local/local-stack.ts';
import { launchChromium } from './chromium.ts';
import { populate } from './scene.ts';

const IMAGES = 'docs/images';

interface Shot {
  readonly name: string;
  /** `{Billing sync}` is replaced by the ID of the subscription with this name. */
  readonly path: string;
  /** Click on this before the screenshot. */
  readonly click?: (page: Page) => Locator;
  /** The content that loads last. */
  readonly content: (page: Page) => Locator;
}

const attempts = (page: Page) => page.locator('.attempt-row');
const linkToType = (page: Page) => page.getByRole('link', { name: /^invoice\.paid/ }).first();

const SHOTS: readonly Shot[] = [
  {
    name: 'overview',
    path: '/',
    content: (page) =>
      page
        .getByRole('main')
        .filter({ has: page.getByRole('row', { name: /^Analytics \d/ }) })
        .filter({ hasText: '410 Gone' }),
  },
  {
    name: 'subscriptions',
    path: '/subscriptions',
    content: (page) => page.getByRole('link', { name: /^CRM/ }),
  },
  { name: 'subscription', path: '/subscriptions/{CRM}', content: (page) => attempts(page).first() },
  {
    name: 'paused',
    path: '/subscriptions/{Analytics}',
    content: (page) => page.getByText('Paused: the endpoint answered 503'),
  },
  {
    name: 'waiting',
    path: '/subscriptions/{Analytics}/waiting',
    content: (page) => page.getByRole('table', { name: 'Queued deliveries' }),
  },
  {
    name: 'settings',
    path: '/subscriptions/{Billing sync}/settings',
    content: (page) => page.getByTestId('secret'),
  },
  {
    name: 'form',
    path: '/subscriptions/{Large invoices to Slack}/edit',
    content: (page) => page.getByRole('region', { name: 'Preview' }).getByText('webhook-signature'),
  },
  {
    name: 'attempt',
    path: '/subscriptions/{CRM}',
    click: (page) => attempts(page).first(),
    content: (page) =>
      page
        .getByRole('dialog')
        .getByText(/failed, next in/)
        .first(),
  },
  { name: 'request-log', path: '/log', content: (page) => attempts(page).first() },
  { name: 'events', path: '/events', content: (page) => page.locator('.event-row').first() },
  {
    name: 'event',
    // Other types may fill the visible rows of the whole list.
    path: '/events?type=invoice.paid',
    click: linkToType,
    content: (page) => page.getByRole('list', { name: 'Deliveries' }).getByRole('link').first(),
  },
  {
    name: 'jobs',
    path: '/jobs',
    content: (page) => page.getByRole('list', { name: 'Jobs' }).getByText('Large invoices to Slack').first(),
  },
  { name: 'event-types', path: '/event-types', content: linkToType },
  {
    name: 'event-type',
    path: '/event-types/invoice.paid',
    content: (page) => page.locator('[contenteditable]').getByText('Northwind'),
  },
  { name: 'usage', path: '/usage', content: (page) => page.getByRole('row', { name: /^Running replays/ }) },
];
/** Shown as others see them too: in the dark theme, or on a phone. */
const DARK = ['attempt'];
const ON_PHONES = ['overview'];

const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-screenshots-'));
const stack = await startLocalStack({ port: 0, dataDir, ephemeral: true, guard: false });
const { apiUrl, adminKey, project, region, tableName, ...outputs } = stack.outputs;

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, text, body: text === '' ? undefined : JSON.parse(text) };
}

const dynamodb = new DynamoDBClient({
  region,
  endpoint: outputs.awsEndpointUrlDynamodb,
  credentials: { accessKeyId: outputs.accessKeyId, secretAccessKey: outputs.secretAccessKey },
});
const receiver = await populate({
  project,
  table: openTable(tableName, Date.now, dynamodb),
  call,
  subscribe: async (settings) => (await call('POST', `/v1/projects/${project}/subscriptions`, settings)).body,
  publish: (event) => call('POST', `/v1/projects/${project}/events`, event),
});
const subscriptions: { id: string; name: string }[] = (
  await call('GET', `/v1/projects/${project}/subscriptions`)
).body.data;
const idOf = (name: string) => subscriptions.find((subscription) => subscription.name === name)?.id ?? '';

const SLACK = `/v1/projects/${project}/subscriptions/${idOf('Large invoices to Slack')}`;
await call('POST', `${SLACK}/replay`, { since: new Date(0).toISOString(), only: 'all' });

const { id: userName } = (await call('GET', '/v1/key')).body;
const credentials = { projectCode: project, userName, password: adminKey };
const { authToken: token } = (await call('POST', '/v1/Authenticate', credentials)).body;
const session = JSON.stringify({ token });

async function take({ name, path, click, content }: Shot, theme: 'light' | 'dark', phone: boolean) {
  const context = await browser.newContext({
    locale: 'en-GB',
    colorScheme: theme,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 860 },
  });
  await context.addInitScript((stored) => sessionStorage.setItem('ancrage.session', stored), session);
  const page = await context.newPage();
  await page.goto(apiUrl + path.replace(/\{(.+?)\}/, (_, name: string) => idOf(name)));
  await click?.(page).click();
  await content(page).waitFor();
  await page.getByRole('status', { name: 'Loading…' }).first().waitFor({ state: 'detached' });
  await page.screenshot({ path: join(IMAGES, `${name}-${theme}${phone ? '-phone' : ''}.png`) });
  await context.close();
}

mkdirSync(IMAGES, { recursive: true });
const browser = await launchChromium();
try {
  for (const shot of SHOTS) {
    await take(shot, DARK.includes(shot.name) ? 'dark' : 'light', false);
    if (ON_PHONES.includes(shot.name)) await take(shot, 'dark', true);
  }
} finally {
  await browser.close();
  await receiver.stop();
  dynamodb.destroy();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
