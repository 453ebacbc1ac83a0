import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../console/src/api/types.ts';
import { bytes } from '../../../console/src/format/bytes.ts';
import { LANGUAGES, translate } from '../../../console/src/i18n/messages.ts';
import { limitsOf, limitsToReport, nextMidnight } from '../../../console/src/limits/limits.ts';
import { messages } from '../../../console/src/limits/messages.ts';

const unused = { used: 0, limit: 100 };
const usageOf = (changes: Partial<Usage> = {}): Usage => ({
  events: { perSecond: 100, burst: 5000, available: 5000 },
  ...{
    bytesToday: unused,
    loggedBytesToday: unused,
    subscriptions: unused,
    keys: unused,
    eventTypes: unused,
    tests: unused,
    jobs: unused,
  },
  ...changes,
});

describe('the limits of a project', () => {
  const nearness = (usage: Usage) =>
    (['near', 'reached'] as const).flatMap((near) =>
      limitsToReport(usage, near).map(({ name, used, limit }) => `${name} ${near}: ${used}/${limit}`),
    );

  it.each([...(['bytesToday', 'loggedBytesToday', 'subscriptions', 'keys', 'eventTypes', 'jobs'] as const)])(
    'are near from 90 %% and reached from 100 %%: %s',
    (name) => {
      const at = (used: number) => nearness(usageOf({ [name]: { used, limit: 110 } }));
      expect([98, 99, 109, 110, 111].map(at)).toEqual([
        ...[[], [`${name} near: 99/110`], [`${name} near: 109/110`]],
        ...[[`${name} reached: 110/110`], [`${name} reached: 111/110`]],
      ]);
    },
  );

  it('are near once less than a tenth of the burst is available', () => {
    const at = (available: number) => nearness(usageOf({ events: { perSecond: 1, burst: 50, available } }));
    expect([5, 4, 0].map(at)).toEqual([[], ['events near: 46/50'], ['events reached: 50/50']]);
  });

  it('are not near if the operator allows none', () => {
    expect(nearness(usageOf({ loggedBytesToday: { used: 0, limit: 0 } }))).toEqual([]);
  });

  it('are all shown, but open test requests are never reported', () => {
    const usage = usageOf({ tests: { used: 5, limit: 5 } });
    expect(limitsOf(usage).map(({ name }) => name)).toEqual(Object.keys(usage));
    expect(nearness(usage)).toEqual([]);
  });

  it.each(LANGUAGES)('have a name and a consequence: %s', (language) => {
    const midnight = 'midnight';
    for (const { name } of limitsOf(usageOf())) {
      expect(translate(messages[name], language)).not.toBe('');
      const beyond = translate(messages[`${name}Beyond`], language, { perSecond: 7, midnight });
      expect(beyond).toContain(name === 'loggedBytesToday' ? '1 k' : '429');
      if (name === 'events') expect(beyond).toContain('7');
      if (name.endsWith('Today')) expect(beyond).toContain(midnight);
    }
  });

  it('count bytes anew at the next midnight in UTC', () => {
    expect(nextMidnight(Date.parse('2026-02-28T23:59:59.999Z'))).toBe('2026-03-01T00:00:00.000Z');
    expect(nextMidnight(Date.parse('2026-03-01T00:00:00Z'))).toBe('2026-03-02T00:00:00.000Z');
  });
});

describe('a number of bytes', () => {
  it('has a decimal prefix in the words of the language', () => {
    const counts = [0, 999, 1000, 123_456, 1_000_000, 10_000_000_000];
    expect(counts.map((count) => bytes(count, 'en').replaceAll(/\s/g, ' '))).toEqual([
      ...['0 byte', '999 byte', '1 kB', '123.5 kB', '1 MB', '10 GB'],
    ]);
    expect(bytes(123_456, 'fr').replaceAll(/\s/g, ' ')).toBe('123,5 ko');
    expect(LANGUAGES.map((language) => bytes(1000, language)).join()).not.toContain(' ');
  });
});
