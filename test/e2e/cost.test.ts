import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCli } from '../support/cli.ts';

const doc = readFileSync(join(import.meta.dirname, '../../docs/cost.md'), 'utf8');

describe('npm run cost', () => {
  const cli = useCli('cost');
  const json = async (...args: string[]) => (await cli.run([...args, '--json'])).json();

  const rows = [...doc.matchAll(/^\| `(--[^`]+)` \| \$([\d.]+) \| \$([\d.]+) \|$/gm)];

  it.each(rows.map(([, options = '', ours, theirs]) => [options, ours, theirs]))(
    'prints the costs of docs/cost.md for %s',
    async (options = '', ours, theirs) => {
      const bill = await json(...options.split(' '));
      expect([bill.perMillionDeliveries.toFixed(2), bill.eventBridge.toFixed(2)]).toEqual([ours, theirs]);
    },
  );

  it('prints the costs of docs/cost.md for an idle month', async () => {
    const [idle, free, unwatched] = [...doc.matchAll(/\*\*\$([\d.]+)\*\* \|$/gm)].map(([, usd]) => usd);
    expect((await json('--idle')).total.toFixed(2)).toBe(idle);
    expect((await json('--idle', '--free-tier')).total.toFixed(2)).toBe(free);
    expect((await json('--idle', '--no-monitoring')).total.toFixed(2)).toBe(unwatched);
    expect(rows.length).toBeGreaterThan(5);
  });

  it('accepts the counts of a run, such as those in docs/cost.md', async () => {
    const example = /```json\n(.*?)```/s.exec(doc)?.[1] ?? '';
    writeFileSync(join(cli.home, 'measured.json'), example);
    const shown = await cli.run(['--counts', 'measured.json']);
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^1 million deliveries on prod, 2026-12-01, us-east-1\n/);
    expect(shown.stdout).toMatch(/^SQS requests, by 64 KB +1,480,000 +\$0\.4 \/ million requests +\$0\.59 /m);
    // 0.592 + 0.078 + 2.55625 + 0.216
    expect(shown.stdout).toMatch(/\nper million deliveries: \$3\.44\n$/);
  });

  it('explains each line, and names the sources of the prices', async () => {
    const explained = await cli.run(['--explain']);
    expect(explained.stdout).toMatch(
      /^DynamoDB write units +[\d,]+ +events with one delivery each, published to the queue/m,
    );
    expect(explained.stdout).toMatch(
      /\nUnits as npm run bench -- units counted them on \d{4}-\d\d-\d\d\.\n$/,
    );
    const sources = await cli.run(['--sources']);
    expect(sources.stdout).toMatch(
      /^DynamoDB storage +not confirmed +- +https:\/\/aws\.amazon\.com\/dynamodb/m,
    );
  });

  it.each([
    [['--counts', 'nowhere.json'], /^nowhere\.json cannot be read: ENOENT/],
    [['--events', 'many'], /events/],
    [['--batch', '11'], /batch/],
    [['--region', 'mars'], /Allowed choices are us-east-1, eu-west-1/],
  ])('rejects %j', async (args, message) => {
    const refused = await cli.run(args);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});
