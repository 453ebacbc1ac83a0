import type { Language } from '../i18n/messages.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

const relative = new Map<Language, Intl.RelativeTimeFormat>();
const absolute = new Map<Language, Intl.DateTimeFormat>();

/** The reader's own variety of a language: a day comes before its month in en-GB, and hours go up to 24. */
export function regional(language: Language): string {
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
}

function kept<T>(formats: Map<Language, T>, language: Language, make: () => T): T {
  const known = formats.get(language) ?? make();
  formats.set(language, known);
  return known;
}

/** `3 minutes ago`, `in 2 hours`. @param distance milliseconds from now */
export function relativeTime(distance: number, language: Language): string {
  const format = kept(
    relative,
    language,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }),
  );
  const [unit, length] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? ['second', 1_000];
  return format.format(Math.trunc(distance / length), unit);
}

/** In the reader's own time zone, to the second. */
export function absoluteTime(at: string, language: Language): string {
  return kept(
    absolute,
    language,
    () => new Intl.DateTimeFormat(regional(language), { dateStyle: 'medium', timeStyle: 'medium' }),
  ).format(new Date(at));
}

/** `87 ms`, `1.2 s`. */
export function duration(milliseconds: number, language: Language): string {
  return milliseconds < 1_000
    ? `${Math.round(milliseconds).toLocaleString(language)} ms`
    : `${(milliseconds / 1_000).toLocaleString(language, { maximumFractionDigits: 1 })} s`;
}

/** The ISO time of a `datetime-local` field, which is in the reader's own time zone; undefined where it is none. */
export function localTime(text: string | null): string | undefined {
  const at = text === null || text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** What a `datetime-local` field shows for a time, in the reader's own time zone. */
export function toLocalField(milliseconds: number): string {
  const offset = new Date(milliseconds).getTimezoneOffset() * 60_000;
  return new Date(milliseconds - offset).toISOString().slice(0, 16);
}
