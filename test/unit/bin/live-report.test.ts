import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../bin/live/report.ts';
import type { Result } from '../../../bin/live/steps.ts';

const RESULTS: Result[] = [
  { name: 'deploy', result: 'passed', seconds: 312.4, detail: 'deployed' },
  {
    ...{ name: 'load', result: 'passed', seconds: 20, detail: 'delivered 40 events' },
    figures: { 'p50 ms': 120, 'dead letters': 0 },
  },
  { name: 'domain', result: 'skipped', seconds: 0, detail: 'no --domain' },
];
const FAILED: Result = {
  ...{ name: 'smoke', result: 'failed', seconds: 2 },
  detail: 'deliver | arn:aws:sqs:eu-west-1:123456789012:q\n```\nsecond line of 123456789012',
};
const report = (results: readonly Result[]) =>
  reportOf({
    ...{ at: new Date('2026-11-30T12:00:00Z'), version: '0.2.0', from: 'v0.1.0', account: '123456789012' },
    ...{ stage: 'live-ab12', regions: ['eu-west-1', 'eu-central-1'], results },
  });

describe('the report of a live run', () => {
  it('has what was run where, and a row for each step', () => {
    const text = report(RESULTS);
    for (const line of [
      '| date | 2026-11-30T12:00:00.000Z |',
      '| version | 0.2.0 |',
      '| from | v0.1.0 |',
      '| account | ********9012 |',
      '| regions | eu-west-1, eu-central-1 |',
      '| outcome | passed |',
      '| deploy | ✓ | 312.4 | deployed |',
      '| domain | – skipped | 0 | no --domain |',
      '| load | p50 ms | 120 |',
      '| load | dead letters | 0 |',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).not.toContain('What failed');
  });

  it('names what has failed, with the whole text in a fence that ends where it should', () => {
    const text = report([...RESULTS, FAILED]);
    expect(text).toContain('| outcome | failed: smoke |');
    expect(text).toContain('| smoke | ✗ | 2 | deliver \\| arn:aws:sqs:eu-west-1:********9012:q |');
    expect(text).toMatch(
      /## What failed: smoke\n\n````\ndeliver \| .*\n```\nsecond line of \*{8}9012\n````\n/,
    );
  });

  it('shows the account nowhere', () => {
    expect(report([...RESULTS, FAILED])).not.toContain('123456789012');
  });
});
