import { describe, expect, it } from 'vitest';
import { preferredLanguage } from '../../../../core/languages/language.ts';

describe('the language that a caller prefers', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['FR', 'fr'],
    ['fr-CA', 'fr'],
    ['fr-FR, fr;q=0.9, en;q=0.8', 'fr'],
    ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['fr;q=0.8, en;q=0.9', 'en'],
    ['fr;q=0.5,en;q=0.5', 'fr'],
    ['de, fr;q=0.5', 'fr'],
    ['de', 'en'],
    ['*', 'en'],
    ['fr, *;q=0.1', 'fr'],
    ['fr;q=0', 'en'],
    ['fr;q=0.000, en;q=0', 'en'],
    ['frr', 'en'],
    ['fr;q=2', 'en'],
    ['fr;q=', 'en'],
    ['fr;level=1', 'en'],
    ['f r', 'en'],
    [`${'x,'.repeat(1000)}fr`, 'en'],
  ])('of %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
