import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toCurl } from '../../../console/src/format/curl.ts';
import { indented, isJsonObject, parseExactly, tokensOf } from '../../../console/src/format/json.ts';
import { translate } from '../../../console/src/i18n/messages.ts';
import { bucketsOf } from '../../../console/src/pages/overview/buckets.ts';
import { groupsOf, matches } from '../../../console/src/pages/subscription-form/event-groups.ts';

describe('JSON', () => {
  const published = '{"n":12345678901234567890.10,"m":[1.0,-2e3],"s":"1.10","t":true}';

  it('keeps number literals', () => {
    expect(JSON.stringify(parseExactly(published))).toBe(published);
    expect(indented('{"a":1.10}')).toBe('{\n  "a": 1.10\n}');
  });

  it('rejects text that is not JSON, or not an object', () => {
    expect(indented('{"a": 1…')).toBeUndefined();
    expect(['[]', 'null', '"a"', '{'].map(isJsonObject)).toEqual([false, false, false, false]);
    expect(isJsonObject(' {} ')).toBe(true);
  });

  it('is split into keys, strings, numbers and words without losing a character', () => {
    const tokens = tokensOf('{"a \\" : b": [1.5, "x", null]}');
    expect(tokens.map(({ text }) => text).join('')).toBe('{"a \\" : b": [1.5, "x", null]}');
    expect(tokens.filter(({ kind }) => kind !== 'plain')).toEqual([
      { kind: 'key', text: '"a \\" : b"' },
      { kind: 'number', text: '1.5' },
      { kind: 'string', text: '"x"' },
      { kind: 'word', text: 'null' },
    ]);
  });
});

describe('a curl command', () => {
  it('passes its arguments through a shell unchanged', () => {
    const body = `{"a": "it's $HOME \\\\ \`id\`"}`;
    const command = toCurl({
      method: 'PUT',
      url: 'https://a.example/?q=1&r=2',
      headers: { 'x-a': "b'c" },
      body,
    });
    const shell = `curl() { printf '%s\\n' "$@"; }\n${command}`;
    expect(execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\n').slice(0, -1)).toEqual([
      '-X',
      'PUT',
      'https://a.example/?q=1&r=2',
      '-H',
      "x-a: b'c",
      '--data-raw',
      body,
    ]);
  });
});

describe('the event types of the form', () => {
  it('are grouped under the pattern that matches them all', () => {
    expect(groupsOf(['b.c.d', 'Plain', 'a.y', 'a.x'])).toEqual([
      { pattern: '', types: ['Plain'] },
      { pattern: 'a.*', types: ['a.x', 'a.y'] },
      { pattern: 'b.*', types: ['b.c.d'] },
    ]);
  });

  it.each([
    ['*', 'a.b', true],
    ['*', 'ancrage.delivery.exhausted', false],
    ['ancrage.*', 'ancrage.delivery.exhausted', true],
    ['a.*', 'a.b.c', true],
    ['a.*', 'a', false],
    ['a.*', 'ab.c', false],
    ['a.b', 'a.b', true],
  ])('compares pattern %s with type %s', (pattern, type, expected) => {
    expect(matches(pattern, type)).toBe(expected);
  });
});

describe('the bars of the traffic chart', () => {
  it('sum the counts of their steps and keep the longest durations', () => {
    const steps = Array.from({ length: 288 }, (_, index) => ({
      at: new Date(index * 300_000).toISOString(),
      succeeded: 1,
      retrying: 0,
      failed: index % 2,
      p50Ms: index === 4 ? 70 : null,
      p95Ms: index,
    }));
    const bars = bucketsOf(steps);
    expect(bars).toHaveLength(96);
    expect(bars[1]).toEqual({ at: steps[3]?.at, succeeded: 3, retrying: 0, failed: 2, p50Ms: 70, p95Ms: 5 });
    expect(bars.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(288);
  });
});

describe('a French text', () => {
  it('has no-break spaces before punctuation, but not in its values', () => {
    const text = ['{name}: {count}', '{name} : {count} %'] as const;
    expect(translate(text, 'fr', { name: 'a : b', count: 5 })).toBe('a : b\u00a0: 5\u00a0%');
  });
});
