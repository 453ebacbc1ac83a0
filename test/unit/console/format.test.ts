import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toCurl } from '../../../console/src/format/curl.ts';
import { indented, isJsonObject, parseExactly, tokensOf } from '../../../console/src/format/json.ts';
import { bucketsOf } from '../../../console/src/pages/overview/buckets.ts';
import { groupsOf, matches } from '../../../console/src/pages/subscription-form/event-groups.ts';

describe('JSON in the console', () => {
  const published = '{"n":12345678901234567890.10,"m":[1.0,-2e3],"s":"1.10","t":true}';

  it('keeps numbers as they were written', () => {
    expect(JSON.stringify(parseExactly(published))).toBe(published);
    expect(indented('{"a":1.10}')).toBe('{\n  "a": 1.10\n}');
  });

  it('leaves what is no JSON alone', () => {
    expect(indented('{"a": 1…')).toBeUndefined();
    expect(['[]', 'null', '"a"', '{'].map(isJsonObject)).toEqual([false, false, false, false]);
    expect(isJsonObject(' {} ')).toBe(true);
  });

  it('colours keys, strings, numbers and words, and loses no character', () => {
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

describe('a request as curl', () => {
  it('comes through a shell as it is', () => {
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

describe('the tick list', () => {
  it('puts types under the pattern that matches them all', () => {
    expect(groupsOf(['b.c.d', 'Plain', 'a.y', 'a.x'])).toEqual([
      { pattern: '', types: ['Plain'] },
      { pattern: 'a.*', types: ['a.x', 'a.y'] },
      { pattern: 'b.*', types: ['b.c.d'] },
    ]);
  });

  it.each([
    ['*', 'a.b', true],
    ['*', 'ancrage.delivery.exhausted', true],
    ['a.*', 'a.b.c', true],
    ['a.*', 'a', false],
    ['a.*', 'ab.c', false],
    ['a.b', 'a.b', true],
  ])('says whether %s matches %s', (pattern, type, expected) => {
    expect(matches(pattern, type)).toBe(expected);
  });
});

describe('traffic as bars', () => {
  it('adds counts, matches the longest of the times, and loses no step', () => {
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
