import type { Language } from '../i18n/messages.ts';

const UNITS = [
  ['gigabyte', 1_000_000_000],
  ['megabyte', 1_000_000],
  ['kilobyte', 1_000],
  ['byte', 1],
] as const;

const NO_BREAK_SPACE = '\u00a0';

/** Format a number of bytes with a decimal prefix, such as `10 GB` or `123.5 kB`. */
export function bytes(count: number, language: Language): string {
  const [unit, size] = UNITS.find(([, size]) => count >= size) ?? ['byte', 1];
  const text = (count / size).toLocaleString(language, { style: 'unit', unit, maximumFractionDigits: 1 });
  return text.replaceAll(' ', NO_BREAK_SPACE);
}
