import type { Language } from '../i18n/messages.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

const relative = new Map<Language, Intl.RelativeTimeFormat>();
const absolute = new Map<Language, Intl.DateTimeFormat>();

/** Return the user's regional variant of a language: en-GB, for example, puts the day first and has a 24-hour clock. */
export function regional(language: Language): string {
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
}

function cached<T>(formats: Map<Language, T>, language: Language, make: () => T): T {
  const known = formats.get(language) ?? make();
  formats.set(language, known);
  return known;
}

/** Format a distance from now in milliseconds, such as `3 minutes ago` or `in 2 hours`. */
export function relativeTime(distance: number, language: Language): string {
  const format = cached(
    relative,
    language,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }),
  );
  const [unit, length] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? ['second', 1_000];
  return format.format(Math.trunc(distance / length), unit);
}

/** Format a time in the user's time zone, with seconds. */
export function absoluteTime(at: string, language: Language): string {
  return cached(
    absolute,
    language,
    () => new Intl.DateTimeFormat(regional(language), { dateStyle: 'medium', timeStyle: 'medium' }),
  ).format(new Date(at));
}

/** Format a duration, such as `87 ms` or `1.2 s`. */
export function duration(milliseconds: number, language: Language): string {
  return milliseconds < 1_000
    ? `${Math.round(milliseconds).toLocaleString(language)} ms`
    : `${(milliseconds / 1_000).toLocaleString(language, { maximumFractionDigits: 1 })} s`;
}

/** Return the ISO time of a `datetime-local` field in the user's time zone; undefined if it is empty or invalid. */
export function localTime(text: string | null): string | undefined {
  const at = text === null || text === '' ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** Return the value of a `datetime-local` field for a time, in the user's time zone. */
export function toLocalField(milliseconds: number): string {
  const offset = new Date(milliseconds).getTimezoneOffset() * 60_000;
  return new Date(milliseconds - offset).toISOString().slice(0, 16);
}
