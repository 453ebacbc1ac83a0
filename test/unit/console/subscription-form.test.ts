/// <reference path="../../../console/src/vite-env.d.ts" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { contractSchemas } from '../../../console/contract-schemas.ts';
import { LANGUAGES, type Language, translate } from '../../../console/src/i18n/messages.ts';
import type { Choices } from '../../../console/src/pages/subscription-form/draft.ts';
import { messages } from '../../../console/src/pages/subscription-form/messages.ts';
import { PRESET_SETTINGS } from '../../../console/src/pages/subscription-form/presets.ts';
import { draftSubscription } from '../../../core/manage/new-subscription.ts';
import { nextAttemptAt } from '../../../core/model/retry-schedule.ts';
import { type Subscription, subscriptionDefaults } from '../../../core/model/subscription.ts';
import { FORMAT_NAMES } from '../../../core/request/formats.ts';
import { SIGNATURE_NAMES } from '../../../core/request/signatures.ts';

const DOCUMENT = resolve('docs/openapi.json');
const SECTIONS = { body: 'BodySection', security: 'SecuritySection' } as const;

/** Load the form with the schemas of a document, as Vite does, for the tests of a `describe` block. */
function useForm(documentPath: () => string) {
  let server: ViteDevServer;
  beforeAll(async () => {
    server = await createServer({
      root: resolve('console'),
      configFile: false,
      plugins: [contractSchemas(documentPath())],
      appType: 'custom',
      server: { middlewareMode: true, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
    });
  });
  afterAll(() => server?.close());
  afterEach(() => vi.unstubAllGlobals());

  const load = (module: string) => server.ssrLoadModule(`/src/${module}`);
  const draftModule = async () =>
    (await load(
      'pages/subscription-form/draft.ts',
    )) as typeof import('../../../console/src/pages/subscription-form/draft.ts');
  return {
    async draftOf(choices: Choices) {
      return (await draftModule()).draftOf(choices);
    },
    /** Return the settings of a creation. */
    async settingsOf(choices: Choices) {
      const { draftOf, settingsOf } = await draftModule();
      return settingsOf(draftOf(choices));
    },
    async formatFaults(choices: Choices) {
      const { formatFaults } = await load('pages/subscription-form/faults.ts');
      return formatFaults(await this.draftOf(choices));
    },
    async headerFaults(before: Choices, choices: Choices) {
      const { headerFaults } = await load('pages/subscription-form/faults.ts');
      return headerFaults(before, await this.draftOf(choices));
    },
    /** Return the HTML of a section. */
    async render(section: keyof typeof SECTIONS, choices: Choices, language: Language = 'en') {
      vi.stubGlobal('localStorage', { getItem: () => language });
      const { [SECTIONS[section]]: Section } = await load(`pages/subscription-form/${section}-section.tsx`);
      const { FormContext } = await load('pages/subscription-form/form-context.ts');
      const { LanguageProvider } = await load('i18n/language.tsx');
      const value = {
        draft: await this.draftOf(choices),
        faultOf: () => undefined,
        failingLineOf: () => undefined,
      };
      return renderToStaticMarkup(
        createElement(LanguageProvider, null, createElement(FormContext, { value }, createElement(Section))),
      );
    },
  };
}

const allMatches = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1]);
const formatsIn = (html: string) => allMatches(html, /<code>(.*?)<\/code>/g);
const formatSettingsIn = (html: string) =>
  allMatches(html, /<(?:legend|label for=".*?")>(Fields|Encoding|Template)</g);

const REQUIRED = { url: 'https://example.com/hook', events: ['NewDeal'] };

/** Return the settings of a subscription that the API creates. */
function created(format: string) {
  const subscription = draftSubscription('demo', { ...REQUIRED, format }, 0);
  const names = ['url', 'events', ...Object.keys(subscriptionDefaults)] as (keyof Subscription)[];
  return Object.fromEntries(names.map((name) => [name, subscription[name]]));
}

