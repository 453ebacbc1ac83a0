import { resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';
import { describeWith, pythonWith, run } from '../support/tool-chains.ts';

const REQUIREMENTS = resolve('test/judges/frappe/requirements.txt');

type Outcome = { readonly returned: unknown } | { readonly raised: string };

describeWith(['python3'], "Frappe's Python client", () => {
  const stack = useStack();
  let results: Readonly<Record<string, Outcome>>;
  let keyId: string;
  beforeAll(async () => {
    const python = await pythonWith(REQUIREMENTS);
    const { id, secret } = await stack().newKey(['manage']);
    keyId = id;
    const args = [stack().outputs.apiUrl, id, secret, 'http://127.0.0.1:9/hook'];
    results = JSON.parse(await run(`${python}/python`, ['test/judges/frappe/client.py', ...args]));
  });

  it.each([
    ['insert', { name: 'first', timeout: 3 }],
    ['insert_many', ['second', 'third']],
    ['get_list', [{ name: 'first', timeout: 3 }]],
    ['get_list_page', [{ name: 'second' }]],
    ['get_doc', { name: 'first', enabled: 1 }],
    ['get_doc_by_filters', [{ name: 'first' }]],
    ['get_doc_of_nothing', null],
    ['get_value', { timeout: 3 }],
    ['get_value_of_any', { name: 'third' }],
    ['set_value', { timeout: 4 }],
    ['update', { enabled: 0, timeout: 4 }],
    ['bulk_update', { failed_docs: [] }],
    ['post_api', 7],
    ['get_count', 3],
    ['rename_doc', 'renamed'],
    ['get_log', []],
    ['delete', null],
    ['names', ['first', 'renamed']],
    ['left', 2],
  ])('gets from %s what it asks for', (call, returned) => {
    expect(results[call]).toEqual({ returned });
  });

  it('knows who is logged in, also after it has logged out', () => {
    for (const call of ['get_api', 'after_logout']) expect(results[call]).toEqual({ returned: keyId });
  });

  it.each([
    ['update_of_stale', 'TimestampMismatchError'],
    ['delete_again', 'DoesNotExistError'],
    ['delete_of_log', 'PermissionError'],
    ['update_of_nothing', 'DoesNotExistError'],
    ['set_value_of_nothing', 'DoesNotExistError'],
    ['set_unknown_field', 'ValidationError'],
    ['rename_of_nothing', 'DoesNotExistError'],
    ['insert_of_known', 'DuplicateEntryError'],
    ['insert_of_invalid', 'ValidationError'],
    ['insert_of_unknown', 'DoesNotExistError'],
    ['get_list_of_unknown', 'DoesNotExistError'],
    ['submit', 'ValidationError'],
    ['cancel', 'ValidationError'],
    ['get_unknown', 'ValidationError'],
    ['post_unknown', 'ValidationError'],
    ['anybody_lists', 'AuthenticationError'],
    ['anybody_deletes', 'AuthenticationError'],
    ['anybody_reads', 'AuthenticationError'],
  ])('raises an exception from %s: %s', (call, exception) => {
    expect(results[call]).toEqual({ raised: expect.stringContaining(`frappe.exceptions.${exception}: `) });
  });

  it('raises its own exception for a user with a password', () => {
    expect(results.login).toEqual({ raised: 'AuthError' });
  });
});
