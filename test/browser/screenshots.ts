/** Writes `docs/images/`: each page of the console in both themes, and on a phone. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { startLocalStack } from '../../local/local-stack.ts';
import { launchChromium } from './chromium.ts';
import { populate } from './scene.ts';

const IMAGES = 'docs/images';
const THEMES = ['light', 'dark'] as const;

interface Shot {
  readonly name: string;
  /** `{Billing sync}` stands for the id of the subscription of this name. */
  readonly path: string;
  /** What to do before. */
  prepare?(page: Page): Promise<unknown>;
}

const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/' },
  { name: 'subscriptions', path: '/subscriptions' },
  { name: 'subscription', path: '/subscriptions/{CRM}' },
  { name: 'waiting', path: '/subscriptions/{Analytics}/waiting' },
  { name: 'settings', path: '/subscriptions/{Billing sync}/settings' },
  { name: 'form', path: '/subscriptions/{Large invoices to Slack}/edit' },
  {
    name: 'attempt',
    path: '/subscriptions/{CRM}',
    prepare: (page) => page.locator('.attempt-row').first().click(),
  },
  { name: 'request-log', path: '/log' },
  { name: 'events', path: '/events' },
  {
    name: 'event',
    path: '/events',
    prepare: (page) =>
      page
        .getByRole('link', { name: /^invoice.paid/ })
        .first()
        .click(),
  },
  { name: 'event-types', path: '/event-types' },
  { name: 'event-type', path: '/event-types/invoice.paid' },
];
const ON_PHONES = ['overview', 'subscriptions', 'attempt'];

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

async function take({ name, path, prepare }: Shot, theme: (typeof THEMES)[number], phone: boolean) {
  const context = await browser.newContext({
    locale: 'en-GB',
    colorScheme: theme,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 860 },
  });
  await context.addInitScript(
    (session) => sessionStorage.setItem('ancrage.session', session),
    JSON.stringify({ key: adminKey, project }),
  );
  const page = await context.newPage();
  await page.goto(apiUrl + path.replace(/\{(.+?)\}/, (_, name: string) => idOf(name)));
  await page.waitForLoadState('networkidle');
  await prepare?.(page);
  // The log is live, so that there is never silence for long: what is shown has come by then.
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(IMAGES, `${name}-${theme}${phone ? '-phone' : ''}.png`) });
  await context.close();
}

mkdirSync(IMAGES, { recursive: true });
const browser = await launchChromium();
try {
  for (const shot of SHOTS)
    for (const theme of THEMES) {
      await take(shot, theme, false);
      if (ON_PHONES.includes(shot.name)) await take(shot, theme, true);
    }
} finally {
  await browser.close();
  await receiver.stop();
  dynamodb.destroy();
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
