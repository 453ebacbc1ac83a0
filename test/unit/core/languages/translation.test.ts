import { describe, expect, it, test, vi } from 'vitest';
import { inFrench, reasons, words } from '../../../../core/languages/french.ts';
import { type Catalogue, translation } from '../../../../core/languages/translation.ts';

const REASONS: Catalogue = {
  'is required': 'est obligatoire',
  'has unknown fields: {names}': 'comporte des champs inconnus : {names}',
  'line {line}: {reason}': 'ligne {line} : {reason}',
  'is not valid: {reason}': 'n’est pas valide : {reason}',
  'must have {n} {words}': 'doit comporter {n} {words}',
  "'{name}' is not in '{name2}'": '« {name} » n’est pas dans « {name2} »',
};
const french = translation(REASONS, { items: 'éléments' }, (text) => text);

describe('a translation', () => {
  it.each([
    ['is required', 'est obligatoire'],
    ['is not valid: line 3: is required', 'n’est pas valide : ligne 3 : est obligatoire'],
    ['must have 1,000 items', 'doit comporter 1\u202f000 éléments'],
    ["'a' is not in 'b'", '« a » n’est pas dans « b »'],
    ['is required; line 2: is required', 'est obligatoire ; ligne 2 : est obligatoire'],
  ])('of %j', (english, expected) => {
    expect(french(english)).toBe(expected);
  });

  it.each([
    ['a reason that it does not know', 'is fine'],
    ['a part that it does not know', 'is required; is fine'],
    ['a number that is none', 'must have many items'],
    ['an empty text', ''],
  ])('leaves %s as it is', (_, text) => {
    expect(french(text)).toBe(text);
  });

  it('keeps what a caller wrote, even if it looks like a reason or a placeholder', () => {
    expect(french('has unknown fields: is required, {names}, $&')).toBe(
      'comporte des champs inconnus : is required, {names}, $&',
    );
    expect(french("'is required' is not in '{name}'")).toBe('« is required » n’est pas dans « {name} »');
  });

  it('translates what is left of a reason that was cut', () => {
    expect(french("line 2: 'a' is not in 'bbb…")).toBe('ligne 2 : « a » n’est pas dans « bbb… »');
    expect(french("line 2: 'aaa…")).toBe("ligne 2 : 'aaa…");
  });

  it('stops at a depth, so that a reason cannot be nested for ever', () => {
    const nested = `${'line 1: '.repeat(40)}is required`;
    expect(french(nested)).toMatch(/^(ligne 1 : ){6}(line 1: ){34}is required$/);
  });
});

/** One for each placeholder of the catalogue, at each of six depths, and of two texts that are joined. */
const MOST_SEARCHES =
  12 * (JSON.stringify([Object.keys(reasons), Object.keys(words)]).match(/\{[a-z]+\d*\}/g)?.length ?? 0);

describe('whatever a caller writes into a reason', () => {
  const hostile = [
    'a'.repeat(4000),
    "' is not ".repeat(400),
    '"; "'.repeat(1000),
    ': '.repeat(2000),
    "'' and '".repeat(500),
    'line 1: '.repeat(500),
    '…'.repeat(4000),
  ];
  const frames = [
    'has unknown fields: {}',
    'is not a valid template: line 1: {}',
    "'{}' has no attribute '{}'",
    '{}() {}',
    'This is not JSON: {} in JSON at position {} (line {} column {}',
    '{}',
  ];

  test.each(frames)('%s is searched a number of times that does not depend on its length', (frame) => {
    const search = vi.spyOn(String.prototype, 'indexOf');
    for (const text of hostile) {
      search.mockClear();
      inFrench(frame.replaceAll('{}', text).slice(0, 4096));
      expect(search.mock.calls.length).toBeLessThan(MOST_SEARCHES);
    }
    search.mockRestore();
  });

  test('a longer text than any reason stays as it is', () => {
    const long = `has unknown fields: ${'x'.repeat(5000)}`;
    expect(inFrench(long)).toBe(long);
  });

  test('stays within its reason', () => {
    expect(inFrench('has unknown fields: a; is required')).toBe(
      'comporte des champs inconnus\u00a0: a; is required',
    );
  });
});
