import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEBHOOK } from '../../../../../core/dialects/frappe/columns.ts';
import { fits, readFilters } from '../../../../../core/dialects/frappe/filters.ts';
import { Likes } from '../../../../../core/dialects/frappe/like.ts';
import { readListQuery } from '../../../../../core/dialects/frappe/list-query.ts';
import { newestFirst } from '../../../../../core/dialects/frappe/newest-first.ts';

describe('LIKE', () => {
  const isLike = (text: string, pattern: string) => new Likes().of(pattern)(text);
  const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const chars = fc.constantFrom('a', 'b', '%', '_', '.');

  it('matches the same texts as a regular expression', () => {
    const texts = fc.string({ unit: chars, maxLength: 8 });
    fc.assert(
      fc.property(texts, texts, (text, pattern) => {
        const parts = [...pattern].map((char) => (char === '%' ? '.*' : char === '_' ? '.' : escaped(char)));
        expect(isLike(text, pattern)).toBe(new RegExp(`^${parts.join('')}$`, 's').test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['Été', 'éT_', true],
    ['100%', '100\\%', true],
    ['1000', '100\\%', false],
    ['a\nb', 'a%b', true],
    ['😀', '_', true],
    ['', '%', true],
    ['', '', true],
    ['a', '', false],
  ])('%j LIKE %j is %s', (text, pattern, expected) => {
    expect(isLike(text, pattern)).toBe(expected);
  });

  it('matches a pattern with many wildcards in linear time', () => {
    // Looked at from every % anew, it would not end before the test's time is up.
    expect(isLike('a'.repeat(50_000), `${'%a'.repeat(500)}%b`)).toBe(false);
  });

  it('rejects patterns whose comparisons take too long, alone or together', () => {
    const nearly = 'a'.repeat(60_000);
    expect(() => isLike(nearly, `%${'a'.repeat(2000)}b%`)).toThrow(/Too much/);
    const likes = new Likes();
    const compare = () => expect(likes.of(`%${'a'.repeat(50)}b%`)(nearly)).toBe(false);
    for (let n = 0; n < 5; n++) compare();
    expect(() => {
      for (let n = 0; n < 5; n++) compare();
    }).toThrow(/Too much/);
  });
});

describe('a filter', () => {
  const row = { creation: '2026-01-15 12:00:00.000000', enabled: 1, condition: null, timeout: 10 };
  it.each([
    [{ creation: ['>=', '2026-01-15'] }, true],
    [{ creation: ['>', '2026-01-15T12:00:00Z'] }, false],
    [{ creation: ['<=', '2026-01-15 12:00'] }, true],
    [{ creation: ['<', '2026-01-15'] }, false],
    [{ creation: ['between', ['2026-01-14', '2026-01-15']] }, true],
    [{ creation: ['between', ['2026-01-15 12:00:01', '2026-01-15']] }, false],
    [{ creation: ['between', '2026-01-01,2026-01-31'] }, true],
    [{ timeout: ['>', '9'] }, true],
    [{ timeout: ['in', '1, 10'] }, true],
    [{ timeout: ['between', [1, 9]] }, false],
    [{ timeout: 'ten' }, false],
    [{ enabled: true }, true],
    [{ enabled: ['is', 'set'] }, true],
    [{ condition: '' }, true],
    [{ condition: null }, true],
    [{ condition: ['!=', 'a'] }, true],
    [{ condition: ['like', '%'] }, true],
    [{ condition: ['not like', 'a%'] }, true],
  ])('%j matches the row: %s', (filters, expected) => {
    expect(readFilters(WEBHOOK, filters).every((filter) => fits(row, filter))).toBe(expected);
  });

  it.each([[['enabled']], [[['enabled']]], [5], [{ enabled: [['a']] }], [{ enabled: { a: 1 } }]])(
    'is rejected: %j',
    (given) => {
      expect(() => readFilters(WEBHOOK, given)).toThrow(expect.objectContaining({ status: 417 }));
    },
  );
});

describe('reading the parameters of a list', () => {
  it.each([
    [{}, { start: 0, length: 20, asDict: true }],
    [{ limit: '5' }, { length: 5 }],
    [{ limit: '5', limit_page_length: '6' }, { length: 6 }],
    [{ limit: '0' }, { length: 20 }],
    [{ limit_page_length: '0' }, { length: Number.POSITIVE_INFINITY }],
    [{ limit_page_length: 'None' }, { length: Number.POSITIVE_INFINITY }],
    [{ limit_start: '-3' }, { start: 0 }],
    [{ as_dict: 'False' }, { asDict: false }],
    [{ as_dict: '1' }, { asDict: true }],
    [{ fields: '["modified_by as who"]' }, { fields: [{ column: 'modified_by', label: 'who' }] }],
    [{ fields: '[" `tabWebhook`.`name`  AS\\t`who` "]' }, { fields: [{ column: 'name', label: 'who' }] }],
    [{ order_by: 'modified' }, { orders: [{ column: 'modified', descending: false }] }],
    [
      { order_by: ' `enabled`\t DESC , modified,enabled asc' },
      {
        orders: [
          { column: 'enabled', descending: true },
          { column: 'modified', descending: false },
        ],
      },
    ],
  ])('accepts %j', (given, expected) => {
    expect(readListQuery(WEBHOOK, given)).toMatchObject(expected);
  });
});

describe('a parameter that has no text, or would take long', () => {
  const noText = '{"toString":1,"valueOf":1}';
  const spaces = `name${' '.repeat(50_000)}x`;
  it.each([
    [{ fields: `[${noText}]` }],
    [{ filters: `[[${noText},"=",1]]` }],
    [{ filters: `[["name",${noText},1]]` }],
    [{ filters: `[["name","in",${noText}]]` }],
    [{ filters: `[[${noText},"name","=",1]]` }],
    [{ or_filters: `[["name","between",${noText}]]` }],
    [{ fields: JSON.stringify(Array.from({ length: 6 }, () => '*')) }],
    // Looked at from each space to the last, these would take a minute.
    [{ fields: spaces }],
    [{ order_by: spaces }],
  ])('is rejected: %.60j', (given) => {
    expect(() => readListQuery(WEBHOOK, given)).toThrow(expect.objectContaining({ status: 417 }));
  });
});

describe('merging lists', () => {
  it('keeps the order, and reads no further than needed', async () => {
    let read = 0;
    async function* list(...times: string[]) {
      for (const at of times) {
        read++;
        yield { at };
      }
    }
    const merged = newestFirst([list('9', '5', '4'), list(), list('8', '7', '1'), list('3')]);
    const found: string[] = [];
    for await (const { at } of merged) {
      found.push(at);
      if (found.length === 4) break;
    }
    expect(found).toEqual(['9', '8', '7', '5']);
    expect(read).toBe(6);
    const all: string[] = [];
    for await (const { at } of newestFirst([list('2', '1'), list('3')])) all.push(at);
    expect(all).toEqual(['3', '2', '1']);
  });
});
