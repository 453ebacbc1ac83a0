import type { Language } from '../i18n/messages.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

const relative = new Map<Language, Intl.RelativeTimeFormat>();
const exact = new Map<string, Intl.DateTimeFormat>();
const brief = new Map<string, Intl.DateTimeFormat>();

export const ZONES = ['local', 'utc'] as const;
/** Where the user is, or UTC. */
export type Zone = (typeof ZONES)[number];

/** Return the user's regional variant of a language: en-GB, for example, puts the day first and has a 24-hour clock. */
export function regional(language: Language): string {
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
}

function cached<Key, T>(formats: Map<Key, T>, key: Key, make: () => T): T {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
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

/** Format how long ago something began, such as `5 min`. */
export function elapsed(milliseconds: number, language: Language): string {
  const [unit, length] = UNITS.find(([, length]) => milliseconds >= length) ?? ['second', 1_000];
  const count = Math.max(0, Math.trunc(milliseconds / length));
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

/** Return the option of `Intl.DateTimeFormat` for a zone. */
export const timeZoneOf = (zone: Zone): Intl.DateTimeFormatOptions =>
  zone === 'utc' ? { timeZone: 'UTC' } : {};

/** Format a time with seconds and its zone, such as `21 Nov 2026, 21:04:48 CET`. */
export function exactTime(at: string, language: Language, zone: Zone): string {
  return cached(
    exact,
    `${language} ${zone}`,
    () =>
      new Intl.DateTimeFormat(regional(language), {
        ...{ year: 'numeric', month: 'short', day: 'numeric' },
        ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
        ...timeZoneOf(zone),
      }),
  ).format(new Date(at));
}

/** Return a format to the minute, such as `21 Nov 2026, 21:04`, also for ranges. */
export function briefFormat(language: Language, zone: Zone): Intl.DateTimeFormat {
  return cached(
    brief,
    `${language} ${zone}`,
    () =>
      new Intl.DateTimeFormat(regional(language), {
        ...{ dateStyle: 'medium', timeStyle: 'short' },
        ...timeZoneOf(zone),
      }),
  );
}

/** Format a duration, such as `87 ms` or `1.2 s`. */
export function duration(milliseconds: number, language: Language): string {
  return milliseconds < 1_000
    ? `${Math.round(milliseconds).toLocaleString(language)} ms`
    : `${(milliseconds / 1_000).toLocaleString(language, { maximumFractionDigits: 1 })} s`;
}
