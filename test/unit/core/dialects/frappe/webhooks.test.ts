import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOC_EVENTS, METHODS, STRUCTURES, webhookSchema } from '../../../../../core/api-schemas/frappe.ts';
import { checkWebhook } from '../../../../../core/dialects/frappe/check-webhook.ts';
import { keptOf, toDialectPart } from '../../../../../core/dialects/frappe/kept.ts';
import { mergeWebhook, WEBHOOK_DEFAULTS, type Webhook } from '../../../../../core/dialects/frappe/webhook.ts';
import { webhookDocument } from '../../../../../core/dialects/frappe/webhook-document.ts';
import { webhookOf } from '../../../../../core/dialects/frappe/webhook-of.ts';
import { toSettings } from '../../../../../core/dialects/frappe/webhook-settings.ts';
import type { Subscription } from '../../../../../core/model/subscription.ts';
import { subscriptionRecord } from '../../../../support/records.ts';

const users = { owner: 'key_1', modifiedBy: 'key_2' };

function subscriptionOf(webhook: Webhook): Subscription {
  return subscriptionRecord({
    ...(toSettings(webhook) as Partial<Subscription>),
    secrets: [{ secret: webhook.webhook_secret ?? 'whsec_of_ours', expiresAt: null }],
    dialectPart: toDialectPart(webhook, users),
  });
}

