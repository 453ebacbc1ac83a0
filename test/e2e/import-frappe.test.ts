import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCli } from '../support/cli.ts';
import { startReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

describe('npm run import -- frappe', () => {
  const cli = useCli('import');
  const dataDir = join(cli.home, '.local');
  mkdirSync(dataDir);
  const stack = useOwnStack({ dataDir });

  let files = 0;
  const json = (content: unknown): string => {
    const path = join(cli.home, `${files++}.json`);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const exported = (name: string, given: object = {}) => ({
    doctype: 'Webhook',
    name,
    owner: 'Administrator',
    creation: '2026-01-15 09:12:04.118200',
    docstatus: 0,
    idx: 0,
    webhook_doctype: 'Task',
    webhook_docevent: 'on_update',
    enabled: 1,
    condition: '',
    request_url: 'https://example.com/hook',
    is_dynamic_url: 0,
    request_method: 'POST',
    request_structure: '',
    timeout: 5,
    background_jobs_queue: '',
    enable_security: 0,
    webhook_secret: '',
    webhook_json: '',
    webhook_headers: [],
    webhook_data: [],
    ...given,
  });
  const run = async (...args: string[]) => {
    const ended = await cli.run(['--local', 'frappe', ...args, '--json']);
    return {
      exitCode: ended.exitCode,
      stderr: ended.stderr,
      told: ended
        .json()
        .items.map(({ what, outcome, reason }: Record<string, string>) =>
          [what, outcome, reason ?? ''].join(': ').replace(/: $/, ''),
        ),
    };
  };
  const subscriptions = async () => (await stack().call('GET', 'subscriptions?limit=100')).body.data;

  it('creates Webhooks that send and sign as before, and recognises them the next time', async () => {
    const receiver = await startReceiver();
    try {
      const file = json([
        exported('HOOK-0001', {
          request_url: receiver.url('/f2'),
          condition: 'doc.total > 40000',
          webhook_json: '{ "id": "{{ doc.name }}" }',
          enable_security: 1,
          webhook_secret: '************',
          webhook_headers: [{ doctype: 'Webhook Header', idx: 1, key: 'X-Team', value: 'tasks' }],
        }),
        { doctype: 'Customer', name: 'Atelier' },
        exported('HOOK-0002', { enabled: 0 }),
      ]);
      const secrets = json({ 'HOOK-0001': 'super-secret' });
      const first = await run(file, '--secrets', secrets);
      expect(first).toEqual({
        exitCode: 0,
        stderr: '',
        told: [
          'HOOK-0001: created',
          'Atelier: skipped: is not a Webhook but a Customer',
          'HOOK-0002: created',
        ],
      });
      await stack().publish(
        '{"type":"Task.on_update","data":{"name":"TASK-0001","doctype":"Task","total":50000.0}}',
      );
      const [request] = await receiver.waitFor(1);
      expect(request?.body).toBe('{"id": "TASK-0001"}');
      expect(request?.headers).toMatchObject({
        'x-team': 'tasks',
        'x-frappe-webhook-signature': 'WgR5g1ayyZzZx7O+cYE/gPLW0TdH6RFsSBTyDQzLsgY=',
      });

      const made = await subscriptions();
      expect(made).toHaveLength(2);
      for (const args of [[file, '--secrets', secrets], [file]])
        expect((await run(...args)).told).toEqual([
          'HOOK-0001: already there',
          'Atelier: skipped: is not a Webhook but a Customer',
          'HOOK-0002: already there',
        ]);
      expect((await subscriptions()).map(({ id }: { id: string }) => id)).toEqual(
        made.map(({ id }: { id: string }) => id),
      );
    } finally {
      await receiver.stop();
    }
  });

  it('leaves a different Webhook as it is, and names the fields that differ', async () => {
    expect((await run(json(exported('HOOK-0100')))).told).toEqual(['HOOK-0100: created']);
    const other = exported('HOOK-0100', {
      timeout: 20,
      webhook_headers: [{ key: 'Content-Type', value: 'application/json' }],
    });
    expect(await run(json({ data: [other] }))).toMatchObject({
      exitCode: 0,
      told: ['HOOK-0100: skipped: differs from the existing Webhook: timeout, webhook_headers'],
    });
    expect((await run(json({ docs: [exported('HOOK-0100')] }))).told).toEqual(['HOOK-0100: already there']);
  });

  it('reports the fault of each, and creates the others', async () => {
    const file = json([
      exported('HOOK-0200', { condition: 'doc.__class__' }),
      exported('HOOK-0201', { request_url: 'no url' }),
      exported('HOOK-0202', { enable_security: 1, webhook_secret: '*****' }),
      exported('HOOK-0203'),
      exported('HOOK-0204', { webhook_headers: [{ key: 'X-Team', value: '***' }] }),
    ]);
    expect(await run(file)).toEqual({
      exitCode: 1,
      stderr: '4 of 5 documents could not be imported.\n',
      told: [
        expect.stringMatching(/^HOOK-0200: failed: Invalid Condition: /),
        expect.stringMatching(/^HOOK-0201: failed: Check Request URL/),
        'HOOK-0202: failed: its secret is not in the export: put {"HOOK-0202": "…"} into a file and pass --secrets FILE',
        'HOOK-0203: created',
        'HOOK-0204: failed: webhook_headers.X-Team is "***", but no value is stored: give the value',
      ],
    });
  });

  it('remarks on what would not be delivered, by a sample of the project or of the common DocTypes', async () => {
    await stack().call('PUT', 'event-types/Gadget.on_update', { samples: [{ name: 'G-1', total: 3 }] });
    const gadget = { webhook_doctype: 'Gadget' };
    const invoice = { webhook_doctype: 'Sales Invoice', webhook_docevent: 'on_submit' };
    const file = json({
      message: [
        exported('HOOK-0400', { ...gadget, condition: 'doc.total > 2' }),
        exported('HOOK-0401', { ...gadget, condition: 'doc.total > 3' }),
        exported('HOOK-0402', { ...gadget, condition: 'doc.name > 3' }),
        exported('HOOK-0403', { ...gadget, webhook_json: '{"name": {{ doc.name }}}' }),
        exported('HOOK-0404', {
          ...gadget,
          is_dynamic_url: 1,
          request_url: "https://example.com/{{ doc.total + 'x' }}",
        }),
        exported('HOOK-0405', { ...invoice, condition: 'doc.grand_total > 1000' }),
        exported('HOOK-0406', { webhook_doctype: 'Unknown' }),
        exported('HOOK-0407', { ...gadget, enable_security: 1, webhook_secret: 'super-secret' }),
      ],
    });
    // The API checks what it creates; what is there already is previewed.
    const checked = (name: string) => [
      expect.stringMatching(
        new RegExp(
          `^Webhook ${name}: Samples and events checked: 1\\. .*; sample 1 of Gadget\\.on_update: .`,
        ),
      ),
    ];
    const FAULTS = {
      created: ['HOOK-0402', 'HOOK-0403', 'HOOK-0404'].map(checked),
      'already there': [
        'its condition fails on',
        'no request can be made from',
        'no request can be made from',
      ].map((fault) => [expect.stringMatching(new RegExp(`^${fault} a sample: .`))]),
    };
    for (const [outcome, faults] of Object.entries(FAULTS)) {
      const ended = await cli.run(['--local', 'frappe', file, '--json']);
      expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
      const { items } = ended.json();
      expect(items.map((item: Record<string, unknown>) => item.outcome)).toEqual(Array(8).fill(outcome));
      expect(items.map(({ remarks }: { remarks?: string[] }) => remarks)).toEqual([
        undefined,
        ['its condition does not hold for a sample'],
        ...faults,
        undefined,
        ['not previewed: there is no sample of "Unknown.on_update"'],
        undefined,
      ]);
    }
  });

  it('reports in a sentence a missing file, invalid JSON or a missing scope', async () => {
    const text = join(cli.home, 'text.json');
    writeFileSync(text, '{');
    const good = json(exported('HOOK-0300'));
    const reader = (await stack().call('POST', 'keys', { name: 'r', scopes: ['read'] })).body;
    const runs: [string[], RegExp][] = [
      [[join(cli.home, 'none.json')], /none\.json cannot be read/],
      [[text], /text\.json is not JSON/],
      [[good, '--secrets', json({ 'HOOK-0300': 1 })], /is not a JSON object of Webhook names and secrets/],
      [[good, '--key', reader.secret], /^The API responded with 403: /],
      [[good, '--key', 'unknown'], /^The API responded with 40[13]: /],
    ];
    for (const [args, message] of runs) {
      const ended = await cli.run(['--local', 'frappe', ...args]);
      expect([args, ended.exitCode, ended.stdout]).toEqual([args, 1, '']);
      expect(ended.stderr).toMatch(message);
    }
  });
});
