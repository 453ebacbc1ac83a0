export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text with `{name}` placeholders. A text with plural forms uses the one that fits the value of `count`. */
type Text = string | { readonly one: string; readonly other: string };

/** English and French side by side, so that no text lacks a translation. */
export type Messages = Readonly<Record<string, readonly [en: Text, fr: Text]>>;

export type Values = Readonly<Record<string, string | number>>;

/** French separates these marks, and quotations from their marks, but never by a line break. */
const SPACE_AT_PUNCTUATION = /(?<=«) | (?=[:;?!%»])/g;
const NO_BREAK_SPACE = '\u00a0';

export function translate(text: readonly [Text, Text], language: Language, values: Values = {}): string {
  const chosen = text[LANGUAGES.indexOf(language)] ?? text[0];
  const form = typeof chosen === 'string' ? chosen : chosen[formOf(language, Number(values.count))];
  const spaced = language === 'fr' ? form.replace(SPACE_AT_PUNCTUATION, NO_BREAK_SPACE) : form;
  return spaced.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? value.toLocaleString(language) : (value ?? '');
  });
}

function formOf(language: Language, count: number): 'one' | 'other' {
  return new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
}
