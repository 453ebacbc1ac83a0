/** The languages in which the API gives its reasons. English comes first: it is what a caller gets who asks for neither. */
const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in each language. */
export type Texts = Readonly<Record<Language, string>>;

/** The longest header that is read; a browser's has some fifty characters. */
const MAX_LENGTH = 1000;
const RANGE = /^([a-z]{1,8}|\*)(?:-[a-z\d-]*)?$/i;
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * Return the language that an `Accept-Language` prefers (RFC 9110, 12.5.4). Only the language of a range counts: `fr-CA` gets
 * French. Of two with the same weight, the first wins. A range that is malformed counts for nothing.
 */
export function preferredLanguage(header: string | undefined): Language {
  let preferred: Language = 'en';
  let most = 0;
  for (const { language, weight } of rangesOf((header ?? '').slice(0, MAX_LENGTH))) {
    if (language === undefined || weight <= most) continue;
    most = weight;
    preferred = language;
  }
  return preferred;
}

interface Range {
  /** The one of ours that it names, if any; English for `*`. */
  readonly language: Language | undefined;
  readonly weight: number;
}

const rangesOf = (header: string): Range[] =>
  header.split(',').map((given) => {
    const [tag = '', ...parameters] = given.split(';').map((each) => each.trim());
    const weights = parameters.map((each) => WEIGHT.exec(each)?.[1]);
    const weight = Number(weights.length === 0 ? 1 : (weights.find(Boolean) ?? 0));
    const name = RANGE.exec(tag)?.[1]?.toLowerCase();
    return { language: name === '*' ? 'en' : LANGUAGES.find((language) => name === language), weight };
  });
