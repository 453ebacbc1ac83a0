export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text with `{names}` for values; one that counts has its forms, chosen by the value of `count`. */
type Text = string | { readonly one: string; readonly other: string };

/** Each text in English and in French, side by side, so that none can be without the other. */
export type Messages = Readonly<Record<string, readonly [en: Text, fr: Text]>>;

export type Values = Readonly<Record<string, string | number>>;

export function translate(text: readonly [Text, Text], language: Language, values: Values = {}): string {
  const chosen = text[LANGUAGES.indexOf(language)] ?? text[0];
  const form = typeof chosen === 'string' ? chosen : chosen[formOf(language, Number(values.count))];
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? value.toLocaleString(language) : (value ?? '');
  });
}

function formOf(language: Language, count: number): 'one' | 'other' {
  return new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
}