describe('the subscription form', () => {
  const form = useForm(() => DOCUMENT);

  it.each(FORMAT_NAMES)(
    'preselects what the API gives a creation with only this format: %s',
    async (name) => {
      const format = name as NonNullable<Choices['format']>;
      expect(await form.settingsOf({ ...REQUIRED, format })).toEqual(created(format));
    },
  );

  it.each(['hirehop', 'weavy'] as const)('has a preset that only chooses the format: %s', async (preset) => {
    const changed = { method: 'PUT', signature: 'frappe', retry: [60], timeoutSeconds: 5 } as const;
    const choices = { ...REQUIRED, ...changed, ...PRESET_SETTINGS[preset] } as Choices;
    expect(await form.settingsOf(choices)).toEqual(created(preset));
  });

  it('prefers the choices of the user to the defaults of a format', async () => {
    const choices: Choices = { format: 'hirehop', retry: [60, 600] };
    expect(await form.draftOf(choices)).toMatchObject({ retry: [60, 600], signature: 'none' });
  });

  it('keeps the settings of an existing subscription when its format is changed', async () => {
    const stored = await form.draftOf({ ...REQUIRED, signature: 'frappe' });
    expect(await form.draftOf({ ...stored, format: 'hirehop' })).toEqual({ ...stored, format: 'hirehop' });
  });

  it.each([
    ['fields', ['Fields', 'Encoding']],
    ['template', ['Template']],
    ['hirehop', []],
  ] as const)('shows the settings of the chosen format: %s', async (format, settings) => {
    expect(formatSettingsIn(await form.render('body', { format }))).toEqual(settings);
  });

  it('requires the setting that the format requires', async () => {
    const fault = { path: 'template', keyword: 'required', bound: '' };
    expect(await form.formatFaults({ format: 'template' })).toEqual([fault]);
    expect(await form.formatFaults({ format: 'template', template: '{}' })).toEqual([]);
    expect(await form.formatFaults({ format: 'fields' })).toEqual([{ ...fault, path: 'fields' }]);
    expect(await form.formatFaults({ format: 'standard' })).toEqual([]);
  });

  it.each(LANGUAGES)('labels every format and signature in this language: %s', async (language) => {
    expect(await form.render('body', {}, language)).not.toContain('<span class="hint"></span>');
    const labels = allMatches(await form.render('security', {}, language), /<option.*?>(.*?)</g);
    expect(labels).toHaveLength(SIGNATURE_NAMES.length);
    expect(SIGNATURE_NAMES.filter((name) => labels.includes(name))).toEqual([]);
  });

  describe('asks for the values of stored headers again', () => {
    const url = 'https://example.com/hook';
    const before = { url, dynamicUrl: false, headers: { 'X-Team': '***', 'Content-Type': 'text/plain' } };
    const fault = { path: 'headers', keyword: 'again', bound: 'X-Team' };

    it.each<[string, Choices]>([
      ['another URL', { ...before, url: `${url}/2` }],
      ['a template as the URL', { ...before, dynamicUrl: true }],
      ['another URL, even if the header is left out', { ...before, url: `${url}/2`, headers: {} }],
    ])('for %s', async (_, after) => {
      expect(await form.headerFaults(before, after)).toEqual([fault]);
    });

    it.each<[string, Choices, Choices]>([
      ['the same URL', before, { ...before, name: 'b' }],
      ['another URL with the values', before, { ...before, url: `${url}/2`, headers: { 'x-team': 'a' } }],
      ['a new subscription', {}, before],
    ])('but not for %s', async (_, former, after) => {
      expect(await form.headerFaults(former, after)).toEqual([]);
    });
  });
});

describe('the subscription form, with formats and signatures that it does not know', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-form-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const form = useForm(() => {
    const document = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
    const { BodyFormat, SignatureKind, NewSubscription } = document.components.schemas;
    const { format } = NewSubscription.properties;
    BodyFormat.enum.push('plain', 'report');
    format['x-choices'].plain = { settings: [], requires: null, defaults: { retry: [5] } };
    format['x-choices'].report = { settings: ['template'], requires: 'template', defaults: {} };
    SignatureKind.enum.push('ed25519');
    const path = join(directory, 'openapi.json');
    writeFileSync(path, JSON.stringify(document));
    return path;
  });
  const [plain, report] = ['plain', 'report'].map((format) => ({ format }) as unknown as Choices);

  it.each(LANGUAGES)('offers them by their names in every language: %s', async (language) => {
    const body = await form.render('body', plain ?? {}, language);
    expect(formatsIn(body)).toEqual([...FORMAT_NAMES, 'plain', 'report']);
    expect(body).toContain('checked=""/><span><code>plain</code>');
    expect(await form.render('security', {}, language)).toContain('<option value="ed25519">ed25519</option>');
  });

  it('reads their settings and defaults', async () => {
    expect(await form.draftOf(plain ?? {})).toMatchObject({ format: 'plain', retry: [5] });
    expect(formatSettingsIn(await form.render('body', plain ?? {}))).toEqual([]);
    expect(formatSettingsIn(await form.render('body', report ?? {}))).toEqual(['Template']);
    expect(await form.formatFaults(report ?? {})).toMatchObject([{ path: 'template' }]);
  });
});

describe('the hint below the retry setting', () => {
  function varies(retry: Subscription['retry']): boolean {
    const [shortest, longest] = [0, 1].map((random) =>
      nextAttemptAt({ retry, number: 1, now: 0, retryAfter: null, random }),
    );
    return shortest !== longest;
  }

  it.each([
    ['standardRetryHint', 'standard'],
    ['customRetryHint', [60, 600]],
  ] as const)('says whether waits vary, in every language: %s', (key, retry) => {
    for (const language of LANGUAGES)
      expect(/±\s?20/.test(translate(messages[key], language)), language).toBe(varies(retry));
  });
});