const text = fc.string({ minLength: 1, maxLength: 5 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const bit = fc.constantFrom(0 as const, 1 as const);
/** Any valid webhook. */
const webhooks: fc.Arbitrary<Webhook> = fc
  .record({
    webhook_doctype: fc.constantFrom('Task', 'Sales Invoice', 'Été'),
    webhook_docevent: fc.constantFrom(...DOC_EVENTS),
    enabled: bit,
    condition: maybe(fc.constantFrom('doc.a > 1')),
    request_url: fc.webUrl(),
    is_dynamic_url: bit,
    request_method: fc.constantFrom(...METHODS),
    request_structure: fc.constantFrom(...STRUCTURES),
    timeout: fc.integer({ min: 1, max: 30 }),
    background_jobs_queue: maybe(text),
    enable_security: bit,
    webhook_secret: maybe(text),
    webhook_json: maybe(fc.constantFrom('{}', '{"a": 1}')),
    webhook_headers: fc.array(fc.record({ key: maybe(text), value: maybe(text) }), { maxLength: 4 }),
    webhook_data: fc.uniqueArray(fc.record({ key: fc.constantFrom('a', 'b'), fieldname: text }), {
      maxLength: 4,
      selector: ({ fieldname }) => fieldname,
    }),
  })
  .filter(({ enable_security, webhook_secret }) => enable_security === 0 || webhook_secret !== null)
  .map((webhook) => mergeWebhook(webhook, {}));

describe('a webhook', () => {
  it.each([
    [{ condition: 'doc.get_formatted("a")' }, 'Invalid Condition: doc.get_formatted() is not available'],
    [
      { webhook_json: '{"a": "{{ frappe.get_all("Task") }}"}' },
      'Syntax error in template as line 1: frappe.get_all is not available: it needs a Frappe site',
    ],
  ])('is refused by name for what needs a site: %o', (given, message) => {
    const webhook = mergeWebhook(WEBHOOK_DEFAULTS, {
      webhook_doctype: 'Task',
      webhook_docevent: 'on_update',
      request_url: 'https://a.example/',
      ...given,
    });
    expect(() => checkWebhook(webhook, 'W')).toThrow(message);
  });

  it('is returned unchanged from its subscription, with its secret and the values of its headers as asterisks', () => {
    fc.assert(
      fc.property(webhooks, (webhook) => {
        const { webhook_secret, webhook_headers: rows, ...rest } = webhook;
        const mask = webhook_secret && '*'.repeat([...webhook_secret].length);
        const webhook_headers = rows.map(({ key, value }) => ({ key, value: value && '***' }));
        expect(webhookOf(subscriptionOf(webhook))).toEqual({
          ...rest,
          webhook_headers,
          webhook_secret: mask,
        });
      }),
    );
  });

  it('keeps the order of its rows although the table does not keep the order of keys', () => {
    const headers = [
      { key: 'b', value: '1' },
      { key: 'a', value: '2' },
      { key: 'c', value: null },
    ];
    const webhook = { ...WEBHOOK_DEFAULTS, webhook_doctype: 'Task', request_url: 'https://a.example/' };
    const subscription = subscriptionOf({ ...webhook, webhook_headers: headers });
    const { b, a } = subscription.headers as { a: string; b: string };
    const rows = headers.map(({ key, value }) => ({ key, value: value && '***' }));
    expect(webhookOf({ ...subscription, headers: { a, b } })?.webhook_headers).toEqual(rows);
    expect(webhookOf({ ...subscription, headers: { a, d: 'x' } })?.webhook_headers).toEqual([
      { key: 'a', value: '***' },
      { key: 'd', value: '***' },
    ]);
  });

  it('is stored with the values of its headers only once, in the settings', () => {
    const webhook_headers = [
      { key: 'Content-Type', value: 'text/plain' },
      { key: 'X-Team', value: 'hush' },
      { key: null, value: 'hush' },
    ];
    const { headers, dialectPart } = subscriptionOf({
      ...WEBHOOK_DEFAULTS,
      webhook_doctype: 'Task',
      webhook_headers,
    });
    expect(headers).toEqual({ 'Content-Type': 'text/plain', 'X-Team': 'hush' });
    expect(dialectPart?.headers).toEqual([
      { key: 'Content-Type', value: 'text/plain' },
      { key: 'X-Team', value: '***' },
      { key: null, value: '***' },
    ]);
  });

  it('loses its structure once its body has another one', () => {
    const webhook = mergeWebhook(WEBHOOK_DEFAULTS, {
      webhook_doctype: 'Task',
      request_url: 'https://a.example/',
      request_structure: 'JSON',
      webhook_json: '{"a": 1}',
    });
    const subscription = subscriptionOf(webhook);
    const structureOf = (changes: Partial<Subscription>) =>
      webhookOf({ ...subscription, ...changes })?.request_structure;
    expect(structureOf({})).toBe('JSON');
    expect(structureOf({ format: 'fields', fields: [{ key: 'a', fieldname: 'b' }] })).toBe('');
    const form = subscriptionOf({ ...webhook, request_structure: 'Form URL-Encoded', webhook_json: null });
    expect(webhookOf(form)?.request_structure).toBe('Form URL-Encoded');
    expect(webhookOf({ ...form, template: '{"a": 2}' })?.request_structure).toBe('');
  });

  it('ignores the part of another dialect', () => {
    const dialectPart = { dialect: 'another', owner: 'nobody', backgroundJobsQueue: 'x' };
    expect(keptOf(subscriptionRecord({ dialectPart }))).toMatchObject({
      owner: 'Administrator',
      backgroundJobsQueue: null,
    });
  });

  it('has rows with unique and stable names', () => {
    const webhook = mergeWebhook(WEBHOOK_DEFAULTS, {
      webhook_doctype: 'Task',
      request_url: 'https://a.example/',
      webhook_headers: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    });
    const subscription = subscriptionOf(webhook);
    const namesOf = (given: Subscription) =>
      webhookDocument(given, webhook, true).webhook_headers.map(({ name }) => name);
    expect(new Set(namesOf(subscription)).size).toBe(2);
    expect(namesOf(subscription)).toEqual(namesOf({ ...subscription, version: 2 }));
    expect(namesOf({ ...subscription, id: 'sub_other' })).not.toEqual(namesOf(subscription));
  });
});

describe('reading a webhook that a client sends', () => {
  const read = (given: object) => mergeWebhook(WEBHOOK_DEFAULTS, webhookSchema.parse(given));

  it.each([
    [{ enabled: '0' }, { enabled: 0 }],
    [{ enabled: 2 }, { enabled: 1 }],
    [{ enabled: 'yes' }, { enabled: 0 }],
    [{ enabled: null }, { enabled: 1 }],
    [{ enable_security: true }, { enable_security: 1 }],
    [{ timeout: '7.9' }, { timeout: 7 }],
    [{ timeout: 0 }, { timeout: 5 }],
    [{ timeout: -1 }, { timeout: -1 }],
    [{ condition: '' }, { condition: null }],
    [{ request_method: '' }, { request_method: 'POST' }],
    [{ webhook_headers: null }, { webhook_headers: [] }],
    [{ webhook_headers: '' }, { webhook_headers: [] }],
    [{ webhook_headers: [{ key: 1, x: 2 }] }, { webhook_headers: [{ key: '1', value: null }] }],
    [{ nonsense: { deep: [] } }, {}],
  ])('turns %j into %j', (given, expected) => {
    expect(read(given)).toEqual({ ...WEBHOOK_DEFAULTS, ...expected });
  });

  it.each<[string, object]>([
    ['a text that no store takes', { background_jobs_queue: 'a\ud800' }],
    ['a NUL in a row that is not sent', { webhook_headers: [{ key: 'a\0', value: null }] }],
    ['a queue with a long name', { background_jobs_queue: 'x'.repeat(141) }],
    ['many rows, though they are empty', { webhook_headers: Array.from({ length: 51 }, () => ({})) }],
    ['many fields', { webhook_data: Array.from({ length: 101 }, () => ({ key: 'a' })) }],
    ['a long row, though it is not sent', { webhook_headers: [{ key: 'x'.repeat(16_385) }] }],
    [
      'rows that are long together',
      { webhook_data: Array.from({ length: 2 }, () => ({ key: 'x'.repeat(9000) })) },
    ],
  ])('rejects %s', (_what, given) => {
    expect(webhookSchema.safeParse(given).success).toBe(false);
  });

  it('reports every fault of its rows', () => {
    const given = { webhook_headers: Array.from({ length: 51 }, () => ({ key: 'x'.repeat(400) })) };
    expect(webhookSchema.safeParse(given).error?.issues.map(({ message }) => message)).toEqual([
      'has more than 50 rows',
      'has more than 16384 characters',
    ]);
  });

  it('accepts as many rows as are sent, with all fields of Frappe', () => {
    const row = { name: 'abc', idx: 1, parent: 'x'.repeat(1000), key: 'k', value: 'v' };
    const given = { webhook_headers: Array.from({ length: 50 }, () => row) };
    expect(read(given).webhook_headers).toHaveLength(50);
  });
});
