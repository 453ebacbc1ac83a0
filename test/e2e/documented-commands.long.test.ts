import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoopbackServer } from '../../local/http/loopback.ts';
import type { Outputs } from '../../local/outputs.ts';
import { type Background, startInBackground } from '../support/background.ts';
import { copyRepository } from '../support/clone.ts';
import { documentedCommands, isIn } from '../support/documented/check.ts';
import { SCENES } from '../support/documented/scenes.ts';
import { essenceOf } from '../support/documented/shell-commands.ts';
import { eventually } from '../support/eventually.ts';
import { frappeWebhook, startFrappeSite } from '../support/frappe-site.ts';
import { freePort } from '../support/free-port.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { type Shell, shellIn } from '../support/shell.ts';
import { isThere, type Program } from '../support/tool-chains.ts';

/**
 * Runs the commands of README, docs and examples in a copy of the repository, as a reader copies them from the page. What a page
 * leaves to the reader is filled in, and addresses beyond this machine become those of a receiver on it.
 */
const clone = mkdtempSync(join(tmpdir(), 'ancrage-clone-'));
const { VITEST: _, NODE_ENV: __, ...inherited } = process.env;
const env = {
  ...inherited,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  // Its curl fails where a reader would see an error.
  CURL_HOME: clone,
};
const running: Background[] = [];

beforeAll(() => {
  copyRepository(clone);
  writeFileSync(join(clone, '.curlrc'), 'fail\nsilent\nshow-error\n');
});
afterAll(async () => {
  for (const each of running.reverse()) await each.stop();
  rmSync(clone, { recursive: true, force: true });
});

/** Commands that run until they are stopped, and what they print when they are ready. */
const READY: Readonly<Record<string, RegExp>> = {
  'npm run listen': /Ctrl-C/,
  'node examples/receivers/receiver.mjs': /listen/i,
};

const NEEDED: readonly Program[] = ['jq', 'aws', 'go'];

