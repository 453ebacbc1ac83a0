import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Messages, translate } from '../../../console/src/i18n/messages.ts';

const SOURCES = join(import.meta.dirname, '../../../console/src');

/** Every text of the console with its key, a plural in both forms. */
async function allTexts(): Promise<readonly (readonly [key: string, en: string, fr: string])[]> {
  const files = globSync('**/*messages.ts', { cwd: SOURCES }).filter((file) => file !== 'i18n/messages.ts');
  const modules = await Promise.all(files.map((file) => import(join(SOURCES, file))));
  return modules.flatMap((module: Record<string, Messages>, index) =>
    Object.values(module).flatMap((messages) =>
      Object.entries(messages).flatMap(([key, [en, fr]]) => {
        const [forms, formes] = [en, fr].map((text) =>
          typeof text === 'string' ? [text, text] : [text.one, text.other],
        );
        return [0, 1].map(
          (form) => [`${files[index]} ${key}`, forms?.[form] ?? '', formes?.[form] ?? ''] as const,
        );
      }),
    ),
  );
}

const texts = await allTexts();
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();

describe('the texts of the console', () => {
  it('are found', () => {
    expect(texts.length).toBeGreaterThan(500);
  });

  const offending = (isOffence: (en: string, fr: string) => boolean) =>
    texts.filter(([, en, fr]) => isOffence(en, fr));

  it('have the same values in both languages', () => {
    expect(offending((en, fr) => placeholders(en).join() !== placeholders(fr).join())).toEqual([]);
  });

  it('have typographic marks', () => {
    expect(offending((...both) => both.some((text) => /['"]|\.\.\./.test(text)))).toEqual([]);
  });

  it('have a space before marks in French only, which is never a line break', () => {
    expect(offending((en) => /\s[:;?!]/.test(en))).toEqual([]);
    // Addresses and times have colons of their own, with no space after them.
    const lacksSpace = /[^\s:/]:(?=\s|$)|[^\s][;?!»](?=\s|$)|«(?=\S)/;
    const mayBreak = / [:;?!%»]|« /;
    expect(
      offending((en, fr) => {
        const shown = translate([en, fr], 'fr');
        return lacksSpace.test(shown) || mayBreak.test(shown);
      }),
    ).toEqual([]);
  });
});

describe('a text in French', () => {
  it('has no-break spaces inside quotation marks and before marks', () => {
    expect(translate(['', 'Le type « {type} » : supprimer ? 20 % !'], 'fr', { type: 'a' })).toBe(
      'Le type «\u00a0a\u00a0»\u00a0: supprimer\u00a0? 20\u00a0%\u00a0!',
    );
  });

  it('has the plural of French: zero and one are singular', () => {
    const text = [
      { one: '{count} delivery', other: '{count} deliveries' },
      { one: '{count} livraison', other: '{count} livraisons' },
    ] as const;
    expect(LANGUAGES.map((language) => translate(text, language, { count: 0 }))).toEqual([
      '0 deliveries',
      '0 livraison',
    ]);
  });
});
