import { describe, expect, it } from 'vitest';
import {
  differences,
  entriesOf,
  lacksTables,
  type Webhook,
  withSecret,
} from '../../../bin/import/frappe-documents.ts';

const exported = {
  doctype: 'Webhook',
  name: 'HOOK-0001',
  owner: 'Administrator',
  creation: '2026-01-15 09:12:04.118200',
  modified: '2026-01-15 09:30:41.502310',
  docstatus: 0,
  idx: 0,
  webhook_doctype: 'Task',
  webhook_docevent: 'on_update',
  enabled: 1,
  condition: 'doc.total > 40000',
  request_url: 'https://example.com/hook',
  is_dynamic_url: 0,
  request_method: 'POST',
  request_structure: 'JSON',
  timeout: 5,
  background_jobs_queue: null,
  enable_security: 1,
  webhook_secret: '************',
  webhook_json: '{ "id": "{{ doc.name }}" }',
  webhook_headers: [
    { name: 'abc', idx: 1, doctype: 'Webhook Header', parent: 'HOOK-0001', key: 'X-Api', value: 'k' },
  ],
  webhook_data: [],
};
const webhook: Webhook = {
  name: 'HOOK-0001',
  webhook_doctype: 'Task',
  webhook_docevent: 'on_update',
  enabled: 1,
  condition: 'doc.total > 40000',
  request_url: 'https://example.com/hook',
  is_dynamic_url: 0,
  request_method: 'POST',
  request_structure: 'JSON',
  timeout: 5,
  enable_security: 1,
  webhook_secret: '************',
  webhook_json: '{ "id": "{{ doc.name }}" }',
  webhook_headers: [{ key: 'X-Api', value: 'k' }],
  webhook_data: [],
};

describe('an export of Frappe', () => {
  it.each<[string, unknown]>([
    ['a document', exported],
    ['an array, as in fixtures', [exported]],
    ['a response of the API', { data: exported }],
    ['a list of the API', { data: [exported] }],
    ['an answer of frappe.client.get', { message: exported }],
    ['an answer of frappe.client.get_list', { message: [exported] }],
    ['documents of the desk', { docs: [exported] }],
  ])('may be %s, from which the fields of the Webhook are taken', (_, file) => {
    expect(entriesOf(file)).toEqual([{ what: 'HOOK-0001', webhook }]);
  });

  it('may contain documents that are not Webhooks or have no name', () => {
    expect(
      entriesOf([
        { doctype: 'Customer', name: 'A' },
        { name: 'B' },
        'C',
        { doctype: 'Webhook' },
        { webhook_doctype: 'Task', name: 'D' },
      ]),
    ).toEqual([
      { what: 'A', skipped: 'is not a Webhook but a Customer' },
      { what: 'B', skipped: 'is not a Webhook but a document without a doctype' },
      { what: '', fault: 'is not a document' },
      { what: '', fault: 'has no name, which a second import needs to recognise it' },
      { what: 'D', webhook: { name: 'D', webhook_doctype: 'Task' } },
    ]);
  });

  it('may be a list, which lacks the child tables', () => {
    const { webhook_headers: _, webhook_data: __, ...listed } = webhook;
    expect(lacksTables({ ...listed, webhook_json: '' })).toBe(true);
    expect(lacksTables(listed)).toBe(false);
    expect(lacksTables({ ...webhook, webhook_json: '' })).toBe(false);
  });
});

describe('the secret of a Webhook', () => {
  const { webhook_secret: _, ...unsigned } = webhook;

  it('comes from the secrets file, or else from the export', () => {
    expect(withSecret(webhook, { 'HOOK-0001': 's' })).toEqual({ ...unsigned, webhook_secret: 's' });
    expect(withSecret({ ...webhook, webhook_secret: 'plain' }, {})?.webhook_secret).toBe('plain');
  });

  it.each(['***', '', undefined])('is missing if neither file contains it: %s', (secret) => {
    expect(withSecret({ ...webhook, webhook_secret: secret }, { toString: 's' })).toBeNull();
    expect(withSecret({ ...webhook, name: 'toString', webhook_secret: secret }, {})).toBeNull();
  });

  it('is left out if the Webhook does not sign', () => {
    const off = { ...webhook, enable_security: 0 };
    expect(withSecret(off, {})).toEqual({ ...unsigned, enable_security: 0 });
  });
});

describe('an existing Webhook', () => {
  it('is the same if it has the defaults of omitted fields, or values in Frappe’s notation', () => {
    const found = {
      ...webhook,
      enabled: true,
      condition: 'doc.total > 40000',
      background_jobs_queue: '',
      webhook_secret: '*****',
      webhook_headers: [
        { idx: 1, key: 'X-Api', value: '***' },
        { key: 'X-Empty', value: '' },
      ],
      modified: 'now',
    };
    expect(differences(webhook, found)).toEqual([]);
    const { timeout: _, request_method: __, enabled: ___, ...short } = webhook;
    expect(differences(short as Webhook, found)).toEqual([]);
  });

  it.each<[string, object]>([
    ['enabled', { enabled: 0 }],
    ['condition', { condition: null }],
    ['request_url', { request_url: 'https://example.com/other' }],
    ['timeout', { timeout: 10 }],
    ['webhook_json', { webhook_json: '{}' }],
    ['webhook_headers', { webhook_headers: [] }],
    ['webhook_headers', { webhook_headers: [{ key: 'X-Api', value: 'other' }] }],
    ['webhook_data', { webhook_data: [{ fieldname: 'name', key: 'id' }] }],
  ])('differs in %s', (field, change) => {
    expect(differences(webhook, { ...webhook, ...change })).toEqual([field]);
  });
});