describe('the commands of the pages, on the local stack', () => {
  const receiver = useReceiver();
  let outputs: Outputs;
  let port: number;
  let site: LoopbackServer;
  const shell: { current?: Shell } = {};

  beforeAll(async () => {
    port = await freePort();
    running.push(
      await startInBackground(`npm start -- --port ${await freePort()}`, /^Ancrage is ready$/m, clone, env),
    );
    const written = readFileSync(join(clone, '.local/outputs.json'), 'utf8');
    outputs = JSON.parse(written);
    // As `npm run deploy` writes it.
    writeFileSync(join(clone, 'cdk-outputs.json'), written);
    const { origin } = new URL(receiver.url());
    // As an export of HireHop's and of Frappe's webhooks, and as the counts of a month.
    writeFileSync(join(clone, 'webhooks.csv'), `url,events,name\n${origin}/csv,job.*,Billing sync\n`);
    writeFileSync(
      join(clone, 'webhook.json'),
      JSON.stringify({ data: [frappeWebhook('Quotations', origin)] }),
    );
    writeFileSync(join(clone, 'secrets.json'), JSON.stringify({ Quotations: 'a secret' }));
    const counts = /```json\n(.*?)```/s.exec(readFileSync('docs/cost.md', 'utf8'))?.[1];
    writeFileSync(join(clone, 'measured.json'), counts ?? '');
    // As `npm run bench -- cost` saves its counts.
    mkdirSync(join(clone, 'bench/results'), { recursive: true });
    cpSync('docs/performance/cost-queue.json', join(clone, 'bench/results/cost-queue.json'));
    site = await startFrappeSite(frappeWebhook('Invoices', origin));
  }, 300_000);
  afterAll(() => site.stop());

  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(new URL(path, outputs.apiUrl), {
      method,
      headers: { authorization: `Bearer ${outputs.adminKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has made.
    return (await response.json()) as any;
  };
  const newest = async (project: string, kind: 'subscriptions' | 'events'): Promise<string> =>
    (await call('GET', `/v1/projects/${project}/${kind}?limit=1`)).data[0].id;
  const newKey = async (project: string, scope: string): Promise<{ id: string; secret: string }> =>
    call('POST', `/v1/projects/${project}/keys`, { name: scope, scopes: [scope] });

  /** Fill in what the page leaves to the reader. */
  async function filled(text: string): Promise<string> {
    const project = /\bprojects\/(\w+)|\breplay (\w+) sub_/.exec(text);
    const of = project?.[1] ?? project?.[2] ?? 'demo';
    const { host } = new URL(outputs.apiUrl);
    const origin = new URL(receiver.url()).origin;
    let command = text
      .replaceAll('127.0.0.1:3000', host)
      .replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`)
      .replaceAll('https://erp.example.com', site.endpoint)
      .replaceAll('https://<id>.execute-api.eu-west-3.amazonaws.com', outputs.apiUrl)
      .replaceAll(/https:\/\/(?:hooks\.zapier\.com|n8n\.example\.com|example\.com)/g, origin)
      .replaceAll('--stage prod', '--stage local')
      .replaceAll('=…', `=${outputs.adminKey}`)
      .replaceAll(' PROJECT ', ' demo ')
      .replaceAll('$ADMIN_KEY', outputs.adminKey);
    if (command.includes('<key id>')) {
      const { id, secret } = await newKey('erp', 'manage');
      command = command.replace('<key id>:<key secret>', `${id}:${secret}`);
    }
    if (command.includes('$PUBLISH_KEY'))
      command = command.replace('$PUBLISH_KEY', (await newKey('erp', 'publish')).secret);
    if (command.includes('projects/smoke-…')) {
      await call('POST', '/v1/projects', { id: 'smoke-left' });
      command = `API=${outputs.apiUrl}; ${command.replace('smoke-…', 'smoke-left')}`;
    }
    if (command.includes('sub_…')) command = command.replace('sub_…', await newest(of, 'subscriptions'));
    if (command.includes('evt_…')) command = command.replace('evt_…', await newest(of, 'events'));
    return command;
  }

  /** What a page says its readers have already. */
  const GIVEN: Readonly<Record<string, () => Promise<string>>> = {
    'docs/api.md': async () => `API=${outputs.apiUrl} KEY=${outputs.adminKey}`,
    'Test requests and previews': async () => {
      await call('POST', '/v1/projects/demo/subscriptions', {
        ...{ url: receiver.url('/tested'), events: ['invoice.paid'] },
      });
      return `API=${outputs.apiUrl} KEY=${outputs.adminKey}`;
    },
    'docs/dialects.md': async () => `API=${outputs.apiUrl} KEY=${outputs.adminKey}`,
    'docs/upgrading.md': async () => `API=${outputs.apiUrl} KEY=${outputs.adminKey}`,
    n8n: async () => `API=${outputs.apiUrl}/v1/projects/demo KEY=${outputs.adminKey}`,
  };

  const commands = documentedCommands();
  let page = '';

  it.each(SCENES)('work: $file, $heading', async (scene) => {
    const { file, heading, prose = [], without = [] } = scene;
    // A reader has one terminal for a page.
    if (page !== file || shell.current === undefined)
      shell.current = shellIn(clone, { ...env, PORT: String(port) });
    page = file;
    const { current } = shell;
    const given = GIVEN[heading] ?? GIVEN[file];
    if (given !== undefined) await current.run(await given());
    const shown = commands.filter((command) => isIn(scene, command) && !command.isMarked);
    const blocks = shown.filter(({ place, text }) => place === 'block' && !without.includes(essenceOf(text)));
    for (const text of [...blocks.map(({ text }) => text), ...prose]) {
      const missing = NEEDED.filter(
        (program) => new RegExp(`\\b${program} `).test(text) && !isThere(program),
      );
      if (missing.length > 0) {
        console.log(`Not run, for want of ${missing.join(', ')}: ${text}`);
        continue;
      }
      const command = await filled(text);
      const ready = READY[essenceOf(text)];
      if (ready === undefined) await current.run(command);
      else running.push(await current.start(command, ready));
    }
  });

  it('lead to what the pages say', async () => {
    for (const path of ['/hook', '/tested']) await receiver.waitFor(1, to(path));
    const [, listen, example] = running;
    await eventually('the receivers have printed the events', () => {
      expect(listen?.output()).toContain('1234567890123456789.10');
      expect(example?.output()).toContain('invoice.paid');
    });
  });
});
